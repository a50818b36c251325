import { afterAll, beforeAll, expect, test } from 'vitest';
import { startOAuthServer } from '../../test/doubles/oauth-server.ts';
import { ask } from './ask.ts';

let server: Awaited<ReturnType<typeof startOAuthServer>>;

beforeAll(async () => {
  server = await startOAuthServer();
});
afterAll(() => server.close());

test('an OAuth server’s own introspection endpoint answers unchanged', async () => {
  const { issuer, introspectionUrl: url, authorization } = server;
  const token = await server.issue();
  const backend = { url, headers: { authorization } };
  expect(await ask(backend, { token, provider: 'oidc' }, { fetch })).toMatchObject({
    reply: { active: true, client_id: 'panel', iss: issuer, exp: expect.any(Number) },
  });
  expect(await ask(backend, { token: `${token}x` }, { fetch })).toEqual({ reply: { active: false } });
});

test('wrong credentials are told as such', async () => {
  const backend = { url: server.introspectionUrl, headers: { authorization: 'Basic cGFuZWw6d3Jvbmc=' } };
  expect(await ask(backend, { token: 'x' }, { fetch })).toMatchObject({ fault: { code: 'unauthorized' } });
});
