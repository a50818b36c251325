import { keycloak as minted } from '../../../../../test/builders/mint/identity.ts';
import { learned, learner } from '../../../../../test/builders/subjects.ts';
import { jwt } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../../test/cases/provider.ts';
import { keycloak } from './keycloak.ts';

providerCases(keycloak, {
  tokens: minted,
  ordinary: ['access', 'id', 'refresh', 'machine'],
});

const read = learner(keycloak, minted);

test.each(Object.keys(minted))('recognises %s', async (name) => {
  const { confidence, facts } = await read(name);
  expect(confidence).not.toBeNull();
  expect(facts).toMatchObject({ room: null, privileges: {} });
});

test('reads kind, realm and user', async () => {
  expect((await read('access')).facts).toMatchObject({ use: 'access', tenant: 'calls', displayName: 'Ada' });
  expect((await read('id')).facts).toMatchObject({ use: 'id', displayName: 'ada' });
  expect((await read('refresh')).facts).toMatchObject({ use: 'refresh', product: 'refresh token' });
  expect((await read('odd: no kind')).facts.use).toBe('unknown');
});

test('service accounts are server credentials', async () => {
  expect((await read('machine')).facts).toMatchObject({ use: 'service-key', role: 'server' });
});

test('an issuer without a realm is not Keycloak', () => {
  expect(learned(keycloak, jwt({ iss: 'https://login.example/', typ: 'Bearer' })).confidence).toBeNull();
});
