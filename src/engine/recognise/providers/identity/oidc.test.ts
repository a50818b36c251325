import { oidc as minted } from '../../../../../test/builders/mint/identity.ts';
import { learned, learner } from '../../../../../test/builders/subjects.ts';
import { jwt } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../../test/cases/provider.ts';
import { oidc } from './oidc.ts';

providerCases(oidc, {
  tokens: minted,
  ordinary: ['id', 'access'],
});

const read = learner(oidc, minted);

test.each(Object.keys(minted))('recognises %s', async (name) => {
  const { confidence, facts } = await read(name);
  expect(confidence).not.toBeNull();
  expect(facts).toMatchObject({ room: null, privileges: {} });
});

test('is never surer than a platform that knows its own tokens', async () => {
  expect(await read('id')).toMatchObject({ confidence: 'likely', strength: 0 });
  expect(await read('access')).toMatchObject({ confidence: 'likely', strength: 0 });
  expect((await read('odd: hardly anything')).confidence).toBe('possible');
});

test('leaves the use to the claims, the key and the type', async () => {
  expect((await read('id')).facts).toMatchObject({ use: 'unknown', tenant: 'login.example', userId: 'ada' });
});

test('tokens without a URL as issuer, or without anything of OpenID Connect, are not', () => {
  expect(learned(oidc, jwt({ iss: 'devkey', sub: 'ada', nonce: 'x' })).confidence).toBeNull();
  expect(learned(oidc, jwt({ iss: 'https://a.example', sub: 'ada', aud: 'x' })).confidence).toBeNull();
});
