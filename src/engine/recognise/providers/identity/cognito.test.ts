import { cognito as minted } from '../../../../../test/builders/mint/identity.ts';
import { learned, learner } from '../../../../../test/builders/subjects.ts';
import { jwt } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../../test/cases/provider.ts';
import { cognito } from './cognito.ts';

providerCases(cognito, {
  tokens: minted,
  ordinary: ['access', 'id', 'machine'],
});

const read = learner(cognito, minted);

test.each(Object.keys(minted))('recognises %s', async (name) => {
  const { confidence, facts } = await read(name);
  expect(confidence).not.toBeNull();
  expect(facts).toMatchObject({ room: null, privileges: {} });
});

test('reads kind, pool and user', async () => {
  expect((await read('access')).facts).toMatchObject({
    use: 'access',
    tenant: 'eu-west-1_Ab1Cd2Ef3',
    displayName: 'ada',
  });
  expect((await read('id')).facts).toMatchObject({ use: 'id', userId: 'u-1' });
  expect((await read('odd: no token_use')).facts.use).toBe('unknown');
});

test('a token a server obtained for itself is a server credential', async () => {
  expect((await read('machine')).facts).toMatchObject({ use: 'service-key', role: 'server' });
});

test('other hosts at Amazon are not Cognito', () => {
  expect(learned(cognito, jwt({ iss: 'https://cognito-idp.eu-west-1.amazonaws.com.example/x' })).confidence).toBeNull();
});
