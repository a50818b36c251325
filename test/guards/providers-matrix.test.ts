import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { providers } from '../../src/engine/recognise/providers/index.ts';
import type { JsonObject } from '../../src/engine/text/json.ts';
import type { Minted } from '../builders/mint/minted.ts';
import { hours, jwt, now } from '../builders/tokens.ts';
import { addresses, askEverything, found, orders, ranking } from '../cases/provider.ts';
import { testsBelow } from './files-below.ts';

const tests = testsBelow('src/engine/recognise/providers');

/** Tokens that share something with a platform's, and what they are: a platform's id, or null for none. */
const nearMisses: [what: string, is: string | null, mint: Minted[string]][] = [
  ['LiveKit grants below `grants`', null, () => jwt({ iss: 'key', grants: { video: { room: 'a', roomJoin: true } } })],
  ['a list of permissions', null, () => jwt({ sub: 'ada', permissions: ['read', 'allow_export'], exp: now })],
  [
    'a group that is no Galene group',
    null,
    () => jwt({ sub: 'ada', aud: 'https://a.example/groups/x', permissions: [] }),
  ],
  ['a user id of a private API', null, () => jwt({ user_id: 'ada', email: 'ada@example.org', exp: now })],
  ['an access key of storage', null, () => jwt({ access_key: 'AKIA', type: 'read', version: 1 })],
  ['encrypted data of another app', null, () => jwt({ data: 'U2FsdGVkX19zYWx0', tenant: 't', iat: now, exp: now })],
  ['a meeting id alone', null, () => jwt({ meetingId: 'm', iat: now })],
  [
    'a sign-in with a name',
    'oidc',
    () => jwt({ iss: 'https://login.example', sub: 'a', name: 'Ada', aud: 'c', nonce: 'x' }),
  ],
  ['single letters without a domain', null, () => jwt({ r: 'a', u: 'Ada', exp: now + hours(1) })],
  ['an SDK key without times or meeting', null, () => jwt({ sdkKey: 'k', feature: 'whiteboard' })],
];

test.each(providers.map(({ id }) => id))('%s is asked, in its test, what every platform is asked', (id) => {
  const text = readFileSync(tests.get(id) ?? '', 'utf8');
  expect(text, `call providerCases in ${id}.test.ts`).toMatch(/^providerCases\(/m);
});

test.each(nearMisses)('near miss: %s is %s', async (_, is, mint) => {
  const token = found(await mint());
  for (const order of orders) expect(ranking(token, order)[0]?.id ?? null).toBe(is);
});

test('no mixture of claims makes a platform throw', { timeout: 60_000 }, () => {
  const names = [...new Set(providers.flatMap(({ claims }) => Object.keys(claims).map((path) => path.split('.')[0])))];
  const claims = fc.dictionary(fc.constantFrom(...(names as string[])), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 12 });
  const token = found(jwt({ sub: 'ada' }));
  fc.assert(
    fc.property(claims, claims, (payload, header) => {
      askEverything({ ...token, claims: payload as JsonObject, header: header as JsonObject });
    }),
    { seed: 20_261_120, numRuns: 2000 },
  );
});

test('no address makes a platform throw', () => {
  for (const provider of providers) for (const url of addresses) provider.roomInUrl?.(url);
});
