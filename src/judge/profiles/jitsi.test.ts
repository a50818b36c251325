import { createHash, createHmac, createPublicKey, createSign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rsaKeys } from '../../../test/builders/mint/keys.ts';
import { base64url, hours, now } from '../../../test/builders/tokens.ts';
import { outcomes, type StartedProxy, startTestProxy, startUpstream } from '../../../test/doubles/proxy-client.ts';
import type { Json, JsonObject } from '../../engine/text/json.ts';

const secret = 'a-throw-away-app-secret-of-the-orchard-0123456789';
const keyId = 'orchard/2026-11';
const domain = 'meet.orchard.example';
const owner = { id: 'g7', name: 'Grace', moderator: true, affiliation: 'owner' };
const good = {
  iss: 'orchard',
  aud: 'apples',
  sub: domain,
  room: 'harvest',
  exp: now + hours(1),
  context: { user: owner },
} satisfies JsonObject;

/** The five servers of the table, by what they are set to beside a domain and an app id. */
const servers = {
  plain: { secret },
  parties: { secret, issuer: ['orchard', 'meadow'], audience: ['apples', 'pears'] },
  'key server': {},
  loose: { secret, verifyDomain: false, requireRoom: false },
  empty: { secret, allowEmptyToken: true },
} satisfies Record<string, JsonObject>;
type Server = keyof typeof servers;

const running = new Map<string, StartedProxy>();
let keys: Awaited<ReturnType<typeof startUpstream>>;

beforeAll(async () => {
  const known = `/${createHash('sha256').update(keyId).digest('hex')}.pem`;
  keys = await startUpstream(({ url }, response) => {
    if (url === known) response.end(rsaKeys().publicKey);
    else response.writeHead(404).end();
  });
  for (const [name, settings] of Object.entries(servers)) {
    const key = { provider: 'jitsi', domain, issuer: ['orchard'], ...settings };
    const source = name === 'key server' ? { keyServer: keys.url } : {};
    running.set(name, await startTestProxy({ keys: [{ ...key, ...source }] }));
  }
});
afterAll(() => Promise.all([...[...running.values()].map((proxy) => proxy.close()), keys.close()]));

const json = (value: Json | string) => base64url(typeof value === 'string' ? value : JSON.stringify(value));

/** Signs two parts as they stand, by the algorithm named. */
function sign(parts: string, alg = 'HS256'): string {
  if (alg.startsWith('RS')) {
    const made = createSign(`RSA-SHA${alg.slice(2)}`)
      .update(parts)
      .sign(rsaKeys().privateKey);
    return `${parts}.${made.toString('base64url')}`;
  }
  return `${parts}.${createHmac(`sha${alg.slice(2)}`, secret)
    .update(parts)
    .digest('base64url')}`;
}

interface Case {
  server?: Server;
  /** On top of a plain header and good claims; undefined takes one out, a text is the whole payload. */
  header?: Record<string, Json | undefined>;
  claims?: Record<string, Json | undefined> | string;
  /** The name that the page asks for, and the tenant in its path. */
  room?: string;
  tenant?: string;
  /** What becomes of the signed token. */
  change?: (token: string) => string;
}

function tokenOf({ server = 'plain', header = {}, claims = {}, change = (token) => token }: Case): string {
  const kid = server === 'key server' ? { alg: 'RS256', kid: keyId } : { alg: 'HS256' };
  const head = { typ: 'JWT', ...kid, ...header } as JsonObject;
  const body = typeof claims === 'string' ? claims : ({ ...good, ...claims } as JsonObject);
  const alg = /^[HR]S(?:256|384|512)$/.test(String(head.alg)) ? String(head.alg) : 'HS256';
  return change(sign(`${json(head)}.${json(body)}`, alg));
}

async function ask(one: Case, hint: { provider?: string } = { provider: 'jitsi' }) {
  const { server = 'plain', room = 'harvest', tenant } = one;
  const proxy = running.get(server) as StartedProxy;
  return proxy.ask(tokenOf(one), { room, ...(tenant === undefined ? {} : { tenant }), ...hint });
}

const user = (more: JsonObject) => ({ context: { user: { id: 'g7', name: 'Grace', ...more } } });
const pattern = (room: string, regex: Json = true) => ({ room, context: { user: owner, room: { regex } } });
const payloadOf = (claims: JsonObject = {}) => JSON.stringify({ ...good, ...claims });

/** What Jitsi's own plug-ins let in (Prosody 0.12, jitsi-meet of 2026-02), and what they refuse. */
const letIn: Record<string, Case> = {
  'a plain token': {},
  '`crit`': { header: { crit: ['basket'], basket: 1 } },
  'an expiry in two minutes': { claims: { exp: now + 120 } },
  'an expiry in thirty years': { claims: { exp: now + 946_080_000 } },
  'an expiry in milliseconds, though past': { claims: { exp: (now - 3600) * 1000 } },
  'an expiry with a fraction': { claims: { exp: now + 3600.5 } },
  '`nbf` a second ago': { claims: { nbf: now - 1 } },
  '`iat` as text': { claims: { iat: String(now) } },
  '`iat` in milliseconds': { claims: { iat: now * 1000 } },
  'an empty audience': { claims: { aud: '' } },
  'a list of audiences, where any will do': { claims: { aud: ['apples'] } },
  '`sub` in capitals': { claims: { sub: domain.toUpperCase() } },
  'any `sub`, on a page with a tenant': { claims: { sub: '*' }, tenant: 'fruit' },
  'another tenant in the context': {
    claims: { sub: 'fruit', context: { user: owner, tenant: 'grain' } },
    tenant: 'fruit',
  },
  'a room in other case': { claims: { room: 'HarVest' } },
  'every room': { claims: { room: '*' } },
  'a room with a hyphen': { claims: { room: 'apple-harvest' }, room: 'apple-harvest' },
  'a room as the client encodes it': { claims: { room: 'm%c3%bcsli' }, room: 'müsli' },
  'a room with an encoded blank': { claims: { room: 'apple%20press' }, room: 'apple press' },
  'a room of one digit': { claims: { room: '9' }, room: '9' },
  'a pattern that fits, `regex` as text': { claims: pattern('harv.*', 'true') },
  'a pattern of one capture': { claims: pattern('(harvest)') },
  'a pattern in capitals': { claims: pattern('Harv.*') },
  'a star that is called a pattern': { claims: pattern('*') },
  'a set of letters': { claims: pattern('[a-z]+') },
  'a list as context': { claims: { context: [] } },
  'a text as user': { claims: { context: { user: 'grace' } } },
  'a number as user id': { claims: { context: { user: { id: 9, name: 'G' } } } },
  'a list of features': { claims: { context: { user: owner, features: [] } } },
  'a moderator': { claims: user({ moderator: true }) },
  'a moderator by number': { claims: user({ moderator: 1 }) },
  'no moderator': { claims: user({ moderator: false }) },
  'an affiliation in capitals': { claims: user({ affiliation: 'Owner' }) },
  'an affiliation that nobody knows': { claims: user({ affiliation: 'admin' }) },
  'a list of affiliations': { claims: user({ affiliation: ['owner'] }) },
  'a moderator at the top': { claims: { context: { user: { id: 'g7' } }, moderator: true } },
  'padding in the payload': {
    change: (token) =>
      sign(
        token
          .split('.')
          .slice(0, 2)
          .join('.')
          .padEnd(token.lastIndexOf('.') + 1, '='),
      ),
    // As long as no multiple of three, so that there is something to pad.
    claims: payloadOf().padEnd(Math.ceil(payloadOf().length / 3) * 3 + 2),
  },
  'the room twice, the right one last': { claims: `{"room":"pruning",${payloadOf().slice(1)}` },
  'parties: a token that fits both lists': { server: 'parties' },
  'key server: a plain token': { server: 'key server' },
  'loose: no room': { server: 'loose', claims: { room: undefined } },
  'loose: another `sub`': { server: 'loose', claims: { sub: 'x' } },
  'loose: another tenant': { server: 'loose', claims: { sub: 'grain' }, tenant: 'fruit' },
};

const refused: Record<string, Case> = {
  HS384: { header: { alg: 'HS384' } },
  RS256: { header: { alg: 'RS256' } },
  'the algorithm in lower case': { header: { alg: 'hs256' } },
  'no `typ`': { header: { typ: undefined } },
  '`typ` JOSE': { header: { typ: 'JOSE' } },
  'an end a day ago': { claims: { exp: now - 86_400 } },
  'an end ninety seconds ago': { claims: { exp: now - 90 } },
  'an end five seconds ago': { claims: { exp: now - 5 } },
  'an expiry as text': { claims: { exp: String(now + 3600) } },
  'an expiry as date': { claims: { exp: new Date((now + 3600) * 1000).toISOString() } },
  'an expiry of 0': { claims: { exp: 0 } },
  'an expiry of true': { claims: { exp: true } },
  'a list as expiry': { claims: { exp: [now + 3600] } },
  '`nbf` in two minutes': { claims: { nbf: now + 120 } },
  '`nbf` as text': { claims: { nbf: String(now - 10) } },
  '`nbf` null': { claims: { nbf: null } },
  '`nbf` after the expiry': { claims: { nbf: now + 7200 } },
  'an empty issuer': { claims: { iss: '' } },
  'another issuer, the app id in `sub`': { claims: { iss: 'other', sub: 'orchard', room: '*' } },
  'a list of issuers': { claims: { iss: ['orchard'] } },
  'no audience': { claims: { aud: undefined } },
  'no `sub`': { claims: { sub: undefined } },
  'an empty `sub`': { claims: { sub: '' } },
  'the app id in `sub`': { claims: { sub: 'orchard' } },
  'an object as `sub`': { claims: { sub: {} } },
  'a tenant in `sub`, on a page without': { claims: { sub: 'fruit' } },
  'another tenant in `sub`': { claims: { sub: 'grain' }, tenant: 'fruit' },
  'no room': { claims: { room: undefined } },
  'an empty room': { claims: { room: '' } },
  'a room behind a blank': { claims: { room: ' harvest' } },
  'an underscore for a hyphen': { claims: { room: 'apple_harvest' }, room: 'apple-harvest' },
  'an address as room': { claims: { room: `https://${domain}/harvest` } },
  'a room with an umlaut': { claims: { room: 'müsli' }, room: 'müsli' },
  'a room with a plus': { claims: { room: 'a+b' }, room: 'a+b' },
  'an XMPP address as room': { claims: { room: `harvest@conference.${domain}` } },
  'a list of rooms': { claims: { room: ['harvest'] } },
  '`roomName` instead': { claims: { room: undefined, roomName: 'harvest' } },
  'a pattern without `regex`': { claims: pattern('harv.*', false) },
  'a pattern that fits a part': { claims: pattern('harv') },
  'an anchored part': { claims: pattern('^harv$') },
  'a class of JavaScript': { claims: pattern('row-\\d+'), room: 'row-12' },
  'a hyphen that repeats': { claims: pattern('row-%d+'), room: 'row-12' },
  'a class in capitals, read in lower case': { claims: pattern('a%Wb'), room: 'a-b' },
  'a context of null': { claims: { context: null } },
  'two parts': { change: (token) => token.split('.').slice(0, 2).join('.') },
  'a blank in front': { change: (token) => ` ${token}` },
  '`Bearer` in front': { change: (token) => `Bearer ${token}` },
  'a payload that was changed': {
    change: (token) => [token.split('.')[0], json(payloadOf({ room: '*' })), token.split('.')[2]].join('.'),
  },
  'a byte order mark in the payload': { claims: `\ufeff${payloadOf()}` },
  'parties: a third issuer': { server: 'parties', claims: { iss: 'third' } },
  'parties: a list of audiences': { server: 'parties', claims: { aud: ['apples'] } },
  'parties: no audience': { server: 'parties', claims: { aud: undefined } },
  'parties: a star as audience': { server: 'parties', claims: { aud: '*' } },
  'key server: a key id that nobody has': { server: 'key server', header: { kid: 'nobody' } },
  'key server: a number as key id': { server: 'key server', header: { kid: 5 } },
  'key server: RS512': { server: 'key server', header: { alg: 'RS512' } },
  'key server: the algorithm none': { server: 'key server', header: { alg: 'none' } },
  'key server: an end a minute ago': { server: 'key server', claims: { exp: now - 100 } },
  'key server: a path as key id': { server: 'key server', header: { kid: '../../etc/passwd' } },
  'loose: a pattern': { server: 'loose', claims: pattern('harv.*') },
  'loose: a number as room': { server: 'loose', claims: { room: 9 }, room: '9' },
  'empty: an end a minute ago': { server: 'empty', claims: { exp: now - 100 } },
};

test('the table has every case of the five servers', () => {
  expect([Object.keys(letIn).length, Object.keys(refused).length]).toEqual([43, 62]);
});

test.each(Object.entries(letIn))('%s: Jitsi lets it in, and so it is active', async (_, one) => {
  const reply = await ask(one);
  expect([reply.active, reply.roomkey?.checks]).toEqual([true, expect.anything()]);
  expect(reply.roomkey?.profile).toBe('jitsi');
});

test.each(Object.entries(refused))('%s: Jitsi refuses it, and so it is not active', async (_, one) => {
  expect(await ask(one)).toMatchObject({ active: false });
});

test.each([...Object.entries(letIn), ...Object.entries(refused)])('%s: no hint is needed', async (name, one) => {
  expect((await ask(one, {})).active).toBe(name in letIn);
});

describe('what standards forbid and the server takes', () => {
  test.each([
    ['`crit`', { header: { crit: ['basket'], basket: 1 } }, ['unknown-crit']],
    ['`crit` that is no list', { header: { crit: 'basket' } }, ['unknown-crit']],
    ['a payload that is said to be unencoded', { header: { b64: false, crit: ['b64'] } }, ['unknown-crit']],
    ['a payload that is said to be compressed', { header: { zip: 'DEF' } }, undefined],
    ['a claim twice', { claims: `{"room":"pruning",${payloadOf().slice(1)}` }, ['duplicate-member']],
    ['a line break inside a text', { claims: `${payloadOf().slice(0, -1)},"note":"a\nb"}` }, ['control-characters']],
    ['padding', { change: (token: string) => `${token}=` }, ['padding']],
    ['two dots', { change: (token: string) => token.replace('.', '..') }, undefined],
    ['a dot at the end', { change: (token: string) => `${token}.` }, undefined],
    ['a number as key id', { header: { kid: 7 } }, undefined],
  ] as [string, Case, string[] | undefined][])('%s is named in the reply', async (_, one, irregularities) => {
    const reply = await ask(one);
    expect([reply.active, reply.roomkey?.irregularities]).toEqual([true, irregularities]);
  });

  test.each([
    ['UTF-16', { change: () => sign(`${json({ alg: 'HS256', typ: 'JWT' })}.${utf16(payloadOf())}`) }],
    ['half a character', { claims: `${payloadOf().slice(0, -1)},"note":"\\ud800"}` }],
    ['the alphabet of plain base64', { change: (token: string) => token.replace('.', '.+/') }],
    ['four parts', { change: (token: string) => `${token}.more` }],
    ['a list around the claims', { claims: `[${payloadOf()}]` }],
    ['the JSON form', { change: inJson }],
    ['no signature', { change: (token: string) => `${token.split('.').slice(0, 2).join('.')}.` }],
  ] as [string, Case][])('but not %s', async (_, one) => {
    expect(await ask(one)).toMatchObject({ active: false });
  });
});

function utf16(text: string): string {
  return Buffer.from(text, 'utf16le').toString('base64url');
}

function inJson(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  return JSON.stringify({ payload, protected: header, signature });
}

describe('values that Lua reads in its own way', () => {
  test.each([
    ['false as expiry is none', { exp: false }, true],
    ['false as `nbf` is none', { nbf: false }, true],
    ['an expiry beyond all numbers', `${payloadOf({ exp: 0 }).replace('"exp":0', '"exp":1e400')}`, true],
    ['an expiry of null', { exp: null }, false],
    ['an expiry of this second', { exp: now }, false],
    ['an expiry of the next second', { exp: now + 1 }, true],
    ['`nbf` of this second', { nbf: now }, true],
    ['a context of false', { context: false }, false],
    ['a context of text', { context: 'nobody' }, true],
    ['a tenant that is an object', { context: { tenant: {} } }, false],
    ['a room that is null', { room: null }, false],
    ['a number as `sub`', { sub: 7 }, false],
    ['an audience of null, where any will do', { aud: null }, true],
  ] as [string, Case['claims'], boolean][])('%s: active is %s', async (_, claims, active) => {
    expect((await ask({ claims: claims as Exclude<Case['claims'], undefined> })).active).toBe(active);
  });
});

describe('patterns', () => {
  const rows = (room: string, length: number) => ask({ claims: pattern(room), room: 'r'.repeat(length) });

  test('the room may have 128 characters, the pattern three quantifiers and any length', async () => {
    expect(await rows('r+', 128)).toMatchObject({ active: true });
    expect(await rows('r+', 129)).toMatchObject({ active: false });
    expect(await rows('r*r*r*', 20)).toMatchObject({ active: true });
    expect(await rows('r*r*r*r*', 20)).toMatchObject({ active: false });
    expect(await rows('[rst]'.repeat(40), 40)).toMatchObject({ active: true });
  });

  test.each([
    ['the first capture, not the match, is compared', '(har)vest', 'harvest', false],
    ['a pattern is found anywhere', 'v', 'harvest', false],
    ['an anchor at the start', '^harvest', 'harvest', true],
    ['a pattern that Lua refuses', 'harvest(', 'harvest', false],
    ['a class', 'row%-%d+', 'row-12', true],
    ['a back reference', '(%a)%1', 'aa', false],
  ])('%s', async (_, room, asked, active) => {
    expect((await ask({ claims: pattern(room), room: asked })).active).toBe(active);
  });
});

describe('settings', () => {
  const withKey = async (settings: JsonObject, question: { room?: string; tenant?: string }, one: Case) => {
    const proxy = await startTestProxy({
      keys: [{ provider: 'jitsi', ...('jwks' in settings ? {} : { secret }), ...settings }],
    });
    try {
      return await proxy.ask(tokenOf(one), { provider: 'jitsi', ...question });
    } finally {
      await proxy.close();
    }
  };
  const room = 'harvest';

  test('patterns can be off, and read as they are written', async () => {
    const capitals = { claims: pattern('Harv.*') };
    const others = { claims: pattern('%l+%W%l+'), room: 'apple-press' };
    const at = (patterns: string, one: Case) =>
      withKey({ domain, patterns }, { room: one.room ?? room }, one).then(({ active }) => active);
    expect([await at('lower-case', capitals), await at('as-written', capitals)]).toEqual([true, false]);
    expect([await at('lower-case', others), await at('as-written', others)]).toEqual([false, true]);
    expect(await at('off', { claims: pattern('harv.*') })).toBe(false);
    expect(await at('off', { claims: pattern('*') })).toBe(true);
  });

  test('exactly the configured algorithm is taken', async () => {
    expect(
      await withKey({ domain, signatureAlgorithm: 'HS512' }, { room }, { header: { alg: 'HS512' } }),
    ).toMatchObject({
      active: true,
    });
    expect(await withKey({ domain, signatureAlgorithm: 'HS512' }, { room }, {})).toMatchObject({ active: false });
  });

  test('a domain that is not configured leaves the room unchecked, unless `sub` fits any or the tenant', async () => {
    const unknown = await withKey({}, { room }, {});
    expect([unknown.active, outcomes(unknown).room]).toEqual([false, 'not-checked']);
    expect(await withKey({}, {}, {})).toMatchObject({ active: true });
    expect(await withKey({}, { room }, { claims: { sub: '*' } })).toMatchObject({ active: true });
    expect(await withKey({}, { room, tenant: 'Fruit' }, { claims: { sub: 'fruit' } })).toMatchObject({ active: true });
    expect(await withKey({}, { room: 'Fruit/harvest' }, { claims: { sub: 'fruit' } })).toMatchObject({ active: true });
    expect(await withKey({}, { room: 'grain/harvest' }, { claims: { sub: 'fruit' } })).toMatchObject({ active: false });
    expect(await withKey({ verifyDomain: false }, { room }, {})).toMatchObject({ active: true });
  });

  test('where keys are looked up a token names its own', async () => {
    const { n, e, kty } = createPublicKey(rsaKeys().publicKey).export({ format: 'jwk' });
    const set = await startUpstream((_, response) =>
      response.end(JSON.stringify({ keys: [{ n, e, kty, kid: keyId }] })),
    );
    const key = { domain, jwks: `${set.url}/keys`, issuer: ['orchard'] };
    const at = (header: Case['header']) =>
      withKey(key, { room }, { server: 'key server', header: header ?? {} }).then(({ active }) => active);
    expect([await at({}), await at({ kid: undefined }), await at({ kid: 7 })]).toEqual([true, false, false]);
    await set.close();
  });

  test('a token that could be anybody’s is the server’s where it asks for no more', async () => {
    const bare = {
      claims: { room: undefined, context: undefined, email: 'ada@orchard.example', name: 'Ada', nonce: 'n' },
    };
    const open = { requireRoom: false, verifyDomain: false, issuer: ['orchard'] };
    expect(await withKey(open, { room }, bare)).toMatchObject({ active: true, roomkey: { provider: 'jitsi' } });
    expect(await withKey({ ...open, issuer: ['meadow'] }, { room }, bare)).toMatchObject({ active: false });
  });

  test('a star stands for any issuer', async () => {
    const any = await withKey({ domain, issuer: ['*'] }, { room }, { claims: { iss: 'anybody' } });
    expect(any).toMatchObject({ active: true });
    const none = await withKey({ domain, issuer: ['*'] }, { room }, { claims: { iss: undefined } });
    expect(none).toMatchObject({ active: false });
  });

  test('who gets in without a token is asked about by name', async () => {
    const open = running.get('empty') as StartedProxy;
    const closed = running.get('plain') as StartedProxy;
    const about = (proxy: StartedProxy, provider: string) => proxy.post(new URLSearchParams({ token: '', provider }));
    expect(await (await about(open, 'jitsi')).json()).toMatchObject({ active: true });
    expect((await about(open, 'daily')).status).toBe(400);
    expect((await about(closed, 'jitsi')).status).toBe(400);
  });
});

test('a backslash in front of what reads like half a character is none', async () => {
  expect(await ask({ claims: { note: 'C:\\ud8ff' } })).toMatchObject({ active: true });
  expect(await ask({ claims: { note: 'C:\\\ud8ff' } })).toMatchObject({ active: false });
});

test('a path that ends with a slash names no room, not even for a token that opens all', async () => {
  expect(await ask({ claims: { room: '*', sub: '*' }, room: 'acme/' })).toMatchObject({ active: false });
});

test('the tenant is compared with underscores for its dots', async () => {
  const active = async (sub: string) => (await ask({ claims: { sub }, tenant: 'Fruit.Bowl' })).active;
  expect([await active('fruit_bowl'), await active('fruit.bowl')]).toEqual([true, false]);
});

test('of several tenants in an address the last one counts, as the panel reads it', async () => {
  const active = async (sub: string, question: { room?: string; tenant?: string }) =>
    (await ask({ claims: { sub }, ...question })).active;
  for (const question of [
    { tenant: 'north/fruit' },
    { room: 'north/fruit/harvest' },
    { room: '/North%2FFruit/harvest' },
  ]) {
    expect([question, await active('fruit', question)]).toEqual([question, true]);
    for (const sub of ['north', 'north/fruit', 'north%2ffruit'])
      expect([question, sub, await active(sub, question)]).toEqual([question, sub, false]);
  }
});

test.each([
  ['50%25', '50%', true],
  ['50%25', '50%25', true],
  ['50%2525', '50%2525', true],
  ['50%25', '50%2525', false],
])('the room %s is asked for as %s: %s', async (claim, room, isOpened) => {
  expect((await ask({ claims: { room: claim }, room })).active).toBe(isOpened);
});
