import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from './ask.ts';

const authorization = `Basic ${Buffer.from('panel:panel-secret').toString('base64')}`;
let server: Server;
let issuer = '';

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'panel',
        client_secret: 'panel-secret',
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
    ],
    features: {
      introspection: { enabled: true },
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
    },
  });
  const handle = provider.callback();
  server.on('request', (request, response) => void handle(request, response));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

test('an OAuth server’s own introspection endpoint answers unchanged', async () => {
  const issued = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: token } = (await issued.json()) as { access_token: string };
  const backend = { url: `${issuer}/token/introspection`, headers: { authorization } };
  expect(await ask(backend, { token, provider: 'oidc' }, { fetch })).toMatchObject({
    reply: { active: true, client_id: 'panel', iss: issuer, exp: expect.any(Number) },
  });
  expect(await ask(backend, { token: `${token}x` }, { fetch })).toEqual({ reply: { active: false } });
});

test('wrong credentials are told as such', async () => {
  const backend = { url: `${issuer}/token/introspection`, headers: { authorization: 'Basic cGFuZWw6d3Jvbmc=' } };
  expect(await ask(backend, { token: 'x' }, { fetch })).toMatchObject({ fault: { code: 'unauthorized' } });
});
