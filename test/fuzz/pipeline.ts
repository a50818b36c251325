/** What must hold from a hostile text to the report read again: nothing throws, and no part has to be contained. */
import fc from 'fast-check';
import { formatPolicy } from '../../src/engine/audit/policy/format-policy.ts';
import { parsePolicy } from '../../src/engine/audit/policy/parse-policy.ts';
import { policies } from '../../src/engine/audit/policy/policies.ts';
import { rules } from '../../src/engine/audit/rules/index.ts';
import { decode } from '../../src/engine/decode/decode.ts';
import { diagnose } from '../../src/engine/diagnose/diagnose.ts';
import { checkExpectations } from '../../src/engine/expect/check-expectations.ts';
import { expectWhatIsSeen } from '../../src/engine/expect/expect-what-is-seen.ts';
import { ExpectationError, parseExpectations } from '../../src/engine/expect/expectations.ts';
import { detect } from '../../src/engine/find/detect.ts';
import { find, inspect } from '../../src/engine/inspect.ts';
import type { Report } from '../../src/engine/model/report.ts';
import { providers } from '../../src/engine/recognise/providers/index.ts';
import { meaningOf, registered } from '../../src/engine/recognise/registered-claims.ts';
import { redactText } from '../../src/engine/redact/redact-text.ts';
import { isLive } from '../../src/engine/redact/token-edits.ts';
import { formats } from '../../src/engine/report/formats/index.ts';
import { readReport } from '../../src/engine/report/read-report.ts';
import { reportSchema } from '../../src/engine/report/report-document.ts';
import { ByteWindow } from '../../src/inputs/bytes/byte-window.ts';
import { createGatherer } from '../../src/inputs/gather.ts';
import { recogniseInput } from '../../src/inputs/recognise-input.ts';
import { decryptToken, KeyError, parseKey, verifySignature } from '../../src/verify/index.ts';
import { pageOf } from '../builders/captures.ts';
import { base64url, now, rawJwt } from '../builders/tokens.ts';
import { anyToken, refuseFailures } from './properties.ts';

/** Names that mean something to JavaScript, or to whoever prints them. */
const hostileNames = [
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

const name = fc.oneof(
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

const value: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 6, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 4 }).map((list) => `[${list.join(',')}]`) },
    { weight: 1, arbitrary: fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map(objectOf) },
  ),
})).value;

function objectOf(members: readonly (readonly [string, string])[]): string {
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
const claims = fc.array(fc.tuple(claimName, value).map(nested), { maxLength: 7 }).map(objectOf);
const algorithm = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('"HS256"', '"RS256"', '"ES256"', '"none"', '"EdDSA"', '"dir"') },
  { weight: 1, arbitrary: value },
);
const header = fc
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
const hostileToken = fc
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
const token = fc.oneof(
  { weight: 8, arbitrary: hostileToken },
  { weight: 1, arbitrary: hostileJson },
  { weight: 1, arbitrary: opentok },
  { weight: 1, arbitrary: credential },
  { weight: 1, arbitrary: anyToken },
);

const key = fc.oneof(
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

const policy = fc.constantFrom(...Object.values(policies));

/** A page with hostile names and tokens, through every step to a report that is read again. */
export const survivesThePipeline = fc.property(
  fc.array(fc.tuple(key, token), { minLength: 1, maxLength: 2 }),
  key,
  policy,
  fc.nat(),
  fc.boolean(),
  (entries, cookie, rulesOf, pick, reveal) => {
    const picture = pageOf({
      url: `https://call.example/${pick % 3 === 0 ? encodeLoosely(cookie) : 'room'}?${encodeLoosely(cookie)}=${entries[0]?.[1]}`,
      cookies: [{ name: cookie, value: entries[0]?.[1] ?? '' }],
    });
    picture.stores.push({
      source: 'local-storage',
      origin: 'https://call.example',
      url: 'https://call.example/',
      entries: entries.map(([name, text]) => ({ key: name, text })),
      readBy: 'isolated-world',
    });
    const { sightings, problems } = find(picture);
    const report = inspect(sightings, { now, policy: rulesOf, page: picture.page, problems });
    refuseFailures(report.problems);
    for (const subject of report.subjects) {
      const causes = diagnose(subject, { now, pageUrl: picture.page?.url ?? null, frames: [] });
      if (causes.some(({ id }) => id === 'unit-failed')) throw new Error(JSON.stringify(causes));
      for (const name of Object.keys(subject.token.claims ?? {})) meaningOf(null, name);
    }
    holdsWhatIsSeen(report);
    writesAndReadsAgain(report, pick, reveal);
  },
);

function holdsWhatIsSeen(report: Report): void {
  const results = checkExpectations(report, expectWhatIsSeen(report));
  const lost = results.find(({ held }) => !held);
  if (lost) throw new Error(`What was seen is not there: ${lost.says}`);
}

function writesAndReadsAgain(report: Report, pick: number, reveal: boolean): void {
  const format = formats[pick % formats.length] as (typeof formats)[number];
  const text = format.write(report, { reveal });
  if (format.id === 'sarif') JSON.parse(text);
  if (format.id !== 'json') return;
  const again = readReport(JSON.parse(text), 'again.json');
  if (again?.report.subjects.length !== report.subjects.length) throw new Error('The saved report holds other tokens');
  for (const other of formats) other.write(again.report, {});
}

function encodeLoosely(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/g, '?'));
}

/** Recordings of each kind with hostile names and values in them, and anything that begins like one. */
const inputText = fc.oneof(
  fc.array(fc.tuple(name, value), { maxLength: 6 }).map(objectOf),
  fc
    .tuple(value, value, value, token)
    .map(
      ([one, another, third, text]) =>
        `{"log":{"version":${one},"pages":${another},"entries":[${third},{"startedDateTime":${one},"request":{"method":${one},"url":${JSON.stringify(`https://a.example/?t=${text}`)},"headers":[{"name":${third},"value":${another}},${one}],"cookies":${third},"postData":${another}},"response":{"status":${one},"headers":${another},"content":{"text":${JSON.stringify(text)},"encoding":${third}}},"_webSocketMessages":${one}}]}}`,
    ),
  fc
    .tuple(value, value, key, token)
    .map(
      ([one, another, name, text]) =>
        `{"cookies":[${one},{"name":${JSON.stringify(name)},"value":${JSON.stringify(text)},"domain":${another},"path":${one},"expires":${another},"sameSite":${one}}],"origins":[${another},{"origin":${one},"localStorage":[${one},{"name":${JSON.stringify(name)},"value":${JSON.stringify(text)}}],"indexedDB":${another}}]}`,
    ),
  fc
    .tuple(value, value, value)
    .map(
      ([one, another, third]) =>
        `{"$schema":"${reportSchema}","version":1,"tokens":[${one},{"id":${another},"header":${third},"claims":${one},"findings":[${another},{"rule":${third}}],"sightings":[${one},{"place":${third}}],"facts":${another},"privileges":${third}}],"summary":${one},"findings":${another},"problems":${third},"inputs":${one}}`,
    ),
  fc
    .tuple(value, value, value)
    .map(
      ([one, another, third]) =>
        `{"snapshot":{"meta":{"node_fields":${one},"node_types":${another},"edge_fields":${third},"edge_types":${one}},"node_count":${another},"edge_count":${third}},"nodes":${one},"edges":${another},"strings":[${third},${one}]}`,
    ),
  fc
    .array(fc.tuple(name, name, key, token), { maxLength: 4 })
    .map(
      (rows) =>
        `# Netscape HTTP Cookie File\n${rows.map(([domain, path, cookie, text]) => [domain, 'TRUE', path, 'TRUE', path, cookie, text].join('\t')).join('\n')}`,
    ),
  fc
    .array(fc.tuple(name, token), { maxLength: 4 })
    .map((rows) => `GET / HTTP/1.1\r\n${rows.map((row) => row.join(': ')).join('\r\n')}\r\n\r\n${rows[0]?.[1]}`),
  token,
);

export const readsAnyInput = fc.asyncProperty(inputText, fc.nat(), fc.boolean(), async (whole, at, isCut) => {
  const text = isCut ? whole.slice(0, at % (whole.length + 1)) : whole;
  const bytes = new TextEncoder().encode(text);
  const open = () => {
    let from = 0;
    return new ByteWindow(async (into) => {
      const part = bytes.subarray(from, from + into.length);
      into.set(part);
      from += part.length;
      return part.length;
    });
  };
  const reopen = async () => ({ window: open(), close: async () => {} });
  const gatherer = createGatherer();
  await gatherer.add(await recogniseInput(open(), { name: 'input', bytes: bytes.length, reopen }), now);
  const { sightings, problems, inputs } = gatherer.finish();
  refuseFailures([...problems, ...inputs.flatMap((input) => input.problems)]);
  refuseFailures(inspect(sightings, { now, policy: policies.standard }).problems);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return;
  }
  const saved = readReport(value, 'input');
  if (saved) for (const format of formats) format.write(saved.report, {});
});

export const leavesNothingUsable = fc.property(inputText, fc.nat(), fc.boolean(), (whole, at, isCut) => {
  const text = isCut ? whole.slice(0, at % (whole.length + 1)) : whole;
  const safe = redactText(text).text;
  const live = detect(safe).hits.filter(isLive);
  if (live.length > 0) throw new Error(`Still alive: ${JSON.stringify(live)} in ${JSON.stringify(safe)}`);
  const again = redactText(safe).text;
  if (again !== safe) throw new Error(`Changed again: ${JSON.stringify(safe)} to ${JSON.stringify(again)}`);
});

const ruleIds = rules.map(({ id }) => id);
const member = fc.oneof(
  fc.constantFrom(
    'name',
    'extends',
    'lifetimes',
    'severities',
    'off',
    'timeBoxedCalls',
    'origins',
    'requiredClaims',
    'forbiddenClaims',
    'mutes',
    'recipients',
    'expect',
    'none',
    'count',
    'tokens',
    'every',
    'have',
    'where',
    'maxSeverity',
    'min',
    'max',
    'like',
    'not',
  ),
  name,
);
const fileValue = fc.oneof(
  value,
  fc
    .array(
      fc.tuple(
        member,
        fc.oneof(value, fc.constantFrom('"low"', '"standard"', '["exp-missing"]', '{"exp-missing":"low"}')),
      ),
      { maxLength: 4 },
    )
    .map(objectOf),
);
const rulesFile = fc.oneof(
  fc.array(fc.tuple(member, fileValue), { maxLength: 5 }).map(objectOf),
  fc
    .array(fc.tuple(member, fileValue), { maxLength: 3 })
    .map((list) => `{"expect":[${objectOf([['name', '"a"'], ...list])}]}`),
  fc
    .tuple(name, fc.constantFrom('severities', 'lifetimes', 'origins', 'off'))
    .map(([one, of]) => `{"${of}":${of === 'off' ? `[${JSON.stringify(one)}]` : objectOf([[one, '"low"']])}}`),
  fc.string(),
);

/** A policy or a list of expectations: either it is refused in words, or it can be used and written down again. */
export const refusesOrReadsRules = fc.property(rulesFile, hostileToken, (text, judged) => {
  const { policy: own, problems } = parsePolicy(text, { ruleIds });
  if ((own === null) !== problems.length > 0) throw new Error('Neither read nor refused');
  const { sightings } = find(pageOf({ local: { token: judged } }));
  const report = inspect(sightings, { now, policy: own ?? policies.standard });
  refuseFailures(report.problems);
  if (own && parsePolicy(formatPolicy(own), { ruleIds }).policy === null)
    throw new Error('A policy that was read is not read again');
  try {
    const results = checkExpectations(report, parseExpectations(text));
    const failed = results.find(({ says }) => says.includes('A part of Roomkey failed'));
    if (failed) throw new Error(failed.says);
  } catch (error) {
    if (!(error instanceof ExpectationError)) throw error;
  }
});

const keyText = fc.oneof(
  value,
  name,
  fc.constantFrom(
    '',
    'secret',
    '{"kty":"oct","k":"AA"}',
    '{"keys":[{"kty":"RSA","n":1,"e":{}}]}',
    '{"kty":"EC","crv":"__proto__"}',
    '-----BEGIN PUBLIC KEY-----\nAA\n-----END PUBLIC KEY-----',
    '0011',
    '='.repeat(40),
  ),
  fc.tuple(name, value).map(
    ([one, content]) =>
      `{"keys":[${objectOf([
        ['kty', '"oct"'],
        ['k', content],
        [one, content],
      ])}]}`,
  ),
);

/** Any key for any token: a verdict in words, or a key that is refused in words. */
export const verifiesAnything = fc.asyncProperty(token, keyText, async (text, keyOf) => {
  const [hit] = detect(text).hits;
  const decoded = decode(hit?.token ?? text, hit?.form ?? 'jws');
  try {
    const keys = parseKey(keyOf);
    const verdicts = [await verifySignature(decoded, keys), await decryptToken(decoded, keys)];
    if (verdicts.some(({ reason }) => typeof reason !== 'string')) throw new Error(JSON.stringify(verdicts));
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
  }
});
