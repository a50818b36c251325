import { entraId as minted } from '../../../../../test/builders/mint/identity.ts';
import { learned, learner } from '../../../../../test/builders/subjects.ts';
import { jwt } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../../test/cases/provider.ts';
import { entraId } from './entra-id.ts';

providerCases(entraId, {
  tokens: minted,
  ordinary: ['access', 'id', 'version 1', 'machine', 'customer directory'],
});

const read = learner(entraId, minted);

test.each(Object.keys(minted))('recognises %s', async (name) => {
  const { confidence, facts } = await read(name);
  expect(confidence).not.toBeNull();
  expect(facts).toMatchObject({ room: null, privileges: {} });
});

test('tells ID tokens, access tokens and applications apart', async () => {
  const tenant = '9a8b7c6d-0000-4000-8000-00000000000b';
  expect((await read('access')).facts).toMatchObject({ use: 'access', tenant, displayName: 'Ada' });
  expect((await read('id')).facts).toMatchObject({ use: 'id', tenant });
  expect((await read('version 1')).facts).toMatchObject({ use: 'access', displayName: 'ada@example.com' });
  expect((await read('for Microsoft Graph')).facts.use).toBe('access');
  expect((await read('machine')).facts).toMatchObject({ use: 'service-key', role: 'server', roleClaim: 'idtyp' });
});

test('a host that only looks like Microsoft’s is not', () => {
  expect(learned(entraId, jwt({ iss: 'https://login.microsoftonline.com.example/x' })).confidence).toBeNull();
});
