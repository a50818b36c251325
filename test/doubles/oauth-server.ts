import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** An OAuth server made by others, with the introspection endpoint they ship: no double, but as easily started as one. */
export async function startOAuthServer() {
  const authorization = `Basic ${Buffer.from('panel:panel-secret').toString('base64')}`;
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
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
  return {
    issuer,
    introspectionUrl: `${issuer}/token/introspection`,
    /** The header that its introspection endpoint wants. */
    authorization,
    /** A new access token. */
    issue: async (): Promise<string> => {
      const issued = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: { authorization },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
      return ((await issued.json()) as { access_token: string }).access_token;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
