/** Names, values and tokens of the kind that hostile pages make. */
import fc from 'fast-check';
import { policies } from '../../src/engine/audit/policy/policies.ts';
import { providers } from '../../src/engine/recognise/providers/index.ts';
import { registered } from '../../src/engine/recognise/registered-claims.ts';
import { base64url, rawJwt } from '../builders/tokens.ts';
import { anyToken } from './properties.ts';

/** Names that mean something to JavaScript, or to whoever prints them. */
export const hostileNames = [
  '__proto__',
  'constructor',
  'prototype',
  'valueOf',
  'toString',
  'toLocaleString',
  'hasOwnProperty',
  'isPrototypeOf',
  '__defineGetter__',
  '__lookupSetter__',
  'length',
  'then',
  'toJSON',
  'Symbol.iterator',
  '@@iterator',
  'next',
  'get',
  'set',
  '0',
  '-1',
  '1e3',
  '4294967295',
  '',
  ' ',
  '.',
  '..',
  '*',
  'a.b',
  'a.__proto__',
  '$',
  '$schema',
  '\ud800',
  '\udc00x',
  '\0',
  '\u202e',
  '\u2028',
  '\u00e9',
  '\ud83d\ude00',
  '<script>',
  '=cmd()',
  '"',
  "'",
  '\\',
  '%',
  '%00',
  '`',
  '#{x}',
  '|',
  '[0]',
  'x'.repeat(300),
];

/** Names that some part looks for. */
const knownNames = [
  ...new Set(
    [
      ...Object.keys(registered),
      ...providers.flatMap(({ claims, required = {}, publicClaims }) => [
        ...Object.keys(claims),
        ...Object.keys(required),
        ...publicClaims,
      ]),
      '_sd',
      '_sd_alg',
      '...',
      'vc',
      'vp',
      'vct',
      'cnf',
      'jwk',
      'events',
      'role',
      'grant',
      'grants',
      'video',
      'context.user',
      'context.features',
    ].map((path) => path.replace(/\*/g, '0')),
  ),
];
const headerNames = [
  'alg',
  'typ',
  'cty',
  'kid',
  'jku',
  'jwk',
  'x5u',
  'x5c',
  'x5t',
  'crit',
  'b64',
  'zip',
  'enc',
  'p2c',
  'p2s',
  'epk',
  'iss',
  'sub',
  'aud',
  'url',
];

export const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostileNames) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
);

/** Values of every type, among them numbers as JSON may write them and objects that answer to no conversion. */
const scalar = fc.oneof(
  fc.constantFrom(
    'null',
    'true',
    'false',
    '0',
    '-0',
    '1e400',
    '-1e400',
    '1e-400',
    '9007199254740993',
    '0.1',
    '-1',
    '1',
    '""',
    '"0"',
    '"1e400"',
    '"true"',
    '"*"',
    '"NaN"',
    '{}',
    '[]',
    '[null]',
    '[[]]',
    '{"toString":1}',
    '{"toString":null,"valueOf":null}',
    '{"length":4294967295}',
    '{"toJSON":1}',
    '{"then":1}',
    '{"__proto__":null}',
    '{"__proto__":{"exp":1}}',
    '{"constructor":{"prototype":1}}',
    '["__proto__"]',
    '"https://[::1"',
    '"https://a.example/../%zz"',
    '"javascript:0"',
    '"\\ud800"',
    '"\\u0000"',
    '"\\u202e"',
    `"${'y'.repeat(2000)}"`,
    `${'['.repeat(40)}${']'.repeat(40)}`,
    `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`,
    '"none"',
    '"HS256"',
    '"dir"',
    '"sha-256"',
    '"Bearer"',
    '"ada@corp.example"',
    '"4111 1111 1111 1111"',
    `"${'1'.repeat(400)}"`,
    '1795179600',
    '1795179600000',
    '"1795179600"',
    '1795172400',
    '-62135596801',
    '8640000000001',
  ),
  fc.integer().map(String),
  fc.double().map((value) => JSON.stringify(value)),
  name.map((value) => JSON.stringify(value)),
);

export const value: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 6, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 4 }).map((list) => `[${list.join(',')}]`) },
    { weight: 1, arbitrary: fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map(objectOf) },
  ),
})).value;

export function objectOf(members: readonly (readonly [string, string])[]): string {
  return `{${members.map(([key, content]) => `${JSON.stringify(key)}:${content}`).join(',')}}`;
}

/** A dotted path becomes objects in objects, as platforms nest their claims. */
function nested([path, content]: readonly [string, string]): [string, string] {
  const [first = '', ...rest] = path.split('.');
  return [first, rest.reduceRight((inner, step) => objectOf([[step, inner]]), content)];
}

/** Names by whose value something is chosen or computed, so the likeliest to trip over a wrong one. */
const decidingNames = [
  '_sd_alg',
  '_sd',
  'exp',
  'iat',
  'nbf',
  'aud',
  'iss',
  'sub',
  'jti',
  'typ',
  'role',
  'scope',
  'cnf',
  'events',
  'video',
  'context',
  'grants',
  'd',
  'r',
  'p',
  'o',
];

const claimName = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...decidingNames) },
  { weight: 3, arbitrary: fc.constantFrom(...knownNames) },
  { weight: 2, arbitrary: name },
);
export const claims = fc.array(fc.tuple(claimName, value).map(nested), { maxLength: 7 }).map(objectOf);
const algorithm = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('"HS256"', '"RS256"', '"ES256"', '"none"', '"EdDSA"', '"dir"') },
  { weight: 1, arbitrary: value },
);
export const header = fc
  .tuple(
    algorithm,
    fc.array(fc.tuple(fc.oneof(fc.constantFrom(...headerNames.slice(1)), name), value), { maxLength: 4 }),
  )
  .map(([alg, others]) => objectOf([['alg', alg], ...others]));
const signature = fc.constantFrom('', 'c2ln', 'c'.repeat(43), 'c'.repeat(86), '=', '*'.repeat(9));
const disclosures = fc.array(
  fc
    .oneof(
      value,
      fc.tuple(name, value).map(([key, content]) => `["s",${JSON.stringify(key)},${content}]`),
    )
    .map(base64url),
  { maxLength: 3 },
);

/** A token of well-known names with values nobody expects. */
export const hostileToken = fc
  .tuple(header, claims, signature, fc.option(disclosures, { freq: 4 }))
  .map(
    ([head, body, sign, list]) =>
      `${rawJwt(head, body, sign)}${list ? `~${list.map((one) => `${one}~`).join('')}` : ''}`,
  );
const hostileJson = fc.tuple(header, claims, value, value).map(([head, body, other, sign]) =>
  objectOf([
    ['payload', JSON.stringify(base64url(body))],
    ['protected', JSON.stringify(base64url(head))],
    ['header', other],
    ['signature', sign],
  ]),
);
/** An SD-JWT whose digest algorithm is chosen by the token. */
const credential = fc.tuple(value, value, name, value).map(([algorithmOf, digests, key, content]) => {
  const body = objectOf([
    ['_sd_alg', algorithmOf],
    ['_sd', digests],
    [key, content],
  ]);
  return `${rawJwt('{"alg":"ES256","typ":"dc+sd-jwt"}', body, 'c'.repeat(86))}~${base64url(`["s",${JSON.stringify(key)},${content}]`)}~`;
});
const opentok = fc
  .tuple(name, name)
  .map(
    ([key, content]) =>
      `T1==${Buffer.from(`partner_id=1&${key}=${content}:session_id=2&${content}=${key}`).toString('base64')}`,
  );
export const token = fc.oneof(
  { weight: 8, arbitrary: hostileToken },
  { weight: 1, arbitrary: hostileJson },
  { weight: 1, arbitrary: opentok },
  { weight: 1, arbitrary: credential },
  { weight: 1, arbitrary: anyToken },
);

export const key = fc.oneof(
  name,
  fc.constantFrom(
    'token',
    '__session',
    'CognitoIdentityServiceProvider.a.b.idToken',
    '@@auth0spajs@@::__proto__::constructor',
    'msal.3|a|b|idtoken|c|d|e',
    'oidc.user:__proto__',
    'sb-x-auth-token',
  ),
  anyToken,
);

export const policy = fc.constantFrom(...Object.values(policies));
