import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import jsonwebtoken from 'jsonwebtoken';

/** How the double misbehaves; 'none' answers as documented. */
export type Fault = 'none' | 'down' | 'slow' | 'limited' | 'redirect' | 'endless' | 'not-json';

/**
 * Stands in for `GET https://api.daily.co/v1/meeting-tokens/:token` as docs.daily.co describes it: 200 with the long
 * property names, 400 with `error` and `info` for a token that is wrong or out of date, 401 for a wrong API key.
 */
export async function startDailyApi({
  apiKey,
  domainId,
  now,
}: {
  apiKey: string;
  domainId: string;
  now: () => number;
}) {
  const state = { fault: 'none' as Fault, requests: 0 };
  const server = createServer((request, response) => {
    state.requests += 1;
    const url = new URL(request.url ?? '/', 'http://localhost');
    const json = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };
    switch (state.fault) {
      case 'down':
        return json(503, { error: 'unavailable' });
      case 'slow':
        return;
      case 'limited':
        return json(429, { error: 'rate-limit-error' }, { 'retry-after': '30' });
      case 'redirect':
        response.writeHead(302, { location: 'http://127.0.0.1:1/' });
        return response.end();
      case 'endless':
        response.writeHead(200);
        response.write('x'.repeat(100_000));
        return;
      case 'not-json':
        response.writeHead(400);
        return response.end('<html>');
      case 'none':
    }
    if (request.headers.authorization !== `Bearer ${apiKey}`) return json(401, { error: 'authentication-error' });
    const token = decodeURIComponent(url.pathname.split('/').pop() ?? '');
    const refuse = (info: string) => json(400, { error: 'invalid-request-error', info });
    try {
      const claims = jsonwebtoken.verify(token, apiKey, { ignoreExpiration: true, ignoreNotBefore: true }) as Record<
        string,
        unknown
      >;
      if (claims.d !== domainId) return refuse('token is for another domain');
      if (typeof claims.exp === 'number' && claims.exp <= now()) return refuse('token is expired');
      const early = typeof claims.nbf === 'number' && claims.nbf > now();
      if (early && url.searchParams.get('ignoreNbf') !== 'true') return refuse('token is not valid yet');
      return json(200, { room_name: claims.r, is_owner: claims.o === true, user_name: claims.u, exp: claims.exp });
    } catch {
      return refuse('unable to verify token');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    state,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
