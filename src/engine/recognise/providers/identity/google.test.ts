import { google as minted } from '../../../../../test/builders/mint/identity.ts';
import { learned, learner } from '../../../../../test/builders/subjects.ts';
import { jwt } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../../test/cases/provider.ts';
import { google } from './google.ts';

providerCases(google, {
  tokens: minted,
  ordinary: ['id', 'old issuer'],
});

const read = learner(google, minted);

test.each(Object.keys(minted))('recognises %s', async (name) => {
  const { confidence, facts } = await read(name);
  expect(confidence).not.toBeNull();
  expect(facts).toMatchObject({ room: null, privileges: {} });
});

test('users hold ID tokens, service accounts server credentials', async () => {
  expect((await read('id')).facts).toMatchObject({
    use: 'id',
    tenant: 'example.com',
    displayName: 'Ada',
    role: 'unknown',
  });
  expect((await read('service account')).facts).toMatchObject({
    use: 'service-key',
    role: 'server',
    tenant: 'calls-prod',
  });
  expect((await read('service account assertion')).facts).toMatchObject({ use: 'client-assertion', role: 'server' });
});

test('other issuers at Google are left to others', () => {
  expect(learned(google, jwt({ iss: 'https://securetoken.google.com/x' })).confidence).toBeNull();
});
