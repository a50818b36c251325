import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hours, jwt, now } from '../../test/builders/tokens.ts';
import { detect } from '../engine/find/detect.ts';
import { secretReadings } from '../verify/index.ts';
import { judgeText } from './judge-text.ts';
import { profiles } from './profiles/index.ts';

const secret = 'a-shared-secret-of-more-than-thirty-two-bytes';
const [key] = secretReadings(secret);
if (!key) throw new Error('The secret reads as no key.');
const judged = (text: string, profile: string) =>
  judgeText(text, detect(text).hits[0]?.form ?? null, { profile, key, now, skewSeconds: 60 });

test('what is no token is judged by nobody', async () => {
  for (const { id } of profiles) expect([id, await judged('hello', id)]).toEqual([id, null]);
});

test('auto is the profile of the platform, or the general one', async () => {
  const livekit = jwt({ iss: 'APIx', exp: now + hours(1), video: { roomJoin: true, room: 'a' } }, {}, secret);
  expect((await judged(livekit, 'auto'))?.profile).toBe('livekit');
  expect((await judged(jwt({ sub: 'ada' }, {}, secret), 'auto'))?.profile).toBe('general');
});

test('any claims, by any profile: an answer of checks, each with a sentence, and no key in it', async () => {
  const names = [
    'iss',
    'aud',
    'sub',
    'room',
    'exp',
    'nbf',
    'iat',
    'context',
    'd',
    'r',
    'video',
    'ist',
    'session_id',
    'scope',
  ];
  const claims = fc.dictionary(
    fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 8 })),
    fc.jsonValue({ maxDepth: 3 }),
    {
      maxKeys: 10,
    },
  );
  await fc.assert(
    fc.asyncProperty(
      claims,
      claims,
      fc.constantFrom('auto', 'general', ...profiles.map(({ id }) => id)),
      async (payload, header, profile) => {
        const head = { alg: 'HS256', typ: 'JWT', ...header };
        const parts = [head, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
        const answer = await judgeText([...parts, 'c2lnbmF0dXJl'].join('.'), 'jws', {
          profile,
          key,
          now,
          skewSeconds: 60,
        });
        for (const { reason } of answer?.checks ?? []) {
          expect(reason).toMatch(/^\S[\s\S]*\.$/);
          expect(reason).not.toContain(secret);
        }
        expect(answer?.checks.some(({ outcome }) => outcome !== 'passed')).toBe(true);
      },
    ),
    { seed: 20_261_127, numRuns: 1000 },
  );
});

test('a header or claims that are no objects end nothing', async () => {
  for (const part of ['[]', '7', 'null', '"x"', '{', '']) {
    const text = [part, part].map((one) => Buffer.from(one).toString('base64url'));
    for (const { id } of profiles) {
      const answer = await judgeText([...text, 'c2ln'].join('.'), 'jws', { profile: id, key, now, skewSeconds: 0 });
      expect([part, id, answer?.checks.some(({ outcome }) => outcome === 'failed') ?? true]).toEqual([part, id, true]);
    }
  }
});
