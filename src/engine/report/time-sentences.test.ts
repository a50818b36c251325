import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amazonChime } from '../../../test/builders/mint/amazon-chime.ts';
import { base64url, hours, jwt, now } from '../../../test/builders/tokens.ts';
import { standard } from '../audit/policy/policies.ts';
import { find, inspect } from '../inspect.ts';
import { emptyCapture } from '../model/capture.ts';
import type { Json } from '../text/json.ts';
import { formats } from './formats/index.ts';
import { readReport } from './read-report.ts';
import { toDocument } from './report-document.ts';

function written(token: string): { id: string; text: string }[] {
  const { sightings } = find({ ...emptyCapture(now), texts: [{ name: 'token', text: `Bearer ${token} ` }] });
  const report = inspect(sightings, { now, policy: standard });
  expect(report.subjects).toHaveLength(1);
  return formats.map((format) => ({ id: format.id, text: format.write(report, {}) }));
}
const readable = (token: string) =>
  written(token).filter(({ id }) => id === 'text' || id === 'markdown' || id === 'html');

/** What no reader may be told of a time that is not known. */
const confident = /\d years|never expires|active until|expired|1970/;

describe('a time in milliseconds', () => {
  const inMilliseconds = jwt({ sub: 'ada', iat: now, exp: (now + hours(1)) * 1000 });

  test('is told with the claim, its number and its unit, and no date is made of it', () => {
    for (const { text } of readable(inMilliseconds)) {
      expect(text.replaceAll(/\s+/g, ' ')).toContain('not known: exp is 1795179600000, in milliseconds');
      expect(text).not.toMatch(/active until|\d years|It lives/);
    }
  });

  test('is a number with a unit in CSV, and a member of its own in JSON', () => {
    const texts = new Map(written(inMilliseconds).map(({ id, text }) => [id, text]));
    expect(texts.get('csv')).toContain('"unknown","2026-11-20 12:00:00 UTC",,"1795179600000 (milliseconds)",,');
    const saved = JSON.parse(texts.get('json') ?? '') as { tokens: { times: Json }[] };
    const notSeconds = [{ claim: 'exp', says: 'ends', value: 1795179600000, unit: 'milliseconds' }];
    expect(saved.tokens[0]?.times).toMatchObject({ expiresAt: null, status: 'unknown', notSeconds });
    const read = readReport(saved, 'saved.json');
    expect(read?.report.subjects[0]?.times.notSeconds).toEqual(notSeconds);
    expect(read && toDocument(read.report).tokens[0]?.times).toEqual(saved.tokens[0]?.times);
  });
});

test('a token that was cut inside its end is neither for ever nor over, and what is left is named', () => {
  const whole = `${base64url('{"alg":"HS256","typ":"JWT"}')}.${base64url('{"iss":"acme","sub":"ada","exp":1795176000}')}`;
  for (const { text } of readable(`${whole.slice(0, -9)}…`)) {
    expect(text).toContain('not known: the token is damaged');
    expect(text.replaceAll(/\s+/g, ' ')).toMatch(/exp.{1,10} is cut off or damaged/);
    expect(text).not.toMatch(confident);
  }
});

test('whatever number stands in a time claim, every format is written, and no date or span is nonsense', () => {
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -1, 1e308, -1e308, 5e-324, 9_999_999_999, 253_402_300_799, 253_402_300_800, now * 1e6),
    fc.integer({ min: -10, max: 19 }).map((power) => 1.7 * 10 ** power),
  );
  fc.assert(
    fc.property(number, number, number, (iat, nbf, exp) => {
      for (const { id, text } of written(jwt({ sub: 'ada', iat, nbf, exp }))) {
        expect(text, id).not.toMatch(/NaN|Invalid Date|Infinity|undefined|\d{2},\d{3} years|[+-]\d{6}-\d\d/);
      }
    }),
    { seed: 20_261_126, numRuns: 100 },
  );
});

test('a token that carries no time, and ends with its meeting, says so in every readable format', async () => {
  const attendee = String(await amazonChime.guest?.());
  for (const { text } of readable(attendee)) {
    expect(text.replaceAll(/\s+/g, ' ')).toContain('it ends with its meeting');
  }
  const saved = JSON.parse(written(attendee).find(({ id }) => id === 'json')?.text ?? '') as {
    tokens: { times: Json }[];
  };
  expect(saved.tokens[0]?.times).toMatchObject({ status: 'unknown', endsWith: 'its meeting' });
  const read = readReport(saved, 'saved.json');
  expect(read && toDocument(read.report).tokens[0]?.times).toEqual(saved.tokens[0]?.times);
});
