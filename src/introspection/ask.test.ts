import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type AskOptions, ask } from './ask.ts';
import { insecureUrl } from './insecure-url.ts';

const open: Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/introspect`;
}

const json =
  (status: number, body: string, headers = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };

const question = { token: 'secret-token-text', provider: 'daily', room: 'standup' };
const backend = (url: string) => ({ url, headers: { authorization: 'Bearer secret-header' } });

async function codeOf(url: string, options: Partial<AskOptions> = {}) {
  const answer = await ask(backend(url), question, { fetch, headersTimeoutMs: 300, bodyTimeoutMs: 300, ...options });
  if ('reply' in answer) return 'reply';
  expect(answer.fault.message).not.toMatch(/secret-/);
  return answer.fault.code;
}

test('asks with the form, the header and nothing else, and reads the reply', async () => {
  let seen = '';
  const url = await serve((request, response) => {
    request.on('data', (chunk) => {
      seen += String(chunk);
    });
    request.on('end', () => {
      expect(request.headers.authorization).toBe('Bearer secret-header');
      expect(request.headers.cookie).toBeUndefined();
      json(200, '{"active":true,"sub":"ada"}')(request, response);
    });
  });
  expect(await ask(backend(url), question, { fetch })).toEqual({ reply: { active: true, sub: 'ada' } });
  expect(seen).toBe('token=secret-token-text&provider=daily&room=standup');
});

test.each([
  [json(401, '{}'), 'unauthorized'],
  [json(403, '{}'), 'forbidden'],
  [json(404, '{}'), 'not-found'],
  [json(413, '{}'), 'too-large'],
  [json(429, '{}', { 'retry-after': '7' }), 'rate-limited'],
  [json(500, '{}'), 'server-error'],
  [json(502, '{}'), 'server-error'],
  [json(503, '{}'), 'server-error'],
  [json(418, '{}'), 'unexpected-status'],
  [json(302, '', { location: 'http://127.0.0.1:1/' }), 'redirected'],
  [json(200, '<html>', { 'content-type': 'text/html' }), 'content-type'],
  [json(200, '{"active":'), 'malformed-json'],
  [json(200, '[true]'), 'not-an-object'],
  [json(200, '{}'), 'active-missing'],
  [json(200, `{"active":true,"x":"${'x'.repeat(10_000_000)}"}`), 'reply-too-large'],
])('has its own words for what a backend can answer (%#)', async (listener, code) => {
  expect(await codeOf(await serve(listener))).toBe(code);
});

test('tells how long to wait when asked too often', async () => {
  const answer = await ask(backend(await serve(json(429, '', { 'retry-after': '7' }))), question, { fetch });
  expect(answer).toMatchObject({ fault: { retryAfterSeconds: 7, message: expect.stringContaining('7 s') } });
});

test('a backend that stays silent, or never finishes, is given up', async () => {
  expect(await codeOf(await serve(() => undefined))).toBe('timeout');
  const drip = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  });
  expect(await codeOf(drip)).toBe('timeout-body');
});

test('a reply that comes byte by byte, but in time, is read', async () => {
  const text = '{"active":false}';
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    let at = 0;
    const timer = setInterval(() => {
      response.write(text[at]);
      at += 1;
      if (at === text.length) {
        clearInterval(timer);
        response.end();
      }
    }, 2);
  });
  expect(await codeOf(url, { bodyTimeoutMs: 5000 })).toBe('reply');
});

test('a backend that accepts no connection is told apart where the browser names the error', async () => {
  const probe = createTcpServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  const url = `http://127.0.0.1:${port}/`;
  expect(await codeOf(url)).toBe('unreachable');
  const named = (name: string) => codeOf(url, { networkError: async () => name });
  expect(await named('net::ERR_CONNECTION_REFUSED')).toBe('refused');
  expect(await named('net::ERR_NAME_NOT_RESOLVED')).toBe('dns');
  expect(await named('NS_ERROR_CONNECTION_REFUSED')).toBe('refused');
  expect(await named('NS_ERROR_UNKNOWN_HOST')).toBe('dns');
  expect(await named('SEC_ERROR_UNKNOWN_ISSUER')).toBe('tls');
  expect(await named("The certificate of the peer's issuer is not trusted.")).toBe('tls');
  expect(await named('net::ERR_CERT_AUTHORITY_INVALID')).toBe('tls');
  expect(await named('net::ERR_BLOCKED_BY_RESPONSE')).toBe('cors');
});

test('a question can be cancelled', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  expect(await codeOf(await serve(() => undefined), { signal: controller.signal })).toBe('cancelled');
  expect(await codeOf('http://127.0.0.1:1/', { signal: AbortSignal.abort() })).toBe('cancelled');
});

test.each([
  ['https://backend.example/introspect', true],
  ['http://localhost:8787/', true],
  ['http://127.0.0.1:8787/', true],
  ['http://[::1]:8787/', true],
  ['http://backend.example/', false],
  ['http://localhost.evil.example/', false],
  ['http://127.0.0.1.evil.example/', false],
  ['https://user:pass@backend.example/', false],
  ['ftp://backend.example/', false],
  ['backend', false],
])('a token may be sent to %s: %s', (url, allowed) => {
  expect(insecureUrl(url) === null).toBe(allowed);
});

test('nothing is sent to an insecure URL', async () => {
  const answer = await ask(backend('http://backend.example/'), question, { fetch: () => expect.fail('was asked') });
  expect(answer).toMatchObject({ fault: { code: 'url-insecure' } });
});
