import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base64url, hours, jwt, now, rawJwt } from '../../../test/builders/tokens.ts';
import { decode } from '../decode/decode.ts';
import type { JsonObject } from '../text/json.ts';
import { inWords, isoUtc } from '../text/time-words.ts';
import { zegocloud } from './providers/zegocloud.ts';
import { readTimes } from './times.ts';

const timesOf = (text: string) => readTimes(decode(text, 'jws'), null, now);
const of = (claims: JsonObject) => timesOf(jwt(claims));
const ms = (seconds: number) => seconds * 1000;

describe('a time in another unit than seconds', () => {
  test.each([
    ['milliseconds', 1e3],
    ['microseconds', 1e6],
    ['nanoseconds', 1e9],
  ])('an end in %s is no date, makes no lifetime, and nobody is said to know when it is over', (unit, scale) => {
    expect(of({ iat: now, exp: (now + hours(1)) * scale })).toEqual({
      issuedAt: now,
      notBefore: null,
      expiresAt: null,
      lifetimeSeconds: null,
      status: 'unknown',
      notSeconds: [{ claim: 'exp', says: 'ends', value: (now + hours(1)) * scale, unit }],
    });
  });

  test('a start in milliseconds leaves it unknown, unless the end in seconds is past', () => {
    expect(of({ nbf: ms(now), exp: now + hours(1) })).toMatchObject({ notBefore: null, status: 'unknown' });
    expect(of({ nbf: ms(now), exp: now - hours(1) })).toMatchObject({ status: 'expired' });
  });

  test('a start in seconds that is still to come decides', () => {
    expect(of({ nbf: now + hours(1), exp: ms(now + hours(2)) }).status).toBe('not-yet-valid');
  });

  test('an issue in milliseconds changes nothing but the lifetime, which is then not known', () => {
    const times = of({ iat: ms(now), exp: now + hours(1) });
    expect(times).toMatchObject({ issuedAt: null, expiresAt: now + hours(1), lifetimeSeconds: null, status: 'active' });
    expect(times.notSeconds).toMatchObject([{ claim: 'iat', says: 'issued', value: ms(now) }]);
  });

  test.each([9_999_999_999_000, 9_999_999_999_999, 253_402_300_799_000, 253_402_300_799_999])(
    'for ever in milliseconds, %d, is in milliseconds, too',
    (exp) => {
      expect(of({ exp })).toMatchObject({ expiresAt: null, status: 'unknown', notSeconds: [{ unit: 'milliseconds' }] });
    },
  );

  test('the claim of a platform is named as the platform names it', () => {
    const token = { ...decode(jwt({ expire: ms(now) }), 'jws'), form: 'zego-04' };
    expect(readTimes(token, zegocloud, now).notSeconds).toMatchObject([{ claim: 'expire', value: ms(now) }]);
  });

  test.each([-5, 0, 1, 3600, 1795176000.5, 9_999_999_999, 253_402_300_799, 1e308, -1e308])(
    '%d stays the number of seconds that it is',
    (exp) => {
      const times = of({ exp });
      expect(times).toMatchObject({ expiresAt: exp, status: exp < now ? 'expired' : 'active' });
      expect(times.notSeconds).toBeUndefined();
    },
  );

  test.each(['1795176000', '2026-11-20T12:00:00Z', true, [], {}])('an end that is %j is not known', (exp) => {
    expect(of({ iat: now, exp })).toMatchObject({ expiresAt: null, lifetimeSeconds: null, status: 'unknown' });
  });

  test('the own end of a platform is not absent because it is no number', () => {
    const token = decode(jwt({ expire: '1795176000' }), 'jws');
    expect(readTimes(token, zegocloud, now).status).toBe('unknown');
  });
});

describe('a token that was cut', () => {
  const claims = { iss: 'a', iat: now - 60, nbf: now - 60, exp: now + hours(1), room: 'standup' };
  const payload = JSON.stringify(claims);
  const header = base64url('{"alg":"HS256","typ":"JWT"}');

  test('wherever it is cut, no time and no text is read that it does not hold', () => {
    const whole = `${header}.${base64url(payload)}`;
    for (let end = header.length + 2; end < whole.length; end += 1) {
      const token = decode(whole.slice(0, end), 'damaged');
      const times = readTimes(token, null, now);
      for (const [name, value] of Object.entries(token.claims ?? {})) expect(claims).toHaveProperty(name, value);
      expect(['unknown', 'active']).toContain(times.status);
      if (times.status === 'active') expect(times.expiresAt).toBe(claims.exp);
    }
  });

  test.each(['iat', 'nbf', 'exp', 'room'])('what is left of `%s` is named, and kept out of the claims', (name) => {
    const at = payload.indexOf(`"${name}":`) + name.length + 7;
    const token = decode(rawJwt('{"alg":"HS256"}', payload.slice(0, at)), 'damaged');
    expect(token.claims).toMatchObject({ iss: 'a' });
    expect(token.claims).not.toHaveProperty(name);
    expect(token.irregularities).toMatchObject([{ code: 'value-incomplete', subject: `claims.${name}` }]);
    if (name === 'exp') expect(token.irregularities[0]?.message).toContain('All that is left of it is 179');
  });

  test('without an end it is not said to have none', () => {
    expect(timesOf(`${header}.${base64url('{"iss":"a","iat":1795176000,')}.c2ln`).status).toBe('unknown');
    expect(timesOf(rawJwt('{"alg":"HS256"}', '{"iss":"a","iat":1795176000}')).status).toBe('never-expires');
  });

  test('whichever characters are lost, the end is the right one or not known', () => {
    const [first, second, third] = rawJwt('{"alg":"HS256"}', claims).split('.') as [string, string, string];
    for (let at = 0; at < second.length; at += 1) {
      for (const count of [1, 2, 3]) {
        const text = `${first}.${second.slice(0, at)}${second.slice(at + count)}.${third}`;
        const { expiresAt, status } = readTimes(decode(text, 'damaged'), null, now);
        expect([claims.exp, null], text).toContain(expiresAt);
        if (expiresAt === null) expect(status, text).toBe('unknown');
      }
    }
  });
});

test('any number that is a time is put in words, and into years that a calendar has', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -5, max: 16 }),
      (mantissa, e) => {
        for (const value of [mantissa, (mantissa % 10) * 10 ** e]) {
          const words = `${isoUtc(value)} ${inWords(value - now)}`;
          expect(words).not.toMatch(/NaN|Invalid|Infinity|[+-]\d{6}-|\d{2},\d{3} years/);
        }
      },
    ),
    { seed: 20_261_126, numRuns: 2000 },
  );
});
