import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dailyToken } from '../../test/builders/mint/daily.ts';
import { jwt, now, rawJwt } from '../../test/builders/tokens.ts';
import { accessKey, outcomes, startTestProxy, startUpstream } from '../../test/doubles/proxy-client.ts';

const apiKey = 'c0ffee5daily1api2key3of4the5test6789abcdef';
const rsa = await generateKeyPair('RS256', { extractable: true });
const jwk = { ...(await exportJWK(rsa.publicKey)), kid: 'k1' };
const good = JSON.stringify({ keys: [jwk] });
const sign = (kid: string | undefined = 'k1', exp = now + 86_400) =>
  new SignJWT({ iss: 'https://id.example', sub: 'ada', exp })
    .setProtectedHeader({ alg: 'RS256', ...(kid === undefined ? {} : { kid }) })
    .sign(rsa.privateKey);

let upstream: Awaited<ReturnType<typeof startUpstream>>;
let answer: (response: ServerResponse, path: string) => void;

beforeAll(async () => {
  upstream = await startUpstream(({ url }, response) => answer(response, url ?? ''));
});
afterAll(() => upstream.close());
beforeEach(() => {
  upstream.asked.length = 0;
});

const sleep = () => Promise.resolve();
const oidc = () => ({ provider: 'oidc', jwks: `${upstream.url}/jwks`, issuer: ['https://id.example'] });
const daily = () => ({ provider: 'daily', secret: apiKey, upstream: upstream.url });

describe('a vendor’s words', () => {
  const token = dailyToken({}, apiKey);
  const payload = token.split('.')[1] ?? '';
  const tellings: [string, string][] = [
    ['the key', `Invalid API key ${apiKey}`],
    ['the key alone', apiKey],
    ['the key in capitals', `key ${apiKey.toUpperCase()}`],
    ['the key backwards', [...apiKey].reverse().join('')],
    ['the key in base64', Buffer.from(apiKey).toString('base64')],
    ['the key in hex', Buffer.from(apiKey).toString('hex')],
    ['the key, percent-encoded', [...apiKey].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('')],
    ['the key in pieces', apiKey.match(/.{1,6}/g)?.join(' ') ?? ''],
    ['the key letter by letter', [...apiKey].join('-')],
    ['half of the key', `invalid: ${apiKey.slice(0, 12)}`],
    ['the token', token],
    ['a part of the token', `token ${payload.slice(0, 20)} is invalid`],
    ['the signature', token.split('.')[2] ?? ''],
    ['a page', '<script>alert(1)</script>'],
    ['line breaks', 'token is invalid\nroot: x'],
  ];

  test.each(tellings)('%s in a refusal reaches neither the caller nor the log', async (_, info) => {
    for (const status of [400, 401, 403, 404, 500]) {
      answer = (response) => response.writeHead(status).end(JSON.stringify({ error: info, info, [info]: info }));
      const proxy = await startTestProxy({ keys: [daily()] }, { sleep });
      const response = await proxy.post(new URLSearchParams({ token }));
      const told = (await response.text()) + JSON.stringify(proxy.log);
      expect(JSON.parse(told.slice(0, told.indexOf('}[') + 1))).toMatchObject({ active: false });
      const plain = told.toLowerCase();
      expect(plain).not.toContain(info.toLowerCase());
      for (const secret of [apiKey, payload, accessKey]) {
        for (let at = 0; at + 6 <= secret.length; at += 1)
          expect(plain).not.toContain(secret.slice(at, at + 6).toLowerCase());
      }
      await proxy.close();
    }
  });

  test('words that explain are passed on', async () => {
    answer = (response) =>
      response
        .writeHead(400)
        .end(JSON.stringify({ error: 'invalid-request-error', info: 'token is for another domain' }));
    const proxy = await startTestProxy({ keys: [daily()] });
    const reply = await proxy.ask(token);
    expect(reply.roomkey?.checks.at(-1)?.reason).toContain('refuses the token: token is for another domain.');
    await proxy.close();
  });

  const properties = JSON.stringify({ room_name: 'standup', is_owner: true });
  const refusal = JSON.stringify({ error: 'invalid-request-error', info: 'token is expired' });

  test.each([
    ['accepts', 200, properties, true, 'passed'],
    ['accepts a token without properties', 200, '{}', true, 'passed'],
    ['refuses', 400, refusal, false, 'failed'],
    ['has nothing at that address', 404, '{"error":"not-found"}', false, 'not-checked'],
    [
      'cannot read the API key',
      400,
      '{"error":"authorization-header-error","info":"bad header"}',
      false,
      'not-checked',
    ],
    [
      'cannot read the API key, and says so in the words of a bad request',
      400,
      '{"error":"invalid-request-error","info":"bad Authorization header format"}',
      false,
      'not-checked',
    ],
    ['cannot read the question', 400, '{"error":"json-parsing-error"}', false, 'not-checked'],
    ['forbids to look at it', 403, '{"error":"forbidden-error"}', false, 'not-checked'],
    ['is behind a gateway that forbids', 403, '<h1>Forbidden</h1>', false, 'not-checked'],
    ['fails', 500, '{"error":"server-error"}', false, 'not-checked'],
    ['is down', 503, '', false, 'not-checked'],
    ['rejects the API key', 401, '{"error":"authentication-error"}', false, 'not-checked'],
    ['redirects', 302, '', false, 'not-checked'],
    ['says nothing', 204, '', false, 'not-checked'],
    ['says something else', 202, properties, false, 'not-checked'],
    ['answers with an empty page', 200, '', false, 'not-checked'],
    ['answers with a sign-in page', 200, '<!doctype html><title>Sign in</title>', false, 'not-checked'],
    ['answers with a text', 200, '"ok"', false, 'not-checked'],
    ['answers with a list', 200, '[]', false, 'not-checked'],
    ['answers with null', 200, 'null', false, 'not-checked'],
    ['answers with an error that looks fine', 200, refusal, false, 'not-checked'],
    ['answers with half an object', 200, properties.slice(0, -1), false, 'not-checked'],
    ['is behind a gateway that knows no such page', 404, '<h1>Not found</h1>', false, 'not-checked'],
    ['is behind a gateway that wants something', 400, '{"message":"bad"}', false, 'not-checked'],
  ])(
    'a token is active only when a vendor that is to be asked accepts it: it %s',
    async (_, status, body, active, outcome) => {
      answer = (response) => {
        response.writeHead(status, { location: '/' });
        response.end(status === 204 ? undefined : body);
      };
      const proxy = await startTestProxy({ keys: [daily()] }, { sleep });
      const reply = await proxy.ask(token);
      expect([reply.active, outcomes(reply).vendor, outcomes(reply).signature]).toEqual([active, outcome, 'passed']);
      await proxy.close();
    },
  );

  test.each(['', '/', '//', '/v1', '/v1/'])('an address of the vendor may end in %j', async (end) => {
    answer = (response) => response.end(properties);
    const proxy = await startTestProxy({ keys: [{ ...daily(), upstream: `${upstream.url}${end}` }] });
    expect(await proxy.ask(token)).toMatchObject({ active: true });
    expect(upstream.asked).toEqual([`${end.replace(/\/+$/, '')}/meeting-tokens/${token}`]);
    await proxy.close();
  });

  test('a vendor that cannot be reached does not make a token active, one that is not to be asked does no harm', async () => {
    const gone = await startTestProxy({ keys: [{ ...daily(), upstream: 'http://127.0.0.1:1' }] }, { sleep });
    expect(await gone.ask(token)).toMatchObject({ active: false });
    await gone.close();
    const unasked = await startTestProxy({ keys: [{ ...daily(), askVendor: false }] });
    expect(await unasked.ask(token)).toMatchObject({ active: true });
    await unasked.close();
  });
});

describe('fetched keys', () => {
  test('are kept for ten minutes and then fetched again, and never used when that fails', async () => {
    answer = (response) => response.end(good);
    const proxy = await startTestProxy({ keys: [oidc()] }, { sleep });
    const token = await sign();
    for (let i = 0; i < 3; i += 1) expect(await proxy.ask(token)).toMatchObject({ active: true });
    expect(upstream.asked).toHaveLength(1);
    proxy.clock.now += 599;
    answer = (response) => response.writeHead(500).end();
    expect(await proxy.ask(token)).toMatchObject({ active: true });
    proxy.clock.now += 2;
    const reply = await proxy.ask(token);
    expect([reply.active, outcomes(reply).signature]).toEqual([false, 'not-checked']);
    await proxy.close();
  });

  test('a key server that fails is asked again after half a minute only, by however many', async () => {
    answer = (response) => response.writeHead(404).end();
    const proxy = await startTestProxy({ keys: [oidc()] }, { sleep });
    const token = await sign();
    await Promise.all(Array.from({ length: 20 }, () => proxy.ask(token)));
    await proxy.ask(await sign('other'));
    expect(upstream.asked).toHaveLength(1);
    proxy.clock.now += 31;
    answer = (response) => response.end(good);
    expect(await proxy.ask(token)).toMatchObject({ active: true });
    expect(upstream.asked).toHaveLength(2);
    await proxy.close();
  });

  test('a new `kid` is looked for at once after half a minute, and what is known stays usable', async () => {
    answer = (response) => response.end(good);
    const proxy = await startTestProxy({ keys: [oidc()] }, { sleep });
    expect(await proxy.ask(await sign())).toMatchObject({ active: true });
    for (let i = 0; i < 20; i += 1) expect(await proxy.ask(await sign(`new-${i}`))).toMatchObject({ active: false });
    expect(upstream.asked).toHaveLength(1);
    proxy.clock.now += 31;
    answer = (response) => response.writeHead(500).end();
    expect(await proxy.ask(await sign('new'))).toMatchObject({ active: false });
    expect(await proxy.ask(await sign())).toMatchObject({ active: true });
    proxy.clock.now += 31;
    answer = (response) => response.end(JSON.stringify({ keys: [jwk, { ...jwk, kid: 'new' }] }));
    expect(await proxy.ask(await sign('new'))).toMatchObject({ active: true });
    await proxy.close();
  });

  test('a key replaced under its name, or without one, is found within half a minute', async () => {
    const next = await generateKeyPair('RS256', { extractable: true });
    const nextJwk = await exportJWK(next.publicKey);
    const { kid, ...nameless } = jwk;
    for (const [before, after, header] of [
      [jwk, { ...nextJwk, kid }, { alg: 'RS256', kid }],
      [nameless, nextJwk, { alg: 'RS256' }],
      [nameless, nextJwk, { alg: 'RS256', kid: 'anything' }],
    ] as const) {
      answer = (response) => response.end(JSON.stringify({ keys: [before] }));
      const proxy = await startTestProxy({ keys: [oidc()] }, { sleep });
      const signed = (key: CryptoKey) =>
        new SignJWT({ iss: 'https://id.example', sub: 'ada', exp: now + 86_400 }).setProtectedHeader(header).sign(key);
      const [old, fresh] = [await signed(rsa.privateKey), await signed(next.privateKey)];
      expect(await proxy.ask(old)).toMatchObject({ active: true });
      answer = (response) => response.end(JSON.stringify({ keys: [after] }));
      proxy.clock.now += 31;
      expect(await proxy.ask(fresh)).toMatchObject({ active: true });
      expect(await proxy.ask(old)).toMatchObject({ active: false });
      await proxy.close();
    }
  });

  test('forged tokens make a key server neither asked more often nor its keys forgotten', async () => {
    answer = (response) => response.end(good);
    const proxy = await startTestProxy({ keys: [oidc()] }, { sleep });
    const token = await sign();
    expect(await proxy.ask(token)).toMatchObject({ active: true });
    answer = (response) => response.end('<html>');
    upstream.asked.length = 0;
    for (let round = 0; round < 3; round += 1) {
      proxy.clock.now += 31;
      for (let i = 0; i < 10; i += 1) {
        const forged = `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(342)}`;
        expect(outcomes(await proxy.ask(forged)).signature).toBe('failed');
        expect(await proxy.ask(token)).toMatchObject({ active: true });
      }
    }
    expect(upstream.asked).toHaveLength(3);
    await proxy.close();
  });

  test('a nameless key that is alone serves on while its address is down', async () => {
    const { kid: _, ...nameless } = jwk;
    answer = (response) => response.end(JSON.stringify({ keys: [nameless] }));
    const proxy = await startTestProxy({ keys: [oidc()] }, { sleep });
    const token = await sign('anything');
    expect(await proxy.ask(token)).toMatchObject({ active: true });
    answer = (response) => response.writeHead(500).end();
    for (let i = 0; i < 4; i += 1) {
      proxy.clock.now += 31;
      expect(await proxy.ask(token)).toMatchObject({ active: true });
    }
    await proxy.close();
  });

  test('a token that names no key is tried with every key of the set', async () => {
    const pairs = await Promise.all(Array.from({ length: 100 }, () => generateKeyPair('ES256', { extractable: true })));
    const keys = await Promise.all(pairs.map(({ publicKey }) => exportJWK(publicKey)));
    answer = (response) => response.end(JSON.stringify({ keys }));
    const proxy = await startTestProxy({ keys: [oidc()] }, { sleep });
    for (const at of [0, 16, 50, 99]) {
      const token = await new SignJWT({ iss: 'https://id.example', exp: now + 60 })
        .setProtectedHeader({ alg: 'ES256' })
        .sign(pairs[at]?.privateKey as CryptoKey);
      expect([at, (await proxy.ask(token)).active]).toEqual([at, true]);
    }
    await proxy.close();
  });

  test('a key that was good is fetched anew though many made-up ones were asked for', async () => {
    const pem = await exportSPKI(rsa.publicKey);
    const known = `/${createHash('sha256').update('k1').digest('hex')}.pem`;
    answer = (response) => (upstream.asked.at(-1) === known ? response.end(pem) : response.writeHead(404).end());
    const proxy = await startTestProxy({ keys: [{ provider: 'jitsi', keyServer: upstream.url }] }, { sleep });
    const signed = (kid: string) =>
      new SignJWT({ aud: 'a', iss: 'a', sub: 'meet.example', room: 'standup', exp: now + 86_400 })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
        .sign(rsa.privateKey);
    const token = await signed('k1');
    expect(await proxy.ask(token)).toMatchObject({ active: true });
    proxy.clock.now += 601;
    for (let i = 0; i < 25; i += 1) expect(await proxy.ask(await signed(`bad-${i}`))).toMatchObject({ active: false });
    expect(await proxy.ask(token)).toMatchObject({ active: true });
    await proxy.close();
  });

  test('a key that is withdrawn is not used for longer than the set is kept', async () => {
    answer = (response) => response.end(good);
    const proxy = await startTestProxy({ keys: [oidc()], cacheSeconds: 300 }, { sleep });
    const token = await sign();
    expect(await proxy.ask(token)).toMatchObject({ active: true });
    answer = (response) => response.end(JSON.stringify({ keys: [{ ...jwk, kid: 'other' }] }));
    proxy.clock.now += 601;
    expect(await proxy.ask(token)).toMatchObject({ active: false });
    await proxy.close();
  });

  test('made-up key ids neither flood a key server nor push known keys out', async () => {
    const pem = await exportSPKI(rsa.publicKey);
    answer = (response) => response.end(pem);
    const claims = { aud: 'a', iss: 'a', sub: 'meet.example', room: 'standup', exp: now + 86_400 };
    const header = (kid: string) => ({ alg: 'RS256', typ: 'JWT', kid });
    const made = (kid: string) => rawJwt(header(kid), claims, 'A'.repeat(342));
    const proxy = await startTestProxy({ keys: [{ provider: 'jitsi', keyServer: upstream.url }] }, { sleep });
    const known = await new SignJWT(claims).setProtectedHeader(header('k1')).sign(rsa.privateKey);
    expect(await proxy.ask(known)).toMatchObject({ active: true });
    answer = (response) => response.writeHead(404).end();
    for (let i = 0; i < 60; i += 1) expect(await proxy.ask(made(`made-up-${i}`))).toMatchObject({ active: false });
    expect(upstream.asked.length).toBeLessThanOrEqual(20);
    for (let round = 0; round < 12; round += 1) {
      proxy.clock.now += 31;
      await Promise.all(Array.from({ length: 20 }, (_, at) => proxy.ask(made(`more-${round}-${at}`))));
    }
    const before = upstream.asked.length;
    expect(await proxy.ask(known)).toMatchObject({ active: true });
    expect(upstream.asked.length).toBe(before);
    await proxy.close();
  }, 30_000);
});

describe('a new key on a key server', () => {
  const claims = { aud: 'a', iss: 'a', sub: 'meet.example', room: 'standup', exp: now + 86_400 };
  const made = (kid: string) => rawJwt({ alg: 'RS256', typ: 'JWT', kid }, claims, 'A'.repeat(342));
  const signed = (kid: string) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid }).sign(rsa.privateKey);

  test.each([1, 10, 60])('is found within seconds while %i made-up ones a second are asked for', async (flood) => {
    const pem = await exportSPKI(rsa.publicKey);
    const fresh = `/${createHash('sha256').update('fresh').digest('hex')}.pem`;
    answer = (response, path) => (path === fresh ? response.end(pem) : response.writeHead(404).end());
    const proxy = await startTestProxy({ keys: [{ provider: 'jitsi', keyServer: upstream.url }] }, { sleep });
    for (let at = 0; at < 40; at += 1) expect(await proxy.ask(made(`before-${at}`))).toMatchObject({ active: false });
    const token = await signed('fresh');
    let seconds = 0;
    for (let isActive = false; !isActive && seconds < 30; seconds += 1) {
      proxy.clock.now += 1;
      await Promise.all(Array.from({ length: flood }, (_, at) => proxy.ask(made(`flood-${seconds}-${at}`))));
      ({ active: isActive } = await proxy.ask(token));
      await Promise.all(Array.from({ length: flood }, (_, at) => proxy.ask(made(`more-${seconds}-${at}`))));
    }
    expect(seconds).toBeLessThanOrEqual(6);
    // Twenty at once, and two in three seconds from then on.
    expect(upstream.asked.length).toBeLessThanOrEqual(20 + seconds);
    await proxy.close();
  });

  test('is found at the next look at a key set, whatever else is asked for', async () => {
    answer = (response) => response.end(JSON.stringify({ keys: [jwk] }));
    const proxy = await startTestProxy({ keys: [oidc()] }, { sleep });
    const token = await sign('fresh');
    for (let at = 0; at < 40; at += 1) await proxy.ask(await sign(`made-up-${at}`));
    expect(await proxy.ask(token)).toMatchObject({ active: false });
    answer = (response) => response.end(JSON.stringify({ keys: [jwk, { ...jwk, kid: 'fresh' }] }));
    proxy.clock.now += 31;
    await proxy.ask(await sign('made-up-again'));
    expect(await proxy.ask(token)).toMatchObject({ active: true });
    expect(upstream.asked.length).toBe(2);
    await proxy.close();
  });
});

describe('remembered replies', () => {
  const secret = 'a-throw-away-secret-of-the-cache-test-0123456789';
  const make = (more = {}) => jwt({ aud: 'a', iss: 'a', sub: 'm', room: 'standup', exp: now + 5, ...more }, {}, secret);

  test('an active one ends with the token', async () => {
    const proxy = await startTestProxy({ keys: [{ provider: 'jitsi', secret }], cacheSeconds: 300, skewSeconds: 0 });
    const token = make();
    expect(await proxy.ask(token)).toMatchObject({ active: true });
    proxy.clock.now += 4;
    expect(await proxy.ask(token)).toMatchObject({ active: true, roomkey: { checkedAt: now } });
    proxy.clock.now += 1;
    expect(await proxy.ask(token)).toMatchObject({ active: false });
    await proxy.close();
  });

  test('each belongs to one question', async () => {
    const proxy = await startTestProxy({ keys: [{ provider: 'jitsi', secret }], cacheSeconds: 300 });
    const token = make({ nbf: now + 100, exp: now + 200 });
    const ask = async (more: Record<string, string>) => {
      const response = await proxy.post(new URLSearchParams({ token, ...more }));
      return ((await response.json()) as { active: boolean }).active;
    };
    expect(await ask({ ignore_nbf: 'true' })).toBe(true);
    expect(await ask({})).toBe(false);
    expect(await ask({ ignore_nbf: 'true', room: 'retro' })).toBe(false);
    expect(await ask({ ignore_nbf: 'true', provider: 'daily' })).toBe(true);
    expect(await ask({ ignore_nbf: 'true' })).toBe(true);
    await proxy.close();
  });

  test('what a key server could not answer is not remembered', async () => {
    answer = (response) => response.writeHead(500).end();
    const proxy = await startTestProxy({ keys: [oidc()], cacheSeconds: 300 }, { sleep });
    const token = await sign();
    expect(await proxy.ask(token)).toMatchObject({ active: false });
    answer = (response) => response.end(good);
    proxy.clock.now += 31;
    expect(await proxy.ask(token)).toMatchObject({ active: true });
    await proxy.close();
  });
});

describe('failures of any stage', () => {
  test.each([
    ['an error', () => Promise.reject(new Error(apiKey))],
    ['nothing', () => Promise.reject(undefined)],
    ['a text', () => Promise.reject(apiKey)],
    ['no response', () => Promise.resolve(undefined)],
    [
      'at once',
      () => {
        throw new TypeError(apiKey);
      },
    ],
  ] as [string, () => Promise<Response>][])(
    'asking throws %s: the answer is still one, and not active',
    async (_, fetch) => {
      const proxy = await startTestProxy({ keys: [oidc(), daily()] }, { fetch: fetch as never, sleep });
      for (const token of [await sign(), dailyToken({}, apiKey)]) {
        const response = await proxy.post(new URLSearchParams({ token }));
        expect(response.status).toBe(200);
        const text = await response.text();
        expect(JSON.parse(text)).toMatchObject({ active: false });
        expect(text + JSON.stringify(proxy.log)).not.toContain(apiKey);
      }
      await proxy.close();
    },
  );

  test('a clock that fails ends no other request', async () => {
    let broken = false;
    const proxy = await startTestProxy(
      { keys: [oidc()], cacheSeconds: 10 },
      {
        now: () => {
          if (broken) throw new RangeError(apiKey);
          return now;
        },
      },
    );
    broken = true;
    const response = await proxy.post(new URLSearchParams({ token: await sign() }));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain(apiKey);
    broken = false;
    expect((await proxy.post(new URLSearchParams({ token: 'x' }))).status).toBe(200);
    await proxy.close();
  });
});
