import { describe, expect, test } from 'vitest';
import { daily, days, jwt, now, rawJwt } from '../../../test/builders/tokens.ts';
import { sampled } from '../../../test/sampled.ts';
import { policies } from '../audit/policy/policies.ts';
import { decode } from '../decode/decode.ts';
import { find, inspect } from '../inspect.ts';
import { emptyCapture } from '../model/capture.ts';
import type { Privilege } from '../model/facts.ts';
import type { Subject } from '../model/report.ts';
import type { JsonObject } from '../text/json.ts';
import { daily as dailyProvider } from './providers/daily/daily.ts';
import { ofReadPart } from './read-in-part.ts';

const live = { iat: now - 60, exp: now + 600 };
const vonage = {
  application_id: '11111111-1111-4111-8111-111111111111',
  scope: 'session.connect',
  session_id: '2_MX4x',
};
/** Tokens that each grant what another of their platform is denied, or the other way round. */
const bodies: Record<string, JsonObject> = {
  daily: { ...live, o: true, ejt: true, d: daily.domain, p: { cs: true, ca: ['p'] }, ud: 'f81d4fae', r: 'standup' },
  livekit: {
    video: { canPublish: false, roomAdmin: true, room: 'standup', roomJoin: true },
    ...{ iss: 'APIabcdefgh12345', sub: 'ada', nbf: now - days(2), ...live },
  },
  jitsi: {
    aud: 'jitsi',
    iss: 'app',
    sub: 'meet.example',
    ...live,
    context: { user: { moderator: true } },
    room: 'standup',
  },
  vonage: { ...live, ...vonage, role: 'moderator' },
  galene: { aud: 'https://galene.example/group/standup/', sub: 'ada', ...live, permissions: ['present', 'op'] },
};

function subjectsIn(text: string): Subject[] {
  const { sightings } = find({ ...emptyCapture(now), texts: [{ name: 'mail.txt', text }] });
  return inspect(sightings, { now, policy: policies.standard }).subjects;
}

/** A token, cut or spoiled at every place of its payload. */
function damagedOf(body: JsonObject): string[] {
  const [header, payload = '', signature] = jwt(body).split('.');
  const json = JSON.stringify(body);
  const places = (text: string) => Array.from(text, (_, at) => at);
  const raw = (text: string) => rawJwt({ alg: 'HS256', typ: 'JWT' }, text);
  return [
    ...places(payload).map((at) => `${header}.${payload.slice(0, at)}`),
    ...places(payload).map((at) => `${header}.${payload.slice(0, at)}${payload.slice(at + 1)}.${signature}`),
    ...places(json).flatMap((at) => ['\u0001', '"'].map((sign) => raw(json.slice(0, at) + sign + json.slice(at)))),
    ...places(json).map((at) => raw(json.slice(0, at) + json.slice(at + 1))),
  ];
}

describe.each(Object.entries(bodies))('what is said of a damaged token of %s', (_, body) => {
  const [whole] = subjectsIn(jwt(body)) as [Subject];

  test('it says when it is whole, or is not known', () => {
    const damaged = sampled(damagedOf(body), 12).flatMap(subjectsIn);
    expect(damaged.some(({ token }) => token.problem)).toBe(true);
    for (const { token, facts, times, findings } of damaged.filter((one) => one.token.problem)) {
      const at = token.text;
      expect([at, whole.facts.role, 'unknown']).toContain(facts.role);
      expect([at, whole.facts.roomScope, 'not-stated']).toContain(facts.roomScope);
      if (!facts.room?.includes('\ufffd')) expect([at, whole.facts.room, null]).toContain(facts.room);
      for (const [name, { allowed }] of Object.entries(facts.privileges))
        expect([at, name, whole.facts.privileges[name as Privilege]?.allowed, null]).toContain(allowed);
      expect([at, whole.times.lifetimeSeconds, null]).toContain(times.lifetimeSeconds);
      const severe = findings.filter(({ severity }) => severity !== 'info' && severity !== 'low');
      for (const { rule } of severe.filter(({ rule }) => !aboutDamage.has(rule)))
        expect([at, ...whole.findings.map((one) => one.rule)]).toContain(rule);
    }
  });
});

/** What damage looks like, and what is said of the damage. */
const aboutDamage = new Set(['token-truncated', 'duplicate-json-keys', 'signature-trivial', 'signature-length']);

test('a token that lost its signature alone says all that it said', () => {
  const token = decode(daily.guest().replace(/\.[^.]*$/, ''), 'damaged');
  expect(token.problem).toMatchObject({ code: 'parts-missing' });
  const facts = dailyProvider.facts(token);
  expect(ofReadPart(facts, token)).toBe(facts);
});

test('a token whose room was lost does not open all rooms, and one whose session was lost is no key of a server', () => {
  const [daily1] = subjectsIn(
    rawJwt({ alg: 'HS256' }, `{"d":"${daily.domain}","o":true,"exp":${now + 60},"r":"a\u0000b"}`),
  );
  expect(daily1?.facts).toMatchObject({ role: 'host', room: null, roomScope: 'not-stated' });
  const text = JSON.stringify({ ...live, ...vonage })
    .replace('"scope"', '\u0000"scope"')
    .replace('"session_id', '"sess\u0000ion_id');
  const [cut] = subjectsIn(rawJwt({ alg: 'HS256' }, text));
  expect(cut?.facts.role).toBe('unknown');
  expect(cut?.findings.map(({ rule }) => rule)).not.toContain('video-admin-grant');
});
