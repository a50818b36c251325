/** What must hold for any token in any wrapping, and for any text at all. Run by the tests, and longer by `npm run fuzz`. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { decode } from '../../src/engine/decode/decode.ts';
import { headerOf, isWholeSignature } from '../../src/engine/decode/forms/compact.ts';
import { detect } from '../../src/engine/find/detect.ts';
import { limits } from '../../src/engine/limits.ts';
import type { Problem } from '../../src/engine/model/capture.ts';
import { agora007, jwe, opentokT1, sdJwt, trtcUsersig, zego04 } from '../builders/other-tokens.ts';
import { base64url, jwt, rawJwt, unsecuredJwt } from '../builders/tokens.ts';

const claims = fc.dictionary(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null)),
  { maxKeys: 5 },
);
/** Bytes of a signature: as long as some algorithm asks for, or so short that no word in the next line could make it whole. */
const signature = fc
  .constantFrom(16, 17, 18, 19, 20, 21, 22, 32, 48, 64, 72)
  .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }))
  .map((bytes) => Buffer.from(bytes).toString('base64url'));
const header = fc.record(
  {
    alg: fc.constantFrom('HS256', 'RS256', 'ES384', 'EdDSA', 'X1'),
    typ: fc.constantFrom('JWT', 'at+jwt'),
    kid: fc.string(),
  },
  { requiredKeys: ['alg'] },
);
const spelled = fc
  .tuple(header, fc.constantFrom(0, 1, 2), fc.constantFrom('', ' ', '\n', '\r\n', '\t'))
  .map(([value, indent, before]) => before + JSON.stringify(value, null, indent));

const fixed = [
  opentokT1(),
  agora007(),
  trtcUsersig(),
  trtcUsersig(7),
  zego04(),
  jwe(),
  sdJwt({ a: 1, b: [2] }),
  jwt({ sub: 'a' }),
];

/** Any token of any form that is reported. */
export const anyToken = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(spelled, claims, signature).map(([head, body, sig]) => rawJwt(head, JSON.stringify(body), sig)),
  },
  { weight: 1, arbitrary: claims.map((body) => unsecuredJwt({ ...body, sub: 'somebody' })) },
  { weight: 1, arbitrary: fc.constantFrom(...fixed) },
);

interface Wrapping {
  name: string;
  layers: number;
  wrap(text: string): string;
}

const entities: Record<string, string> = { '.': '&#46;', '"': '&quot;', '&': '&amp;', "'": '&#39;', '<': '&lt;' };

export const wrappings: Wrapping[] = [
  {
    name: 'percent',
    layers: 1,
    wrap: (text) =>
      encodeURIComponent(text)
        .replaceAll('.', '%2E')
        .replace(/[!'()*~]/g, (char) => `%${char.charCodeAt(0).toString(16)}`),
  },
  { name: 'json-string', layers: 1, wrap: (text) => JSON.stringify({ id: 7, 'odd key': [text], z: null }) },
  {
    name: 'json-escapes',
    layers: 1,
    wrap: (text) => `{"t":${JSON.stringify(text).replaceAll('.', '\\u002e').replaceAll('/', '\\/')}}`,
  },
  { name: 'base64', layers: 1, wrap: (text) => Buffer.from(text).toString('base64') },
  { name: 'base64url', layers: 1, wrap: (text) => base64url(text) },
  { name: 'base64 prefix', layers: 1, wrap: (text) => `base64-${base64url(text)}` },
  { name: 'html', layers: 1, wrap: (text) => text.replace(/[."&'<]/g, (char) => entities[char] as string) },
  { name: 'gzip', layers: 2, wrap: (text) => gzipSync(text).toString('base64') },
];

const stack = fc
  .array(fc.constantFrom(...wrappings), { maxLength: 4 })
  .filter((list) => list.reduce((sum, { layers }) => sum + layers, 0) <= limits.layers);

const words = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'const a = b.c;',
        'see',
        'x.y.z',
        '1.2.3',
        'é€😀',
        '{',
        ']',
        '//',
        '%',
        '%zz',
        '&amp',
        '\\',
        '=',
        'eyJ',
        'eyJhbGci',
      ),
      fc.string({ maxLength: 12 }),
    ),
    { maxLength: 6 },
  )
  .map((list) => list.join(' '));
const edge = fc.constantFrom('"', "'", ' ', '\n', '\t', '`', '<', '>', '(', ')', '\0');

/** No part may fail: containment is for what nobody thought of, and a property that forgave it would find nothing. */
export function refuseFailures(problems: readonly (Problem | null)[]): void {
  const failed = problems.find((problem) => problem?.code === 'unit-failed' || problem?.code === 'rule-failed');
  if (failed) throw new Error(`${failed.subject}: ${failed.message}`);
}

/** A token, wrapped, among other text: it must be found exactly, once. */
export const isFoundExactly = fc.property(
  anyToken,
  stack,
  words,
  // A zero and what stands before it state a length.
  edge.filter((one) => one !== '\0'),
  edge,
  words,
  (token, layers, before, left, right, after) => {
    // What is shorter than its algorithm asks for may go on in the next line.
    fc.pre(right !== '\n' || isWholeSignature(token.slice(token.lastIndexOf('.') + 1), headerOf(token)));
    const wrapped = layers.reduce((text, { wrap }) => wrap(text), token);
    const text = `${before}${left}${wrapped}${right}${after}`;
    const { hits } = detect(text);
    const found = hits.filter((hit) => hit.note === null).map((hit) => hit.token);
    if (found.length !== 1 || found[0] !== token) {
      throw new Error(
        `${layers.map(({ name }) => name).join(' < ')}: ${JSON.stringify(found)} in ${JSON.stringify(text)}, not ${token}`,
      );
    }
  },
);

const pieces = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'eyJhbGciOiJIUzI1NiJ9',
    '.',
    '..',
    '{"',
    '"}',
    '\\u002e',
    '%2E',
    '&#46;',
    'T1==',
    '007eJ',
    'eJw',
    'H4sI',
    '\x1f\x8b',
    '~',
    '=',
    '\ud800',
    '__proto__',
    '"protected":"',
    '\r\n',
  ),
  anyToken,
  anyToken.map((token) => base64url(token)),
);

/** Any text at all: no exception, and nothing listed that is not in the text. */
export const neverThrows = fc.property(
  fc.array(pieces, { maxLength: 8 }),
  fc.nat(),
  fc.string({ unit: 'binary', maxLength: 3 }),
  (parts, at, noise) => {
    const whole = parts.join('');
    const cut = whole.length === 0 ? 0 : at % whole.length;
    for (const text of [
      whole,
      whole.slice(cut),
      whole.slice(0, cut),
      whole.slice(0, cut) + noise + whole.slice(cut + noise.length),
    ]) {
      const { hits, problems } = detect(text, { key: 'token' });
      refuseFailures(problems);
      for (const hit of hits) {
        if (hit.token === '' || hit.offset < 0 || hit.offset > text.length)
          throw new Error(`Impossible hit ${JSON.stringify(hit)}`);
        // Strings of JSON without escapes use up no layer; one may lie between any two that do.
        if (hit.encodings.length > 2 * limits.layers + 1) throw new Error(`Too deep: ${hit.encodings}`);
        if (hit.encodings.length === 0 && !text.startsWith(hit.token, hit.offset))
          throw new Error(`Wrong offset ${JSON.stringify(hit)} in ${JSON.stringify(text)}`);
        const token = decode(hit.token, hit.form);
        refuseFailures([token.problem]);
        if (token.text !== hit.token) throw new Error('Decoding changed the text');
      }
    }
  },
);

/** Any text decoded as any form: no exception, and a result that can be written as JSON. */
export const decodesAnything = fc.property(
  fc.oneof(
    fc.string({ unit: 'binary' }),
    anyToken,
    fc
      .tuple(anyToken, fc.nat(), fc.nat(8))
      .map(([token, at, count]) => token.slice(0, at % token.length) + token.slice((at % token.length) + count)),
  ),
  fc.constantFrom(
    'jws',
    'jwe',
    'sd-jwt',
    'jws-json',
    'jwe-json',
    'opentok-t1',
    'agora-006',
    'agora-007',
    'trtc-usersig',
    'zego-04',
    'paseto',
    'smart-health-card',
    'signed-cookie',
    'vendor-key',
    'msal-encrypted',
    'opaque',
    'damaged',
  ),
  (text, form) => {
    const token = decode(text, form as 'jws');
    refuseFailures([token.problem]);
    JSON.stringify(token);
    if (token.problem?.offset !== undefined && (token.problem.offset < 0 || token.problem.offset > text.length)) {
      throw new Error(`Offset ${token.problem.offset} in ${text.length} characters`);
    }
  },
);
