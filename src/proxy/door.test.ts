import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { jwt, now } from '../../test/builders/tokens.ts';
import { accessKey, exchange, type StartedProxy, startTestProxy } from '../../test/doubles/proxy-client.ts';
import { parseConfig } from './config.ts';
import { createServer } from './server.ts';
import { realSurroundings } from './surroundings.ts';

const secret = 'a-throw-away-secret-of-the-door-test-0123456789';
const token = jwt({ aud: 'a', iss: 'a', sub: 'meet.example', room: 'standup', exp: now + 3600 }, {}, secret);
const keys = [{ provider: 'jitsi', secret }];
const form = `token=${token}`;

/** One request as bytes; headers may be left out, repeated or odd. */
function request(
  headers: string[],
  { method = 'POST', path = '/introspect', body = form, version = '1.1' } = {},
): string {
  const all = [
    ...headers,
    `Content-Length: ${body.length}`,
    'Content-Type: application/x-www-form-urlencoded',
    'Connection: close',
  ];
  return `${method} ${path} HTTP/${version}\r\n${all.join('\r\n')}\r\n\r\n${body}`;
}

const authorized = `Authorization: Bearer ${accessKey}`;
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

let proxy: StartedProxy;

beforeAll(async () => {
  proxy = await startTestProxy({ keys, hosts: ['roomkey.example', '2001:db8::1'] });
});
afterAll(() => proxy.close());

describe('Host', () => {
  test.each([
    'localhost',
    'localhost:8787',
    'LOCALHOST:1',
    'localhost.',
    '127.0.0.1',
    '127.0.0.1:8787',
    '127.9.9.9',
    '[::1]',
    '[::1]:8787',
    'roomkey.example',
    'RoomKey.Example:443',
    'roomkey.example.',
    '[2001:db8::1]:443',
  ])('%s is answered', async (host) => {
    const answer = await exchange(proxy.port, request([`Host: ${host}`, authorized]));
    expect(statusOf(answer)).toBe(200);
    expect(answer).toContain('"active":true');
  });

  test.each([
    'evil.example',
    'evil.example:8787',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example.',
    'notroomkey.example',
    'roomkey.example.evil.example',
    'sub.roomkey.example',
    '10.0.0.1',
    '0.0.0.0',
    '[::]',
    '[::2]',
    '2130706433',
    '127.1',
    '',
    ' ',
    ':8787',
    'localhost:x',
    'localhost:80:80',
    'localhost@evil.example',
    'evil.example@localhost',
    'localhost, evil.example',
    'localhost/evil',
    'localhost%00',
    '::1',
  ])('%j is refused', async (host) => {
    for (const path of ['/introspect', '/healthz', '/']) {
      const answer = await exchange(proxy.port, request([`Host: ${host}`, authorized], { path }));
      expect([400, 403]).toContain(statusOf(answer));
      expect(answer).not.toContain('"active"');
    }
  });

  test('none, two, and one in the request line are refused', async () => {
    const none = await exchange(proxy.port, request([authorized]));
    const old = await exchange(proxy.port, request([authorized], { version: '1.0' }));
    const two = await exchange(proxy.port, request(['Host: localhost', 'Host: evil.example', authorized]));
    const twice = await exchange(proxy.port, request(['Host: evil.example', 'Host: localhost', authorized]));
    for (const answer of [none, old, two, twice]) {
      expect([400, 403]).toContain(statusOf(answer));
      expect(answer).not.toContain('"active"');
    }
    const line = request(['Host: evil.example', authorized], { path: 'http://localhost/introspect' });
    expect([400, 403]).toContain(statusOf(await exchange(proxy.port, line)));
  });

  test('what forwards says does not count', async () => {
    const headers = ['Host: evil.example', 'X-Forwarded-Host: localhost', 'Forwarded: host=localhost', authorized];
    expect(statusOf(await exchange(proxy.port, request(headers)))).toBe(403);
  });

  test('on every address, loopback and the names configured are still all', async () => {
    const open = await startTestProxy({ keys, host: '0.0.0.0', hosts: ['roomkey.example'] });
    expect(open.log).toContainEqual({ event: 'warning', says: expect.stringMatching(/HTTPS/) });
    const status = async (host: string) => statusOf(await exchange(open.port, request([`Host: ${host}`, authorized])));
    expect(await status(`localhost:${open.port}`)).toBe(200);
    expect(await status('roomkey.example')).toBe(200);
    expect(await status('0.0.0.0')).toBe(403);
    expect(await status('evil.example')).toBe(403);
    await open.close();
  });

  test('on loopback nothing is warned of', () => {
    expect(proxy.log.filter(({ event }) => event === 'warning')).toEqual([]);
  });
});

describe('access keys', () => {
  test.each([
    ['none', []],
    ['an empty one', ['Authorization: Bearer ']],
    ['another scheme', [`Authorization: Basic ${Buffer.from(`a:${accessKey}`).toString('base64')}`]],
    ['a part', [`Authorization: Bearer ${accessKey.slice(0, -1)}`]],
    ['more than one', [`Authorization: Bearer ${accessKey}, Bearer x`]],
    ['a wrong one before the right one', ['Authorization: Bearer wrong-access-key-0123', authorized]],
    ['the right one before a wrong one', [authorized, 'Authorization: Bearer wrong-access-key-0123']],
    ['the right one twice', [authorized, authorized]],
    ['one in another header', [`X-Api-Key: ${accessKey}`]],
    ['one in a cookie', [`Cookie: access_token=${accessKey}`]],
  ])('%s opens nothing', async (_, headers) => {
    const answer = await exchange(proxy.port, request(['Host: localhost', ...headers]));
    expect([400, 401]).toContain(statusOf(answer));
    expect(answer).not.toContain('"active"');
  });

  test('a key in the address or in the form opens nothing', async () => {
    for (const name of ['access_token', 'key', 'accessKey', 'authorization', 'token']) {
      const path = `/introspect?${name}=${encodeURIComponent(accessKey)}`;
      expect(statusOf(await exchange(proxy.port, request(['Host: localhost'], { path })))).toBe(401);
      const body = `${form}&${name}=${accessKey}`;
      expect(statusOf(await exchange(proxy.port, request(['Host: localhost'], { body })))).toBe(401);
    }
  });

  test('who guesses waits longer and longer, and then even the right key waits', async () => {
    const guarded = await startTestProxy({ keys });
    const ask = async (key: string) => {
      const response = await guarded.post(new URLSearchParams({ token }), { authorization: `Bearer ${key}` });
      return [response.status, Number(response.headers.get('retry-after') ?? 0)];
    };
    const wrong = 'a-wrong-access-key-0123456789';
    for (let i = 0; i < 5; i += 1) expect(await ask(wrong)).toEqual([401, 0]);
    expect(await ask(wrong)).toEqual([429, 1]);
    expect(await ask(accessKey)).toEqual([429, 1]);
    for (const wait of [1, 2, 4, 8, 16, 32, 60, 60]) {
      expect(await ask(accessKey)).toEqual([429, wait]);
      guarded.clock.now += wait;
      expect(await ask(wrong)).toEqual([401, 0]);
    }
    guarded.clock.now += 60;
    expect(await ask(accessKey)).toEqual([200, 0]);
    expect(await ask(wrong)).toEqual([401, 0]);
    expect(await ask(accessKey)).toEqual([200, 0]);
    await guarded.close();
  });

  test('many guesses at once are no more than one after another', async () => {
    const guarded = await startTestProxy({ keys });
    const guesses = Array.from({ length: 40 }, async (_, at) => {
      const response = await guarded.post('token=x', { authorization: `Bearer a-wrong-access-key-${at}` });
      return response.status;
    });
    expect((await Promise.all(guesses)).filter((status) => status === 401)).toHaveLength(5);
    await guarded.close();
  });

  test('right keys are not slowed down by one another, and a missing key is no guess', async () => {
    const guarded = await startTestProxy({ keys });
    const right = Array.from({ length: 40 }, async () => (await guarded.post(new URLSearchParams({ token }))).status);
    expect(new Set(await Promise.all(right))).toEqual(new Set([200]));
    for (let i = 0; i < 20; i += 1) {
      const response = await fetch(`${guarded.url}/introspect`, {
        method: 'POST',
        body: new URLSearchParams({ token }),
      });
      expect(response.status).toBe(401);
    }
    expect((await guarded.post(new URLSearchParams({ token }))).status).toBe(200);
    await guarded.close();
  });

  test('behind a reverse proxy the address that it tells is slowed down, and nobody else', async () => {
    const behind = await startTestProxy({ keys, behindProxy: true });
    const status = async (key: string, forwarded: string) =>
      (
        await behind.post(new URLSearchParams({ token }), {
          authorization: `Bearer ${key}`,
          'x-forwarded-for': forwarded,
        })
      ).status;
    for (let i = 0; i < 8; i += 1) await status('a-wrong-access-key-0123456789', `198.51.100.${i}, 192.0.2.66`);
    expect(await status(accessKey, '203.0.113.1, 192.0.2.66')).toBe(429);
    expect(await status(accessKey, '192.0.2.66, 203.0.113.1')).toBe(200);
    await behind.close();
    const direct = await startTestProxy({ keys });
    for (let i = 0; i < 8; i += 1) {
      const headers = { authorization: 'Bearer a-wrong-access-key-0123456789', 'x-forwarded-for': `192.0.2.${i}` };
      await direct.post('token=x', headers);
    }
    expect((await direct.post('token=x', { 'x-forwarded-for': '192.0.2.99' })).status).toBe(429);
    await direct.close();
  });

  test('one address locks out no other, and many do not fill the memory', async () => {
    const log = () => undefined;
    const app = createServer(parseConfig({ accessKeys: [accessKey], keys }), {
      ...realSurroundings,
      now: () => now,
      log,
    });
    const status = async (clientAddress: string, key: string) => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-www-form-urlencoded' };
      return (await app.request('/introspect', { method: 'POST', body: form, headers }, { clientAddress })).status;
    };
    for (let i = 0; i < 8; i += 1) await status('192.0.2.1', 'a-wrong-access-key-0123456789');
    expect(await status('192.0.2.1', accessKey)).toBe(429);
    expect(await status('192.0.2.2', accessKey)).toBe(200);
    for (let i = 0; i < 8; i += 1) await status(`2001:db8:1:2::${i}`, 'a-wrong-access-key-0123456789');
    expect(await status('2001:db8:1:2:ffff::1', accessKey)).toBe(429);
    expect(await status('2001:db8:1:3::1', accessKey)).toBe(200);
  });
});

describe('the form', () => {
  test.each([
    ['two tokens', `${form}&token=${token}`, 400],
    ['two different tokens', `token=x&${form}`, 400],
    ['two rooms', `${form}&room=standup&room=retro`, 400],
    ['two hints', `${form}&provider=jitsi&provider=daily`, 400],
    ['two of what is not known', `${form}&a=1&a=2`, 400],
    ['no token', 'room=standup', 400],
    ['an empty token', 'token=', 400],
    ['a token of spaces', 'token=+++', 400],
    ['nothing', '', 400],
    ['a room that would be cut', `${form}&room=${'a'.repeat(501)}`, 400],
    ['an unknown word for `ignore_nbf`', `${form}&ignore_nbf=yes`, 400],
    ['JSON', `{"token":"${token}"}`, 400],
  ])('%s is refused', async (_, body, status) => {
    const answer = await exchange(proxy.port, request(['Host: localhost', authorized], { body }));
    expect(statusOf(answer)).toBe(status);
    expect(answer).not.toContain('"active"');
  });

  test.each([
    ['application/x-www-form-urlencoded', 200],
    ['application/x-www-form-urlencoded; charset=UTF-8', 200],
    ['Application/X-WWW-Form-Urlencoded;charset="utf-8"', 200],
    ['application/x-www-form-urlencoded; charset=utf-16', 415],
    ['application/x-www-form-urlencodedx', 415],
    ['application/json', 415],
    ['text/plain', 415],
    ['multipart/form-data; boundary=x', 415],
    ['text/plain; application/x-www-form-urlencoded', 415],
    ['', 415],
  ])('the content type %j is answered with %i', async (type, status) => {
    const response = await fetch(`${proxy.url}/introspect`, {
      method: 'POST',
      body: new TextEncoder().encode(form),
      headers: { authorization: `Bearer ${accessKey}`, ...(type ? { 'content-type': type } : {}) },
    });
    expect(response.status).toBe(status);
  });

  test.each([
    ['gzip', 415],
    ['Br', 415],
    ['identity, gzip', 415],
    ['Identity', 200],
  ])('a body in the coding %j is answered with %i, and not taken for an empty one', async (coding, status) => {
    const lines = ['Host: localhost', authorized, `Content-Encoding: ${coding}`];
    const answer = await exchange(proxy.port, request(lines, { body: form }));
    expect(statusOf(answer)).toBe(status);
    expect(answer).not.toContain('No token');
  });

  test('an address that no runtime makes a request of is the fault of who asks', async () => {
    const whole = request(['Host: localhost', authorized], { body: form });
    for (const target of ['http://localhost@evil.example/introspect', 'http://a:b@localhost/introspect']) {
      const answer = await exchange(proxy.port, whole.replace(' /introspect ', ` ${target} `));
      expect(statusOf(answer)).toBe(400);
    }
  });

  test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s is refused', async (method) => {
    const answer = await exchange(proxy.port, request(['Host: localhost', authorized], { method }));
    expect(statusOf(answer)).toBe(405);
  });

  test('parameters in the address are refused', async () => {
    const response = await fetch(`${proxy.url}/introspect?room=standup`, {
      method: 'POST',
      body: new URLSearchParams({ token }),
      headers: { authorization: `Bearer ${accessKey}` },
    });
    expect(response.status).toBe(400);
  });
});

describe('slow clients', () => {
  const limits = { headersMs: 60, requestMs: 120, idleMs: 60, connections: 100, connectionsPerClient: 100 };

  test.each([
    ['headers that never end', ['POST /introspect HTTP/1.1\r\nHost: localhost\r\n']],
    ['a line that never ends', ['POST /intro']],
    ['nothing at all', []],
    [
      'a body that never ends',
      [
        `POST /introspect HTTP/1.1\r\nHost: localhost\r\n${authorized}\r\nContent-Length: 100\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\ntoken=`,
      ],
    ],
    [
      'chunks that never end',
      [
        `POST /introspect HTTP/1.1\r\nHost: localhost\r\n${authorized}\r\nTransfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n6\r\ntoken=\r\n`,
      ],
    ],
    ['a connection left open', ['GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n']],
  ])('%s: the connection is closed, and others are served', async (_, pieces) => {
    const strict = await startTestProxy({ keys }, { limits });
    // Resolves only when the server closes; the test would hang otherwise.
    const answer = await exchange(strict.port, ...pieces);
    expect(answer).not.toContain('"active"');
    expect((await strict.post(new URLSearchParams({ token }))).status).toBe(200);
    await strict.close();
  });
});

describe('many connections', () => {
  const limits = { headersMs: 60_000, requestMs: 60_000, idleMs: 60_000, connections: 20, connectionsPerClient: 3 };
  /** Opens a connection from an address of this machine; resolves when it is answered, or closed without a word. */
  const health = (port: number, localAddress: string) =>
    new Promise<{ answer: string; close(): void }>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1', localAddress });
      const end = (answer: string) => resolve({ answer, close: () => void socket.destroy() });
      socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
      socket.once('data', (chunk) => end(chunk.toString('latin1')));
      socket.on('error', () => end(''));
      socket.on('close', () => end(''));
    });

  test('kept open by one client lock out no other, and count no longer when they are closed', async () => {
    const crowded = await startTestProxy({ keys }, { limits });
    const open = await Promise.all([1, 2, 3].map(() => health(crowded.port, '127.0.0.2')));
    expect(open.map(({ answer }) => statusOf(answer))).toEqual([200, 200, 200]);
    for (let i = 0; i < 30; i += 1) expect((await health(crowded.port, '127.0.0.2')).answer).toBe('');
    const other = await health(crowded.port, '127.0.0.3');
    expect(statusOf(other.answer)).toBe(200);
    for (const { close } of [...open, other]) close();
    await vi.waitUntil(async () => {
      const { answer, close } = await health(crowded.port, '127.0.0.2');
      close();
      return statusOf(answer) === 200;
    });
    await crowded.close();
  });

  test('of a reverse proxy are those of everybody', async () => {
    const behind = await startTestProxy({ keys, behindProxy: true }, { limits });
    const open = await Promise.all(Array.from({ length: 8 }, () => health(behind.port, '127.0.0.2')));
    expect(open.map(({ answer }) => statusOf(answer))).toEqual(Array(8).fill(200));
    for (const { close } of open) close();
    await behind.close();
  });

  test('told apart by port are still one client’s, where the reverse proxy writes ports', async () => {
    const behind = await startTestProxy({ keys, behindProxy: true, requestsPerMinute: 3 });
    for (const client of ['203.0.113.9', '[2001:db8::9]']) {
      const statuses: number[] = [];
      for (let port = 40_001; port < 40_006; port += 1) {
        const headers = { 'x-forwarded-for': `198.51.100.1, ${client}:${port}` };
        statuses.push((await behind.post(new URLSearchParams({ token }), headers)).status);
      }
      expect(statuses).toEqual([200, 200, 200, 429, 429]);
    }
    await behind.close();
  });
});
