import { supabase as minted } from '../../../../../test/builders/mint/identity.ts';
import { learned, learner } from '../../../../../test/builders/subjects.ts';
import { jwt } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../../test/cases/provider.ts';
import { supabase } from './supabase.ts';

providerCases(supabase, {
  tokens: minted,
  ordinary: ['anon', 'user', 'self-hosted'],
});

const read = learner(supabase, minted);

test.each(Object.keys(minted))('recognises %s', async (name) => {
  const { confidence, facts } = await read(name);
  expect(confidence).not.toBeNull();
  expect(facts).toMatchObject({ room: null, privileges: {} });
});

test('the anon key may stand in a page, the service_role key may not', async () => {
  expect((await read('anon')).facts).toMatchObject({
    use: 'public-key-token',
    role: 'unknown',
    tenant: 'abcdefghijklmnop',
  });
  expect((await read('service role')).facts).toMatchObject({ use: 'service-key', role: 'server', roleClaim: 'role' });
});

test('users hold access tokens, whatever their role is called', async () => {
  expect((await read('user')).facts).toMatchObject({ use: 'access', displayName: 'Ada', tenant: 'abcdefghijklmnop' });
  expect((await read('odd: own role')).facts).toMatchObject({
    use: 'access',
    vendorRole: 'moderator',
    role: 'unknown',
  });
  expect((await read('self-hosted')).confidence).toBe('likely');
});

test('a role alone does not make a token Supabase’s', () => {
  expect(learned(supabase, jwt({ role: 'anon' })).confidence).toBeNull();
});
