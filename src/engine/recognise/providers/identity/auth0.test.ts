import { auth0 as minted } from '../../../../../test/builders/mint/identity.ts';
import { learned, learner } from '../../../../../test/builders/subjects.ts';
import { jwt } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../../test/cases/provider.ts';
import { auth0 } from './auth0.ts';

providerCases(auth0, {
  tokens: minted,
  ordinary: ['access', 'id', 'machine', 'custom domain'],
});

const read = learner(auth0, minted);

test.each(Object.keys(minted))('recognises %s', async (name) => {
  const { confidence, facts } = await read(name);
  expect(confidence).not.toBeNull();
  expect(facts).toMatchObject({ room: null, privileges: {} });
});

test('tells ID tokens, access tokens and servers apart', async () => {
  expect((await read('access')).facts).toMatchObject({ use: 'access', tenant: 'calls.eu.auth0.com', role: 'unknown' });
  expect((await read('id')).facts).toMatchObject({ use: 'id', userId: 'auth0|5f1a', displayName: 'Ada' });
  expect((await read('machine')).facts).toMatchObject({ use: 'service-key', role: 'server', roleClaim: 'gty' });
});

test('a custom domain is likely, by the way users are written', async () => {
  expect((await read('custom domain')).confidence).toBe('likely');
  expect(learned(auth0, jwt({ iss: 'https://login.example', sub: 'ada|1' })).confidence).toBeNull();
  expect(learned(auth0, jwt({ iss: 'https://auth0.com.evil.example', sub: 'ada' })).confidence).toBeNull();
});
