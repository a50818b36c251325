/** Texts of any length in shapes that make careless code slow: nested, compressed, repeated, or nearly a token again and again. */
import { gzipSync } from 'node:zlib';
import { base64url, daily, jwt, rawJwt } from '../builders/tokens.ts';

export interface HostileShape {
  name: string;
  /** A text of about so many characters. */
  of(characters: number): string;
}

const repeated = (piece: string, name = piece): HostileShape => ({
  name: JSON.stringify(name.slice(0, 30)),
  of: (characters) => piece.repeat(Math.ceil(characters / piece.length)),
});
/** Pieces that differ, so that nothing learned of one serves for the next. */
const numbered = (name: string, piece: (index: number) => string): HostileShape => ({
  name,
  of: (characters) => {
    const all: string[] = [];
    for (let [length, index] = [0, 0]; length < characters; index += 1) {
      const one = piece(index);
      all.push(one);
      length += one.length;
    }
    return all.join('');
  },
});
const shape = (name: string, of: (characters: number) => string): HostileShape => ({ name, of });

const header = base64url('{"alg":"HS256"}');
const boundary = '------------boundary';

/** Wraps again and again until it is so long. */
function wrapped(begin: string, characters: number, wrap: (text: string) => string): string {
  let text = begin;
  while (text.length < characters) text = wrap(text);
  return text;
}

export const hostileShapes: readonly HostileShape[] = [
  // Runs of a kind of character.
  ...[
    'a',
    'A1b2',
    '0',
    'f0',
    '\n',
    '\r\n',
    ' ',
    '\t',
    '.',
    '..',
    '-',
    '_',
    '=',
    '~',
    '%',
    '&',
    ';',
    '"',
    "'",
    '\\',
  ].map((piece) => repeated(piece)),
  ...[
    '{',
    '[',
    '{"a":',
    '[{"a":',
    '":"',
    '/',
    '//',
    '?',
    '#',
    '@',
    'é',
    '😀',
    '\ud800',
    '\0',
    '\x80',
    '<',
    '<!--',
    '`',
    '$(',
  ].map((piece) => repeated(piece)),
  // Escapes.
  ...['%25', '%22', '\\u002e', '\\\\', '\\"', '&amp;', '&#46;', '=3D', '=\r\n', '\\x2e', '^\n'].map((piece) =>
    repeated(piece),
  ),
  // What a token begins with.
  ...[
    'eyJ',
    `${header}.`,
    `${header}.e30.`,
    'T1==',
    '007eJ',
    'v4.public.',
    'shc:/5',
    'H4sI',
    'eJw',
    'N4Ig',
    'Bearer ',
    'sk_',
    'secret="',
    '-----BEGIN PRIVATE KEY-----\n',
  ].map((piece) => repeated(piece)),
  numbered('near-tokens', (index) => `${header}.${base64url(`{"n":${index}`)}.c2ln${index} `),
  numbered('tokens', (index) => `${jwt({ sub: `user-${index}`, exp: 1_795_179_600 })}\n`),
  numbered(
    'halves of tokens',
    (index) => `${header}.${base64url(`{"n":${index}}`)}\n${`${index}`.padStart(43, 'a')}\n`,
  ),
  numbered('tokens of a platform', (index) => `"${daily.guest({ u: `g${index}` })}",`),
  shape('one token with a long payload', (n) =>
    rawJwt('{"alg":"HS256"}', { sub: 'x'.repeat(n * 0.75) }, 'c'.repeat(43)),
  ),
  shape('one token with many claims', (n) =>
    rawJwt(
      '{"alg":"HS256"}',
      Object.fromEntries(Array.from({ length: n / 20 }, (_, i) => [`claim${i}`, i])),
      'c'.repeat(43),
    ),
  ),
  shape('one token with a long signature', (n) => rawJwt('{"alg":"HS256"}', { sub: 'a' }, 'c'.repeat(n))),
  shape('one token with many disclosures', (n) => {
    const one = `${base64url('["salt","name","value"]')}~`;
    return `${rawJwt('{"alg":"ES256","typ":"dc+sd-jwt"}', { _sd: [] }, 'c'.repeat(86))}~${one.repeat(n / one.length)}`;
  }),
  shape('a token in a token', (n) => wrapped(daily.guest(), n, (text) => rawJwt('{"alg":"HS256","cty":"JWT"}', text))),
  shape('a token in the claims of a token', (n) =>
    wrapped(daily.guest(), n, (text) => rawJwt('{"alg":"HS256"}', { t: text })),
  ),
  shape('base64 in base64', (n) => wrapped(daily.guest(), n, base64url)),
  shape('percent in percent', (n) => wrapped(`"${daily.guest()}"`, n, (text) => encodeURIComponent(`%${text}%`))),
  shape('JSON in JSON', (n) => wrapped(daily.guest(), n, (text) => JSON.stringify({ t: text }))),
  // Names.
  numbered('cookies', (index) => `c${index}=${index}abcdefghij; `),
  numbered('cookies without a space', (index) => `c${index}=${index};`),
  numbered('parameters', (index) => `p${index}=${index}abcdefgh&`),
  numbered('header lines', (index) => `X-Header-${index}: value ${index}\r\n`),
  numbered('continued lines', (index) => ` ${index} continued\r\n`),
  numbered(
    'boundary lines',
    (index) => `--${boundary}\r\nContent-Disposition: form-data; name="f${index}"\r\n\r\nv\r\n`,
  ),
  repeated(`--${boundary}`),
  numbered('lines of a table', (index) => `a${index}\tb${index}\tc${index}\n`),
  numbered('commands', (index) => `curl -H 'X-${index}: a' "https://a${index}.example/" \\\n`),
  numbered('addresses', (index) => `https://host${index}.example/path/${index}?q=${index}#f `),
  repeated('a.b.', 'labels of a host'),
  repeated('https://'),
  repeated('__proto__'),
  repeated('__proto__='),
  // JSON.
  shape('nested lists', (n) => `${'['.repeat(n / 2)}${']'.repeat(n / 2)}`),
  shape('nested objects', (n) => `${'{"a":'.repeat(n / 6)}1${'}'.repeat(n / 6)}`),
  shape('members', (n) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: n / 14 }, (_, i) => [`m${i}`, `${i}`]))),
  ),
  shape('members of the same name', (n) => `{${'"__proto__":1,'.repeat(n / 14)}"a":1}`),
  shape('numbers', (n) => `[${'1,'.repeat(n / 2)}1]`),
  shape('strings', (n) => `[${'"a b c",'.repeat(n / 8)}"a"]`),
  shape('one long string', (n) => JSON.stringify('lorem ipsum '.repeat(n / 12))),
  shape('lines of JSON', (n) => '{"level":"info","msg":"joined","id":12345}\n'.repeat(n / 44)),
  // Compressed: what it unpacks to grows a thousandfold.
  shape('gzip of zeros in base64', (n) => gzipSync(Buffer.alloc(n * 500)).toString('base64')),
  numbered('gzip bombs in base64', () => `${bomb} `),
  // What a platform reads as a pattern.
  shape('a token whose room is a pattern', (n) =>
    jwt({ aud: 'jitsi', iss: 'a', room: '((a+)+)+'.repeat(n / 11), context: { room: { regex: true } } }),
  ),
  shape('a token whose room is a Lua pattern', (n) =>
    jwt({ aud: 'jitsi', iss: 'a', room: '(.-a)'.repeat(n / 7), context: { room: { regex: true } } }),
  ),
  repeated('((a+)+)'),
  numbered('markup', (index) => `<a href="x${index}" title='y'>z</a>`),
  numbered('text', (index) => `The call number ${index} began at noon, and nobody came. `),
  shape('minified script', (n) => 'function a(b,c){return b.d(c.e("f"),{g:h[i],j:"k"})}'.repeat(n / 52)),
];

const bomb = gzipSync(Buffer.alloc(1 << 20)).toString('base64');
