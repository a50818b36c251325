import { clerk as minted } from '../../../../../test/builders/mint/identity.ts';
import { learned, learner } from '../../../../../test/builders/subjects.ts';
import { jwt } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../../test/cases/provider.ts';
import { clerk } from './clerk.ts';

providerCases(clerk, {
  tokens: minted,
  ordinary: ['session', 'development', 'in an organization'],
});

const read = learner(clerk, minted);

test.each(Object.keys(minted))('recognises %s', async (name) => {
  const { confidence, facts } = await read(name);
  expect(confidence).not.toBeNull();
  expect(facts).toMatchObject({ room: null, privileges: {} });
});

test('reads session, user and role', async () => {
  expect((await read('session')).facts).toMatchObject({
    use: 'session',
    tenant: 'clerk.app.example',
    userId: 'user_2abc',
  });
  expect((await read('in an organization')).facts.vendorRole).toBe('org:admin');
  expect((await read('odd: session only')).confidence).toBe('likely');
});

test('a session id of another kind is not Clerk’s', () => {
  expect(learned(clerk, jwt({ iss: 'https://login.example', sid: '1', sub: 'user_1' })).confidence).toBeNull();
});
