import { firebase as minted } from '../../../../../test/builders/mint/identity.ts';
import { learned, learner } from '../../../../../test/builders/subjects.ts';
import { jwt } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../../test/cases/provider.ts';
import { firebase } from './firebase.ts';

providerCases(firebase, {
  tokens: minted,
  ordinary: ['id', 'session', 'App Check'],
});

const read = learner(firebase, minted);

test.each(Object.keys(minted))('recognises %s', async (name) => {
  const { confidence, facts } = await read(name);
  expect(confidence).not.toBeNull();
  expect(facts).toMatchObject({ room: null, privileges: {} });
});

test('names each product and what it is for', async () => {
  expect((await read('id')).facts).toMatchObject({ use: 'id', product: 'ID token', tenant: 'calls', userId: 'u1' });
  expect((await read('session')).facts).toMatchObject({ use: 'session', product: 'session cookie' });
  expect((await read('custom')).facts).toMatchObject({ use: 'one-time', tenant: 'calls', userId: 'u1' });
  expect((await read('App Check')).facts).toMatchObject({ use: 'access', product: 'App Check token' });
});

test('a Google ID token is not Firebase’s', () => {
  expect(learned(firebase, jwt({ iss: 'https://accounts.google.com', sub: '1' })).confidence).toBeNull();
});
