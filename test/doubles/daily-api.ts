import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import jsonwebtoken from 'jsonwebtoken';

/** How the double misbehaves; 'none' answers as documented. */
export type Fault =
  | 'none'
  | 'down'
  | 'slow'
  | 'limited'
  | 'redirect'
  | 'endless'
  | 'not-json'
  | 'forbidden'
  | 'header'
  | 'json-parsing'
  | 'server-error'
  | 'gateway';

export interface DailyDouble {
  apiKey: string;
  domainId: string;
  now: () => number;
  /** Further API keys of the same domain: tokens may be signed with any. */
  moreKeys?: readonly string[];
}

/** Every error that docs.daily.co/docs/rest-api/errors lists, by what goes wrong. */
const errors: Partial<Record<Fault, [status: number, error: string, info: string]>> = {
  down: [503, 'server-error', 'unavailable'],
  limited: [429, 'rate-limit-error', 'too many requests'],
  forbidden: [403, 'forbidden-error', 'the token belongs to another domain'],
  header: [400, 'authorization-header-error', 'bad Authorization header format'],
  'json-parsing': [400, 'json-parsing-error', 'unable to parse JSON'],
  'server-error': [500, 'server-error', 'unexpected error'],
};

/** Claims of a self-signed token by the property that Daily's answer calls them. */
const properties = {
  room_name: 'r',
  is_owner: 'o',
  user_name: 'u',
  user_id: 'ud',
  exp: 'exp',
  nbf: 'nbf',
  enable_recording: 'er',
  start_cloud_recording: 'sr',
  eject_at_token_exp: 'ejt',
} as const;

/**
 * Stands in for Daily's API as docs.daily.co describes it: `GET /v1/meeting-tokens/:token` answers 200 with the long property
 * names, or 400 with `error` and `info` for a token that is wrong or out of date; `GET /v1/` tells of the domain; every other
 * path is not found, and a wrong API key is an authentication error.
 */
export async function startDailyApi({ apiKey, domainId, now, moreKeys = [] }: DailyDouble) {
  const state = { fault: 'none' as Fault, requests: 0, says: {} as Record<string, unknown> };
  const keys = [apiKey, ...moreKeys];
  const server = createServer((request, response) => {
    state.requests += 1;
    const url = new URL(request.url ?? '/', 'http://localhost');
    const json = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };
    const refuse = (status: number, error: string, info: string) => json(status, { error, info });
    const known = errors[state.fault];
    if (known) {
      const wait: Record<string, string> = known[0] === 429 ? { 'retry-after': '30' } : {};
      return json(known[0], { error: known[1], info: known[2] }, wait);
    }
    if (state.fault !== 'none') return misbehave(state.fault, response);
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (key === undefined || !keys.includes(key)) return refuse(401, 'authentication-error', 'invalid API key');
    if (url.pathname === '/v1/') return json(200, { domain_name: 'northwind', domain_id: domainId, config: {} });
    const token = /^\/v1\/meeting-tokens\/([^/]+)$/.exec(url.pathname)?.[1];
    if (token === undefined) return refuse(404, 'not-found', 'no such resource');
    const claims = claimsIn(decodeURIComponent(token), keys);
    if (!claims) return refuse(400, 'invalid-request-error', 'unable to verify token');
    const problem = problemOf(claims, domainId, now(), url.searchParams.get('ignoreNbf') === 'true');
    return problem ? refuse(400, 'invalid-request-error', problem) : json(200, { ...said(claims), ...state.says });
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

function misbehave(fault: Fault, response: ServerResponse) {
  switch (fault) {
    case 'redirect':
      response.writeHead(302, { location: 'http://127.0.0.1:1/' });
      response.end();
      return;
    case 'endless':
      response.writeHead(200);
      response.write('x'.repeat(100_000));
      return;
    case 'not-json':
      response.writeHead(400);
      response.end('<html>');
      return;
    case 'gateway':
      response.writeHead(403);
      response.end('<h1>Forbidden</h1>');
      return;
    default:
    // A slow one never answers.
  }
}

type Claims = Record<string, unknown>;

function claimsIn(token: string, keys: readonly string[]): Claims | null {
  for (const key of keys) {
    try {
      const options = { ignoreExpiration: true, ignoreNotBefore: true, algorithms: ['HS256' as const] };
      return jsonwebtoken.verify(token, key, options) as Claims;
    } catch {
      // Signed with another one.
    }
  }
  return null;
}

function problemOf(claims: Claims, domainId: string, now: number, ignoreNbf: boolean): string | null {
  if (claims.d !== domainId) return 'token is for another domain';
  if (typeof claims.exp === 'number' && claims.exp <= now) return 'token is expired';
  return typeof claims.nbf === 'number' && claims.nbf > now && !ignoreNbf ? 'token is not valid yet' : null;
}

function said(claims: Claims): Claims {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, claim]) => (claim in claims ? [[name, claims[claim]]] : [])),
  );
}
