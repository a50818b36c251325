import { createHmac, createSign } from 'node:crypto';
import type { Json, JsonObject } from '../../src/engine/text/json.ts';

/** What tokens of one kind are made of. Times are seconds since the epoch, by the clock of the moment they are judged. */
export interface Kit {
  now: number;
  claims: JsonObject;
  /** HS256 with a secret, RS256 with a key in PEM. */
  alg: 'HS256' | 'RS256';
  key: string;
  /** What everybody knows of the key: the public half, or another text where it is shared. */
  publicKey: string;
  /** A key of the same kind that nobody expects. */
  otherKey: string;
}

export interface Alteration {
  name: string;
  of: 'time' | 'type' | 'algorithm' | 'key' | 'shape';
  make(kit: Kit): string;
}

/** Encodes a part as it is written: an object as JSON, a text as it stands. */
function part(value: Json | string): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value), 'utf8').toString('base64url');
}

function signatureOf(text: string, alg: string, key: string): string {
  if (/^[RP]S/.test(alg))
    return createSign(`RSA-SHA${alg.slice(2)}`)
      .update(text)
      .sign(key)
      .toString('base64url');
  const hash = /^HS(256|384|512)$/.exec(alg)?.[1] ?? '256';
  return createHmac(`sha${hash}`, key).update(text).digest('base64url');
}

interface Parts {
  header?: string;
  payload?: string;
  alg?: string;
  key?: string;
}

function signed(kit: Kit, { header, payload, alg = kit.alg, key = kit.key }: Parts): string {
  const text = `${header ?? part({ alg: kit.alg, typ: 'JWT' })}.${payload ?? part(kit.claims)}`;
  return `${text}.${signatureOf(text, alg, key)}`;
}

const claims = (kit: Kit, more: Record<string, Json | undefined>) =>
  signed(kit, { payload: part({ ...kit.claims, ...more } as JsonObject) });
const header = (kit: Kit, more: Record<string, Json | undefined>) =>
  signed(kit, { header: part({ alg: kit.alg, typ: 'JWT', ...more } as JsonObject) });
/** The payload as text, with something at its end that an object of JavaScript could not say. */
const payload = (kit: Kit, change: (json: string) => string) =>
  signed(kit, { payload: part(change(JSON.stringify(kit.claims))) });

/** Seconds around the tolerances of 0, 10 and 60, a few apart from each, so that no tick of the clock decides. */
const distances = [-86_400, -120, -65, -55, -30, -15, -5, 5, 15, 30, 55, 65, 120];

const times: Alteration[] = [
  ...distances.map(
    (seconds): Alteration => ({
      name: `exp ${seconds}`,
      of: 'time',
      make: (kit) => claims(kit, { exp: kit.now + seconds }),
    }),
  ),
  ...distances.map(
    (seconds): Alteration => ({
      name: `nbf ${seconds}`,
      of: 'time',
      make: (kit) => claims(kit, { nbf: kit.now + seconds }),
    }),
  ),
  ...[-86_400, 65, 86_400].map(
    (seconds): Alteration => ({
      name: `iat ${seconds}`,
      of: 'time',
      make: (kit) => claims(kit, { iat: kit.now + seconds }),
    }),
  ),
  { name: 'exp absent', of: 'time', make: (kit) => claims(kit, { exp: undefined }) },
  { name: 'exp 0', of: 'time', make: (kit) => claims(kit, { exp: 0 }) },
  { name: 'exp negative', of: 'time', make: (kit) => claims(kit, { exp: -1 }) },
  { name: 'exp with a fraction', of: 'time', make: (kit) => claims(kit, { exp: kit.now + 600.5 }) },
  { name: 'exp in milliseconds', of: 'time', make: (kit) => claims(kit, { exp: (kit.now + 600) * 1000 }) },
  { name: 'exp in the year 9999', of: 'time', make: (kit) => claims(kit, { exp: 253_402_300_799 }) },
  {
    name: 'exp beyond all numbers',
    of: 'time',
    make: (kit) =>
      payload({ ...kit, claims: { ...kit.claims, exp: 0 } }, (json) => json.replace('"exp":0', '"exp":1e400')),
  },
  { name: 'nbf after exp', of: 'time', make: (kit) => claims(kit, { nbf: kit.now + 7200, exp: kit.now + 3600 }) },
  { name: 'nbf 0', of: 'time', make: (kit) => claims(kit, { nbf: 0 }) },
];

const odd: [string, (now: number) => Json][] = [
  ['text', (now) => String(now + 600)],
  ['an empty text', () => ''],
  ['null', () => null],
  ['true', () => true],
  ['false', () => false],
  ['a list', (now) => [now + 600]],
  ['an object', () => ({})],
];

const types: Alteration[] = [
  ...['exp', 'nbf', 'iat'].flatMap((name) =>
    odd.map(
      ([what, value]): Alteration => ({
        name: `${name}: ${what}`,
        of: 'type',
        make: (kit) => claims(kit, { [name]: value(kit.now) }),
      }),
    ),
  ),
  ...(
    [
      ['iss', 'another', 'somebody'],
      ['iss', 'absent', undefined],
      ['iss', 'empty', ''],
      ['iss', 'null', null],
      ['iss', 'a number', 7],
      ['iss', 'an object', {}],
      ['sub', 'absent', undefined],
      ['sub', 'null', null],
      ['sub', 'a number', 7],
      ['aud', 'a text', 'call'],
      ['aud', 'a list', ['call', 'other']],
      ['aud', 'an object', {}],
      ['jti', 'a number', 7],
    ] as [string, string, Json | undefined][]
  ).map(
    ([name, what, value]): Alteration => ({
      name: `${name}: ${what}`,
      of: 'type',
      make: (kit) => claims(kit, { [name]: value }),
    }),
  ),
  { name: 'iss: a list', of: 'type', make: (kit) => claims(kit, { iss: [kit.claims.iss ?? ''] }) },
];

const algorithms: Alteration[] = [
  ...['384', '512'].map(
    (bits): Alteration => ({
      name: `the same family with ${bits} bits`,
      of: 'algorithm',
      make(kit) {
        const alg = kit.alg.slice(0, 2) + bits;
        return signed(kit, { header: part({ alg, typ: 'JWT' }), alg });
      },
    }),
  ),
  ...['none', 'None', 'NONE', 'nOnE', '', ' HS256', 'hs256', 'rs256', 'HS1', 'HS2048', 'ES256', 'PS256', 'EdDSA'].map(
    (alg): Alteration => ({
      name: `alg ${JSON.stringify(alg)}`,
      of: 'algorithm',
      make: (kit) => header(kit, { alg }),
    }),
  ),
  ...['none', 'None', 'NONE'].map(
    (alg): Alteration => ({
      name: `alg ${alg}, without a signature`,
      of: 'algorithm',
      make: (kit) => `${header(kit, { alg }).split('.').slice(0, 2).join('.')}.`,
    }),
  ),
  { name: 'alg absent', of: 'algorithm', make: (kit) => header(kit, { alg: undefined }) },
  { name: 'alg: a number', of: 'algorithm', make: (kit) => header(kit, { alg: 256 }) },
  { name: 'alg: a list', of: 'algorithm', make: (kit) => header(kit, { alg: [kit.alg] }) },
  {
    name: 'HS256 with what is public as secret',
    of: 'algorithm',
    make: (kit) => signed(kit, { header: part({ alg: 'HS256', typ: 'JWT' }), alg: 'HS256', key: kit.publicKey }),
  },
  {
    name: 'HS256 with what is public as secret, trimmed',
    of: 'algorithm',
    make: (kit) => signed(kit, { header: part({ alg: 'HS256', typ: 'JWT' }), alg: 'HS256', key: kit.publicKey.trim() }),
  },
];

const keys: Alteration[] = [
  { name: 'another key', of: 'key', make: (kit) => signed(kit, { key: kit.otherKey }) },
  {
    name: 'a signature of zeros',
    of: 'key',
    make: (kit) => signed(kit, {}).replace(/[^.]+$/, (one) => 'A'.repeat(one.length)),
  },
  {
    name: 'the signature of another token',
    of: 'key',
    make: (kit) => `${headAndBody(claims(kit, { sub: 'eve' }))}.${tail(signed(kit, {}))}`,
  },
  {
    name: 'a changed header',
    of: 'key',
    make: (kit) => `${part({ alg: kit.alg, typ: 'JWT', x: 1 })}.${signed(kit, {}).split('.').slice(1).join('.')}`,
  },
  {
    name: 'half a signature',
    of: 'key',
    make: (kit) => signed(kit, {}).replace(/[^.]+$/, (one) => one.slice(0, one.length >> 1)),
  },
  { name: 'a longer signature', of: 'key', make: (kit) => `${signed(kit, {})}AAAA` },
  { name: 'the signature twice', of: 'key', make: (kit) => `${signed(kit, {})}${tail(signed(kit, {}))}` },
  { name: 'no signature', of: 'key', make: (kit) => `${headAndBody(signed(kit, {}))}.` },
  {
    name: 'a key that the header brings along',
    of: 'key',
    make: (kit) =>
      signed(kit, {
        header: part({ alg: kit.alg, typ: 'JWT', jwk: { kty: 'oct', k: part(kit.otherKey) } }),
        key: kit.otherKey,
      }),
  },
  {
    name: 'an address of keys in the header',
    of: 'key',
    make: (kit) => header(kit, { jku: 'https://evil.example/keys' }),
  },
  { name: 'a key id that is a path', of: 'key', make: (kit) => header(kit, { kid: '../../dev/null' }) },
];

const headAndBody = (token: string) => token.split('.').slice(0, 2).join('.');
const tail = (token: string) => token.split('.')[2] ?? '';
const padded = (text: string) => text.padEnd(Math.ceil(text.length / 4) * 4, '=');
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Another text that decodes to the same bytes: the bits of the last character that stand for none are set. */
const otherSpelling = (text: string) => text.slice(0, -1) + alphabet.charAt(alphabet.indexOf(text.at(-1) ?? '') | 1);
/** As long that a third of its base64 is left over. */
const uneven = (json: string) => json.padEnd(Math.ceil(json.length / 3) * 3 + 1);

const shapes: Alteration[] = [
  { name: 'as it should be', of: 'shape', make: (kit) => signed(kit, {}) },
  {
    name: 'padding in the payload',
    of: 'shape',
    make: (kit) => signed(kit, { payload: padded(part(uneven(JSON.stringify(kit.claims)))) }),
  },
  {
    name: 'padding in the header',
    of: 'shape',
    make: (kit) => signed(kit, { header: padded(part(uneven(JSON.stringify({ alg: kit.alg, typ: 'JWT' })))) }),
  },
  {
    name: 'padding of the signature',
    of: 'shape',
    make: (kit) =>
      padded(signed(kit, {}).split('.')[2] ?? '') === tail(signed(kit, {}))
        ? `${signed(kit, {})}=`
        : `${headAndBody(signed(kit, {}))}.${padded(tail(signed(kit, {})))}`,
  },
  {
    name: 'unused bits of the payload',
    of: 'shape',
    make: (kit) => signed(kit, { payload: otherSpelling(part(uneven(JSON.stringify(kit.claims)))) }),
  },
  {
    name: 'unused bits of the signature',
    of: 'shape',
    make: (kit) => `${headAndBody(signed(kit, {}))}.${otherSpelling(tail(signed(kit, {})))}`,
  },
  {
    name: 'the alphabet of plain base64',
    of: 'shape',
    make: (kit) =>
      signed(kit, {
        payload: Buffer.from(`${JSON.stringify(kit.claims).slice(0, -1)},"x":"???>>>~~~"}`)
          .toString('base64')
          .replace(/=+$/, ''),
      }),
  },
  {
    name: 'a claim twice, the right one last',
    of: 'shape',
    make: (kit) => payload(kit, (json) => `{"sub":"eve",${json.slice(1)}`),
  },
  {
    name: 'a claim twice, the right one first',
    of: 'shape',
    make: (kit) => payload(kit, (json) => `${json.slice(0, -1)},"sub":"eve"}`),
  },
  {
    name: 'exp twice, past last',
    of: 'shape',
    make: (kit) => payload(kit, (json) => `${json.slice(0, -1)},"exp":${kit.now - 900}}`),
  },
  {
    name: 'alg twice',
    of: 'shape',
    make: (kit) => signed(kit, { header: part(`{"alg":"none","typ":"JWT","alg":"${kit.alg}"}`) }),
  },
  { name: 'a byte order mark', of: 'shape', make: (kit) => payload(kit, (json) => `\ufeff${json}`) },
  {
    name: 'UTF-16',
    of: 'shape',
    make: (kit) => signed(kit, { payload: Buffer.from(JSON.stringify(kit.claims), 'utf16le').toString('base64url') }),
  },
  {
    name: 'bytes that are no UTF-8',
    of: 'shape',
    make: (kit) =>
      signed(kit, {
        payload: Buffer.concat([
          Buffer.from(`${JSON.stringify(kit.claims).slice(0, -1)},"x":"`),
          Buffer.from([0xff, 0xc3]),
          Buffer.from('"}'),
        ]).toString('base64url'),
      }),
  },
  { name: 'white space around the JSON', of: 'shape', make: (kit) => payload(kit, (json) => ` \n${json}\t `) },
  {
    name: 'a line break in a text of the JSON',
    of: 'shape',
    make: (kit) => payload(kit, (json) => `${json.slice(0, -1)},"x":"a\nb"}`),
  },
  { name: 'a comment in the JSON', of: 'shape', make: (kit) => payload(kit, (json) => `${json}/* x */`) },
  {
    name: 'half a character in the JSON',
    of: 'shape',
    make: (kit) => payload(kit, (json) => `${json.slice(0, -1)},"x":"\\ud800"}`),
  },
  {
    name: 'a number that loses digits',
    of: 'shape',
    make: (kit) => payload(kit, (json) => `${json.slice(0, -1)},"x":90071992547409931}`),
  },
  {
    name: '__proto__ as a claim',
    of: 'shape',
    make: (kit) => payload(kit, (json) => `${json.slice(0, -1)},"__proto__":{"exp":1}}`),
  },
  { name: 'a list as claims', of: 'shape', make: (kit) => payload(kit, (json) => `[${json}]`) },
  { name: 'a text as claims', of: 'shape', make: (kit) => payload(kit, (json) => JSON.stringify(json)) },
  { name: 'null as claims', of: 'shape', make: (kit) => payload(kit, () => 'null') },
  { name: 'no claims', of: 'shape', make: (kit) => payload(kit, () => '{}') },
  { name: 'an empty payload', of: 'shape', make: (kit) => signed(kit, { payload: '' }) },
  { name: 'half a payload', of: 'shape', make: (kit) => payload(kit, (json) => json.slice(0, json.length >> 1)) },
  { name: 'a token as payload', of: 'shape', make: (kit) => payload(kit, () => signed(kit, {})) },
  { name: 'crit that nobody knows', of: 'shape', make: (kit) => header(kit, { crit: ['x'], x: 1 }) },
  { name: 'crit that is empty', of: 'shape', make: (kit) => header(kit, { crit: [] }) },
  { name: 'crit that is a text', of: 'shape', make: (kit) => header(kit, { crit: 'exp' }) },
  { name: 'crit of a claim', of: 'shape', make: (kit) => header(kit, { crit: ['exp'] }) },
  { name: 'b64 false', of: 'shape', make: (kit) => header(kit, { b64: false }) },
  { name: 'b64 false and critical', of: 'shape', make: (kit) => header(kit, { b64: false, crit: ['b64'] }) },
  { name: 'zip', of: 'shape', make: (kit) => header(kit, { zip: 'DEF' }) },
  { name: 'typ absent', of: 'shape', make: (kit) => header(kit, { typ: undefined }) },
  { name: 'typ at+jwt', of: 'shape', make: (kit) => header(kit, { typ: 'at+jwt' }) },
  { name: 'typ: a number', of: 'shape', make: (kit) => header(kit, { typ: 7 }) },
  { name: 'cty JWT', of: 'shape', make: (kit) => header(kit, { cty: 'JWT' }) },
  { name: 'kid: a number', of: 'shape', make: (kit) => header(kit, { kid: 7 }) },
  { name: 'kid: a text', of: 'shape', make: (kit) => header(kit, { kid: 'k1' }) },
  { name: 'two parts', of: 'shape', make: (kit) => headAndBody(signed(kit, {})) },
  { name: 'four parts', of: 'shape', make: (kit) => `${signed(kit, {})}.e30` },
  { name: 'a dot at the end', of: 'shape', make: (kit) => `${signed(kit, {})}.` },
  { name: 'two dots', of: 'shape', make: (kit) => signed(kit, {}).replace('.', '..') },
  { name: 'a blank in front', of: 'shape', make: (kit) => ` ${signed(kit, {})}` },
  { name: 'a line break at the end', of: 'shape', make: (kit) => `${signed(kit, {})}\n` },
  { name: '`Bearer` in front', of: 'shape', make: (kit) => `Bearer ${signed(kit, {})}` },
  { name: 'quotes around it', of: 'shape', make: (kit) => `"${signed(kit, {})}"` },
  { name: 'a zero-width space inside', of: 'shape', make: (kit) => signed(kit, {}).replace('.', '\u200b.') },
  { name: 'the JSON form', of: 'shape', make: (kit) => inJson(signed(kit, {})) },
  { name: 'nothing', of: 'shape', make: () => '' },
];

function inJson(token: string): string {
  const [written = '', body = '', signature = ''] = token.split('.');
  return JSON.stringify({ payload: body, protected: written, signature });
}

/** What can be wrong, or only odd, about a JWT. */
export const alterations: readonly Alteration[] = [...times, ...types, ...algorithms, ...keys, ...shapes];
