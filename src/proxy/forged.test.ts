import { createHash, createHmac, type KeyObject } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dailyDomain } from '../../test/builders/mint/daily.ts';
import { hours, now } from '../../test/builders/tokens.ts';
import { outcomes, type StartedProxy, startTestProxy, startUpstream } from '../../test/doubles/proxy-client.ts';
import { sampled } from '../../test/sampled.ts';
import type { JsonObject } from '../engine/text/json.ts';

const everyAlgorithm = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];

/** What tokens of each platform say, the entry that has its keys fetched from a URL, and how its tokens may be signed there. */
const platforms: Record<string, { claims: JsonObject; issuer: string; algorithms: string[] }> = {
  daily: {
    claims: { r: 'standup', d: dailyDomain, iat: now, exp: now + hours(1) },
    issuer: dailyDomain,
    algorithms: [],
  },
  jitsi: {
    claims: { aud: 'my_app', iss: 'my_app', sub: 'meet.example', room: 'standup', iat: now, exp: now + hours(1) },
    issuer: 'my_app',
    algorithms: ['RS256'],
  },
  vonage: {
    claims: {
      scope: 'session.connect',
      session_id: '1_MX5hYmN-',
      role: 'publisher',
      sub: 'video',
      acl: { paths: { '/session/**': {} } },
      jti: '9bb3dfe0-7b86-482b-9dd2-d3825e790fa5',
      iat: now,
      exp: now + hours(1),
      application_id: 'aaaaaaaa-bbbb-cccc-dddd-0123456789ab',
    },
    issuer: 'aaaaaaaa-bbbb-cccc-dddd-0123456789ab',
    algorithms: ['RS256'],
  },
  livekit: {
    claims: { iss: 'APIkey', sub: 'ada', nbf: now, exp: now + hours(1), video: { roomJoin: true, room: 'standup' } },
    issuer: 'APIkey',
    algorithms: [],
  },
  videosdk: {
    claims: { apikey: 'k1', permissions: ['allow_join'], version: 2, roomId: 'standup', iat: now, exp: now + hours(1) },
    issuer: 'k1',
    algorithms: everyAlgorithm,
  },
  oidc: {
    claims: { iss: 'https://id.example', sub: 'ada', iat: now, exp: now + hours(1) },
    issuer: 'https://id.example',
    algorithms: everyAlgorithm,
  },
};

const kid = 'k1';
const rsa = await generateKeyPair('RS256', { extractable: true });
const ec = await generateKeyPair('ES256', { extractable: true });
const jwk = { ...(await exportJWK(rsa.publicKey)), kid };
const ecJwk = { ...(await exportJWK(ec.publicKey)), kid };
const privateJwk = { ...(await exportJWK(rsa.privateKey)), kid };
const spki = await exportSPKI(rsa.publicKey);
const octSecret = 'a-secret-that-was-published-by-mistake-0123456789';
const oct = { kty: 'oct', k: Buffer.from(octSecret).toString('base64url'), kid };
const html = '<!doctype html><title>Sign in</title><form action="/login"></form>';

type Answer = string | ((response: ServerResponse) => void);

/** Nothing of this is a set of public keys that could have signed what is asked about. */
const answers: Record<string, Answer> = {
  'a sign-in page': html,
  text: 'this-is-not-a-key-but-text-of-some-length',
  nothing: '',
  'a JSON text': JSON.stringify('a-text-in-json-of-some-length'),
  'a JSON text with a set in it': JSON.stringify(JSON.stringify({ keys: [jwk] })),
  'a number': '1234567890123456',
  null: 'null',
  'a list of keys': JSON.stringify([jwk]),
  'a list of shared secrets': JSON.stringify([oct]),
  'an empty list': '[]',
  'an empty object': '{}',
  'an empty set': '{"keys":[]}',
  'a set that is no list': JSON.stringify({ keys: jwk }),
  'one key alone': JSON.stringify(jwk),
  'one shared secret alone': JSON.stringify(oct),
  'a shared secret': JSON.stringify({ keys: [oct] }),
  'a shared secret beside a public key of another kind': JSON.stringify({ keys: [oct, ecJwk] }),
  'a private key': JSON.stringify({ keys: [privateJwk] }),
  'another kind of key': JSON.stringify({ keys: [ecJwk] }),
  'a key for encryption': JSON.stringify({ keys: [{ ...jwk, use: 'enc' }] }),
  'a key of another algorithm': JSON.stringify({ keys: [{ ...jwk, alg: 'RS512' }] }),
  'a key for other operations': JSON.stringify({ keys: [{ ...jwk, key_ops: ['wrapKey'] }] }),
  'a key of another id': JSON.stringify({ keys: [{ ...jwk, kid: 'other' }] }),
  'PEM where a set belongs': spki,
  'a set cut short': JSON.stringify({ keys: [jwk] }).slice(0, -10),
  'more than is read': JSON.stringify({ keys: [jwk], more: 'x'.repeat(100_000) }),
  'a set after a page': `${html}${JSON.stringify({ keys: [jwk] })}`,
  'a redirect to a good set': (response) => response.writeHead(302, { location: '/good' }).end(),
  'a good set with status 404': (response) => response.writeHead(404).end(JSON.stringify({ keys: [jwk] })),
  'a good set with status 206': (response) => response.writeHead(206).end(JSON.stringify({ keys: [jwk] })),
  'a connection that breaks': (response) => {
    response.writeHead(200, { 'content-length': '5000' });
    response.write('{"keys":[');
    setImmediate(() => response.destroy());
  },
};

/** The same for the address of one PEM file. */
const pemAnswers: Record<string, Answer> = {
  ...answers,
  'PEM where a set belongs': html,
  'a private key in PEM': await exportPKCS8(rsa.privateKey),
  'PEM cut short': spki.slice(0, -40),
  'PEM in a page': `<pre>${spki}</pre>`,
  'two keys in PEM': `${spki}\n${await exportSPKI(ec.publicKey)}`,
  'PEM with nothing in it': '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
  'a key of another kind in PEM': await exportSPKI(ec.publicKey),
  'PEM without its lines': spki.replace(/-----[^-]+-----|\s/g, ''),
};

let upstream: Awaited<ReturnType<typeof startUpstream>>;
const served = { answer: '' as Answer };

beforeAll(async () => {
  upstream = await startUpstream((request, response) => {
    if (request.url === '/good') return response.end(JSON.stringify({ keys: [jwk] }));
    return typeof served.answer === 'string' ? response.end(served.answer) : served.answer(response);
  });
});
afterAll(() => upstream.close());

/** A new server each time, so that nothing is remembered of the answer before. */
async function withProxy<T>(key: JsonObject, use: (proxy: StartedProxy) => Promise<T>): Promise<T> {
  const proxy = await startTestProxy({ keys: [key] }, { sleep: () => Promise.resolve() });
  try {
    return await use(proxy);
  } finally {
    await proxy.close();
  }
}

function hs256(claims: JsonObject, secret: string | Buffer, header: JsonObject = {}): string {
  const text = [{ alg: 'HS256', typ: 'JWT', kid, ...header }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

const sign = (claims: JsonObject, alg: string, key: CryptoKey | KeyObject) =>
  new SignJWT(claims).setProtectedHeader({ alg, typ: 'JWT', kid }).sign(key);

/** Tokens that whoever sees the answer can make, and one that the answer gives no key for. */
async function forgeries(claims: JsonObject): Promise<string[]> {
  const body = typeof served.answer === 'string' ? served.answer : '';
  const secrets = [
    body,
    body.trim(),
    spki,
    spki.trim(),
    octSecret,
    oct.k,
    jwk.n ?? '',
    'x',
    Buffer.from(body, 'base64'),
  ];
  return [
    ...secrets.filter((secret) => secret.length > 0).map((secret) => hs256(claims, secret)),
    hs256(claims, body || 'x', { kid: 'other' }),
    `${hs256(claims, 'x', { alg: 'none' }).split('.').slice(0, 2).join('.')}.`,
    await sign(claims, 'RS256', rsa.privateKey),
  ];
}

describe.each(Object.entries(platforms))('%s', (provider, { claims, issuer, algorithms }) => {
  // Each platform with other answers than the one before.
  test.each(sampled(Object.entries(answers), 2, Object.keys(platforms).indexOf(provider)))(
    'no token is active when the key set’s URL answers with %s',
    async (name, answer) => {
      served.answer = answer;
      await withProxy({ provider, jwks: `${upstream.url}/jwks`, issuer: [issuer] }, async (proxy) => {
        for (const token of await forgeries(claims)) {
          const reply = await proxy.ask(token, { provider });
          expect([name, reply.active]).toEqual([name, false]);
          expect(outcomes(reply).signature).not.toBe('passed');
          // Some servers do not take what has no signature for a token at all.
          if (!token.endsWith('.')) {
            expect(outcomes(reply)).toMatchObject({ shape: 'passed', time: 'passed', issuer: 'passed' });
          }
        }
      });
    },
  );

  test.each(algorithms)('a genuine %s token is active with a proper key set', async (alg) => {
    const pair = await generateKeyPair(alg, { extractable: true });
    served.answer = JSON.stringify({
      keys: [{ ...ecJwk, kid: 'other' }, { ...(await exportJWK(pair.publicKey)), kid, alg, use: 'sig' }, oct],
    });
    const token = await sign(claims, alg, pair.privateKey);
    await withProxy({ provider, jwks: `${upstream.url}/jwks`, issuer: [issuer] }, async (proxy) => {
      expect(await proxy.ask(token)).toMatchObject({ active: true });
      const [header, , signature] = token.split('.');
      const changed = Buffer.from(JSON.stringify({ ...claims, more: true })).toString('base64url');
      expect(await proxy.ask([header, changed, signature].join('.'))).toMatchObject({ active: false });
    });
    await withProxy({ provider, publicKey: await exportSPKI(pair.publicKey), issuer: [issuer] }, async (proxy) => {
      // A general key without a key set serves what its issuer signs, too.
      expect(await proxy.ask(token)).toMatchObject({ active: true });
    });
  });
});

describe('a Jitsi key server', () => {
  const { claims } = platforms.jitsi as (typeof platforms)[string];
  const key = () => ({ provider: 'jitsi', keyServer: `${upstream.url}/asap` });

  test.each(Object.entries(pemAnswers))('no token is active when it answers with %s', async (name, answer) => {
    served.answer = answer;
    await withProxy(key(), async (proxy) => {
      for (const token of await forgeries(claims)) {
        const reply = await proxy.ask(token);
        expect([name, reply.active]).toEqual([name, false]);
        expect(outcomes(reply).signature).not.toBe('passed');
      }
    });
  });

  test.each(['RS256', 'RS384', 'RS512'])('a genuine %s token is active with the key in PEM', async (alg) => {
    const pair = await generateKeyPair(alg, { extractable: true });
    served.answer = await exportSPKI(pair.publicKey);
    const token = await sign(claims, alg, pair.privateKey);
    await withProxy({ ...key(), signatureAlgorithm: alg }, async (proxy) => {
      expect(await proxy.ask(token)).toMatchObject({ active: true });
    });
    expect(upstream.asked.at(-1)).toBe(`/asap/${createHash('sha256').update(kid).digest('hex')}.pem`);
  });

  test('a `kid` that is no text, or none, asks for nothing', async () => {
    served.answer = spki;
    await withProxy(key(), async (proxy) => {
      const before = upstream.asked.length;
      for (const odd of [7, null, ['k1'], { k1: 1 }, true, '', 'x'.repeat(600)] as JsonObject[string][]) {
        expect(await proxy.ask(hs256(claims, spki, { kid: odd }))).toMatchObject({ active: false });
      }
      expect(upstream.asked.length).toBe(before);
    });
  });
});

describe('a public key configured as a shared secret', () => {
  const { claims } = platforms.jitsi as (typeof platforms)[string];
  const der = Buffer.from(spki.replace(/-----[^-]+-----|\s/g, ''), 'base64');

  test.each([
    ['in hex', der.toString('hex')],
    ['in base64', der.toString('base64')],
    ['as PEM in base64', Buffer.from(spki).toString('base64')],
    ['as JSON in base64', Buffer.from(JSON.stringify(jwk)).toString('base64')],
  ])('%s: no server starts that would take what everybody can sign', async (_, secret) => {
    const isActive = withProxy({ provider: 'jitsi', secret }, async (proxy) => {
      const { active } = await proxy.ask(hs256(claims, secret));
      return active;
    });
    await expect(isActive).rejects.toThrow(/never used as a shared secret/);
  });
});
