import { okta as minted } from '../../../../../test/builders/mint/identity.ts';
import { learned, learner } from '../../../../../test/builders/subjects.ts';
import { jwt } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../../test/cases/provider.ts';
import { okta } from './okta.ts';

providerCases(okta, {
  tokens: minted,
  ordinary: ['access', 'id', 'custom domain'],
});

const read = learner(okta, minted);

test.each(Object.keys(minted))('recognises %s', async (name) => {
  const { confidence, facts } = await read(name);
  expect(confidence).not.toBeNull();
  expect(facts).toMatchObject({ room: null, privileges: {} });
});

test('reads kind, organization and user', async () => {
  expect((await read('access')).facts).toMatchObject({ use: 'access', tenant: 'calls.okta.com', userId: '00u1' });
  expect((await read('id')).facts).toMatchObject({ use: 'id', displayName: 'Ada', userId: '00u1' });
});

test('a custom domain is likely, by the prefix of its ids', async () => {
  expect((await read('custom domain')).confidence).toBe('likely');
  expect(learned(okta, jwt({ iss: 'https://login.example', jti: 'XT.1', ver: 1 })).confidence).toBeNull();
});
