import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DocumentToken } from '../../src/engine/report/report-document.ts';
import type { JsonObject } from '../../src/engine/text/json.ts';
import { jwt, rawJwt } from '../builders/tokens.ts';
import { sampled } from '../sampled.ts';
import { eventually, openSession, reportOf, type Session, shownText } from './session.ts';

const now = Math.floor(Date.now() / 1000);
const tokens = new Map<string, string>();
const token = (name: string, claims: JsonObject = {}, header: JsonObject = {}) => {
  const known = tokens.get(name) ?? jwt({ sub: name, iat: now, exp: now + 7200, ...claims }, header);
  tokens.set(name, known);
  return known;
};

interface Reply {
  status?: number;
  headers?: [string, string][];
  body?: string;
}

/** Something on the wire that is not what it says it is. */
interface WireLie {
  /** As the end of "a wire with …". */
  name: string;
  replies?: Record<string, Reply>;
  /** What the page does. `at` is the address below which it is answered. */
  does: string;
  /** Where each token is listed, by its name; the rest of the label is not looked at. */
  listed: Record<string, string[]>;
  /** What holds of the tokens besides. */
  holds?: (found: Record<string, DocumentToken>, shown: string) => void;
}

const json = (body: string, type = 'application/json'): Reply => ({ headers: [['content-type', type]], body });

/** Two tokens that differ in nothing but the signature, and in a character of it. */
const twin = (name: string) => {
  const [head, claims, signature = ''] = token(name).split('.');
  const other = `${head}.${claims}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
  tokens.set(`${name}, other signature`, other);
  return other;
};

const lies: readonly WireLie[] = [
  {
    name: 'a body in another type than it says',
    replies: {
      '/html': json(JSON.stringify({ token: token('as HTML') }), 'text/html'),
      '/text': json(JSON.stringify({ token: token('as text') }), 'text/plain; charset=utf-16'),
      '/none': { body: JSON.stringify({ token: token('as nothing') }) },
    },
    does: `for (const path of ['/html', '/text', '/none']) fetch(at + path).then((reply) => reply.text())`,
    listed: { 'as HTML': ['response body'], 'as text': ['response body'], 'as nothing': ['response body'] },
  },
  {
    name: 'a member that stands twice',
    replies: { '/twice': json(`{"token":"${token('first of two')}","token":"${token('second of two')}"}`) },
    does: `fetch(at + '/twice').then((reply) => reply.text())`,
    listed: { 'first of two': ['response body'], 'second of two': ['response body'] },
  },
  {
    name: 'a key of a plain object as a name',
    replies: {
      '/proto': json(
        `{"__proto__":{"token":"${token('in __proto__')}"},"constructor":{"prototype":"${token('in constructor')}"}}`,
      ),
    },
    does: `fetch(at + '/proto', { headers: { '__proto__': 'x', 'constructor': '${token('header constructor')}' } }).then((reply) => reply.text())`,
    listed: {
      'in __proto__': ['response body'],
      'in constructor': ['response body'],
      'header constructor': ['request header constructor'],
    },
  },
  {
    name: 'the same jti, kid and holder in two tokens',
    does: `fetch(at + '/one', { headers: { authorization: 'Bearer ${token('same id A', { jti: 'same', sub: 'same' }, { kid: 'k' })}' } });
      fetch(at + '/two', { headers: { authorization: 'Bearer ${token('same id B', { jti: 'same', sub: 'same', n: 2 }, { kid: 'k' })}' } })`,
    listed: { 'same id A': ['request header authorization'], 'same id B': ['request header authorization'] },
    holds: (found) => expect(found['same id A']?.id).not.toBe(found['same id B']?.id),
  },
  {
    name: 'two tokens that differ in a signature',
    replies: {
      '/real': json(JSON.stringify({ token: token('signed') })),
      '/forged': json(JSON.stringify({ token: twin('signed') })),
    },
    does: `for (const path of ['/real', '/forged']) fetch(at + path).then((reply) => reply.text())`,
    listed: { signed: ['response body'], 'signed, other signature': ['response body'] },
    holds: (found) => expect(found.signed?.id).not.toBe(found['signed, other signature']?.id),
  },
  {
    name: 'cookies that the browser does not take',
    replies: {
      '/cookies': {
        headers: [
          ['set-cookie', `__Host-refused=${token('refused cookie')}; Path=/; Domain=other.example`],
          [
            'set-cookie',
            `odd=${token('odd cookie')}; Path=/; SameSite=Sideways; Max-Age=never; Expires=soon; HttpOnly=no; Secure=false; ;;=; __proto__=x`,
          ],
          ['set-cookie', `=${token('nameless cookie')}`],
        ],
      },
    },
    does: `fetch(at + '/cookies')`,
    listed: {
      'refused cookie': ['response header set-cookie "__Host-refused"'],
      'odd cookie': ['response header set-cookie "odd"'],
    },
    holds: (found) =>
      // That an answer wants to set it is no proof that it lies there.
      expect(found['refused cookie']?.sightings.some(({ source }) => source === 'cookie')).toBe(false),
  },
  {
    name: 'names that are to break a table',
    replies: {
      '/names': json(
        JSON.stringify({
          '\u202egnirts\u202c': token('name in bidi'),
          '<img src=x onerror=document.title=1>': token('name in HTML'),
          'a\nb\tc\u0000d': token('name in control'),
          ['n'.repeat(50_000)]: token('name too long'),
        }),
      ),
    },
    does: `fetch(at + '/names').then((reply) => reply.text())`,
    listed: {
      'name in bidi': ['response body'],
      'name in HTML': ['response body'],
      'name in control': ['response body'],
      'name too long': ['response body'],
    },
    holds: (found, shown) => {
      for (const { sightings } of Object.values(found))
        for (const { label } of sightings) expect(label.length).toBeLessThan(2000);
      expect(shown).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    },
  },
  {
    name: 'headers that only look like those that carry credentials',
    does: `fetch(at + '/x', { headers: { 'x-authorization': 'Bearer ${token('x header')}', 'authorization-': '${token('dash header')}', cookie2: 'a=${token('cookie2')}' } })`,
    listed: {
      'x header': ['request header x-authorization'],
      'dash header': ['request header authorization-'],
    },
  },
  {
    name: 'the look of another platform',
    replies: {
      '/both': json(
        JSON.stringify({
          token: token('two platforms', {
            iss: 'APIkey',
            video: { roomJoin: true, room: 'r' },
            context: { user: {} },
            room: '*',
            aud: 'jitsi',
          }),
        }),
      ),
    },
    does: `fetch(at + '/both').then((reply) => reply.text())`,
    listed: { 'two platforms': ['response body'] },
  },
  {
    name: 'claims that stand twice in a token',
    replies: { '/claims': json(JSON.stringify({ token: twiceClaimed() })) },
    does: `fetch(at + '/claims').then((reply) => reply.text())`,
    listed: { 'claimed twice': ['response body'] },
  },
  {
    name: 'an answer that redirects to a forged address',
    replies: { '/go': { status: 302, headers: [['location', `/end?x=1#token=${token('in a fragment')}`]] } },
    does: `fetch(at + '/go')`,
    listed: { 'in a fragment': ['response header location'] },
  },
];

function twiceClaimed(): string {
  const text = rawJwt(
    { alg: 'HS256', typ: 'JWT' },
    `{"sub":"honest","sub":"forged","exp":${now + 60},"exp":${now + 7200}}`,
  );
  tokens.set('claimed twice', text);
  return text;
}

let origin: string;
let session: Session;
const server = createServer(answer);

function answer(request: IncomingMessage, reply: ServerResponse) {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const [, index = '', path = ''] = /^\/(\d+)(\/.*)$/.exec(pathname) ?? [];
  const planned = lies[Number(index)]?.replies?.[path];
  const headers = planned?.headers ?? [['content-type', 'text/html']];
  reply.writeHead(planned?.status ?? 200, headers.flat());
  reply.end(planned?.body ?? '<!doctype html><title>A wire that lies</title>');
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  session = await openSession({ url: `${origin}/` });
});

afterAll(async () => {
  await session?.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

// A few of them, and all with `npm run e2e:hostile`.
test.each(
  sampled(
    lies.map((lie, index) => ({ ...lie, index })),
    3,
  ),
)('a wire with $name is told as it is', async ({ index, does, listed, holds }) => {
  await session.page.evaluate(`{ const at = ${JSON.stringify(`${origin}/${index}`)}; ${does}; 0 }`);
  await eventually(async () => {
    const report = await reportOf(session.panel);
    const found: Record<string, DocumentToken> = Object.fromEntries(
      report.tokens.flatMap((one) => [...tokens].flatMap(([name, text]) => (text === one.token ? [[name, one]] : []))),
    );
    for (const [name, places] of Object.entries(listed)) {
      const labels = found[name]?.sightings.map(({ label }) => label.replace(/^request \d+: /, '')) ?? [];
      for (const place of places)
        expect(
          labels.some((label) => label.startsWith(place)),
          `${name} in ${place}, not ${labels}`,
        ).toBe(true);
    }
    holds?.(found, await shownText(session.panel));
    expect(await session.panel.evaluate('document.title')).toBe('Roomkey');
  }, 12);
});
