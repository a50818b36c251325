/** What servers answer and are asked: replies of backends, keys of issuers, answers of a vendor, and questions to the validation server. */
import fc from 'fast-check';
import { detect } from '../../src/engine/find/detect.ts';
import { parseJson } from '../../src/engine/text/json.ts';
import { ask } from '../../src/introspection/ask.ts';
import { parseReply, ReplyError } from '../../src/introspection/reply.ts';
import { judgeText } from '../../src/judge/judge-text.ts';
import { ConfigError, configFrom, parseConfig } from '../../src/proxy/config.ts';
import { createServer } from '../../src/proxy/server.ts';
import type { LogEntry, Surroundings } from '../../src/proxy/surroundings.ts';
import { now } from '../builders/tokens.ts';
import { accessKey } from '../doubles/proxy-client.ts';
import { key, name, objectOf, token, value } from './arbitraries.ts';

const replyName = fc.oneof(
  fc.constantFrom(
    'active',
    'scope',
    'exp',
    'aud',
    'iss',
    'roomkey',
    'version',
    'checks',
    'checkedAt',
    'vendor',
    'irregularities',
    'keys',
    'issuer',
    'jwks_uri',
    'kty',
    'k',
    'n',
    'e',
    'room_name',
  ),
  name,
);
const replyValue = fc.oneof(
  value,
  fc.constantFrom(
    'true',
    'false',
    '1',
    '["a","b"]',
    '{"version":1,"checks":[],"checkedAt":1}',
    '"https://keys.example/jwks"',
  ),
  fc
    .tuple(value, value, value)
    .map(
      ([one, another, third]) =>
        `{"version":1,"checkedAt":1,"answeredBy":${one},"provider":${another},"checks":[${third},{"name":"time","outcome":"passed","reason":${one}}],"vendor":{"a":${another}},"irregularities":[${third}]}`,
    ),
);
const answerText = fc.oneof(
  fc.array(fc.tuple(replyName, replyValue), { maxLength: 6 }).map(objectOf),
  fc.array(fc.tuple(replyName, replyValue), { maxLength: 6 }).map((list) => objectOf([['active', 'true'], ...list])),
  value,
  fc.string(),
);

/** Any answer of a backend becomes a reply of bounded size, or a fault in words that repeats neither token nor secret. */
export const readsAnyReply = fc.asyncProperty(
  answerText,
  fc.constantFrom(200, 200, 200, 301, 400, 401, 404, 413, 429, 500, 599),
  fc.oneof(
    fc.constantFrom('application/json', 'application/json; charset=x', 'text/html', ''),
    fc.string({ maxLength: 9 }),
  ),
  async (text, status, type) => {
    try {
      if (JSON.stringify(parseReply(text)).length > 1_000_000) throw new Error('A reply of a million characters');
    } catch (error) {
      if (!(error instanceof ReplyError)) throw error;
    }
    const headers = new Headers();
    try {
      headers.set('content-type', type);
      headers.set('retry-after', text);
    } catch {
      // A header that no server can send.
    }
    const [asked, secret] = ['a-token-that-is-asked-about', 'the-secret-of-the-backend'];
    const answer = await ask(
      { url: 'https://backend.example/introspect', headers: { authorization: secret } },
      { token: asked },
      { fetch: async () => new Response(status === 301 ? null : text, { status, headers }) },
    );
    if ('fault' in answer && (answer.fault.message.includes(asked) || answer.fault.message.includes(secret)))
      throw new Error(answer.fault.message);
    if ('fault' in answer && answer.fault.message.length > 1000) throw new Error('A fault of a thousand characters');
  },
);

const secret = { kind: 'secret', bytes: new TextEncoder().encode('k'.repeat(40)), writtenAs: 'text' } as const;
const outcomes = ['passed', 'failed', 'not-checked'];

/** Any token is judged as any platform's server would: a verdict whose reasons hold neither token nor key. */
export const judgesAnything = fc.asyncProperty(
  token,
  fc.constantFrom('auto', 'general', 'jitsi', 'jaas', 'daily', 'livekit', 'opentok', 'vonage'),
  fc.oneof(fc.constant([]), fc.array(name, { maxLength: 2 })),
  async (text, profile, names) => {
    const [hit] = detect(text).hits;
    const judgement = await judgeText(hit?.token ?? text, hit?.form ?? null, {
      profile,
      key: secret,
      now,
      skewSeconds: 0,
      issuer: names,
      audience: names,
    });
    for (const { outcome, reason } of judgement?.checks ?? []) {
      if (!outcomes.includes(outcome) || reason === '') throw new Error(JSON.stringify(judgement));
      if (reason.includes(text) || reason.length > 5000) throw new Error(reason.slice(0, 200));
    }
  },
);

const configs = [
  {},
  { keys: [{ provider: 'daily', secret: 'k'.repeat(40), askVendor: true }] },
  { keys: [{ provider: 'jitsi', keyServer: 'https://keys.example', allowEmptyToken: true, patterns: 'as-written' }] },
  { keys: [{ provider: 'jitsi', secret: 'k'.repeat(40), verifyDomain: true, domain: 'meet.example' }] },
  {
    keys: [
      { provider: 'oidc', discovery: 'https://issuer.example' },
      { provider: 'oidc', jwks: 'https://keys.example/jwks', issuer: ['a'] },
    ],
  },
  { keys: ['livekit', 'opentok', 'vonage'].map((provider) => ({ provider, secret: 'k'.repeat(40) })) },
].map((config) => parseConfig({ accessKeys: [accessKey], origins: ['https://a.example'], ...config }));

const formText = fc
  .array(
    fc.tuple(
      fc.oneof(fc.constantFrom('token', 'token', 'room', 'provider', 'tenant', 'token_type_hint', 'ignore_nbf'), name),
      fc.oneof(token, name, fc.constantFrom('daily', 'jitsi', 'true', '', 'livekit')),
    ),
    { maxLength: 4 },
  )
  .map((pairs) => new URLSearchParams(pairs).toString());
const headerText = fc.oneof(
  fc.constantFrom('application/x-www-form-urlencoded', 'a', ''),
  fc.string({ maxLength: 20 }),
);

interface Question {
  method: string;
  path: string;
  headers: [string, string][];
  body: string;
}
const question: fc.Arbitrary<Question> = fc.record({
  method: fc.constantFrom('POST', 'POST', 'POST', 'GET', 'OPTIONS', 'PUT'),
  path: fc.oneof(
    { weight: 5, arbitrary: fc.constant('/introspect') },
    { weight: 1, arbitrary: fc.constantFrom('/healthz', '/introspect?token=a', '/', '//x', '/%00', '/introspect/') },
  ),
  headers: fc.array(
    fc.tuple(
      fc.constantFrom('origin', 'host', 'content-type', 'authorization', 'x-forwarded-for', 'content-length', 'accept'),
      headerText,
    ),
    { maxLength: 2 },
  ),
  body: fc.oneof(
    { weight: 4, arbitrary: formText },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    { weight: 1, arbitrary: token.map((one) => `token=${encodeURIComponent(one.replace(/[\ud800-\udfff]/g, ''))}`) },
  ),
});

/** The validation server answers whatever it is asked, and whatever keys and vendors answer, with a reply or a problem: never with a failure. */
export const answersAnyQuestion = fc.asyncProperty(
  fc.nat(configs.length - 1),
  question,
  answerText,
  fc.constantFrom(200, 200, 404, 500),
  async (which, { method, path, headers: given, body }, upstream, status) => {
    const log: LogEntry[] = [];
    const surroundings: Surroundings = {
      now: () => now,
      fetch: async () => new Response(upstream, { status }),
      sleep: async () => {},
      deadline: () => new AbortController().signal,
      log: (one) => void log.push(one),
    };
    const app = createServer(configs[which] as (typeof configs)[number], surroundings);
    const headers = new Headers({
      authorization: `Bearer ${accessKey}`,
      'content-type': 'application/x-www-form-urlencoded',
    });
    for (const [header, text] of given) {
      try {
        headers.set(header, text);
      } catch {
        // A header that nobody can send.
      }
    }
    const isRead = method === 'GET' || method === 'OPTIONS';
    const response = await app.fetch(
      new Request(`http://127.0.0.1${path}`, { method, headers, ...(isRead ? {} : { body }) }),
    );
    const text = await response.text();
    if (response.status >= 500) throw new Error(`It failed: ${JSON.stringify(log)}`);
    if (text.length > 100_000) throw new Error(`An answer of ${text.length} characters`);
    if (response.status === 200 && method === 'POST') parseReply(text);
    const asked = isRead ? '' : (new URLSearchParams(body).get('token') ?? '');
    for (const one of [accessKey, 'k'.repeat(40), ...(asked.length >= 40 ? [asked] : [])])
      if (text.includes(one) || JSON.stringify(log).includes(one))
        throw new Error(`It repeats what it was told: ${text}`);
  },
);

const configName = fc.oneof(
  fc.constantFrom(
    'keys',
    'accessKeys',
    'origins',
    'host',
    'hosts',
    'port',
    'provider',
    'secret',
    'secretBase64',
    'publicKey',
    'jwks',
    'discovery',
    'keyServer',
    'issuer',
    'domain',
    'maxBodyBytes',
    'cacheSeconds',
  ),
  name,
);
const configText = fc.oneof(
  fc.array(fc.tuple(configName, value), { maxLength: 4 }).map(objectOf),
  fc
    .array(
      fc.tuple(configName, fc.oneof(value, fc.constantFrom('"daily"', '"jitsi"', '"https://a.example"', '["a"]'))),
      { maxLength: 4 },
    )
    .map((list) => `{"keys":[${objectOf(list)}]}`),
  value,
);

/** Any configuration is taken, or refused in words that do not repeat a secret. */
export const refusesOrReadsConfig = fc.property(configText, fc.tuple(key, key), (text, [one, another]) => {
  const marked = 'a-secret-that-is-not-to-be-repeated';
  const environment = { [`ROOMKEY_${one}`]: marked, ROOMKEY_PORT: another.slice(0, 9), ROOMKEY_DAILY_SECRET: marked };
  for (const read of [
    () => configFrom({}, parseJson(text)),
    () => configFrom(environment, parseJson(text)),
    () => parseConfig(parseJson(text)),
  ]) {
    try {
      read();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      if (error.message.includes(marked)) throw new Error(error.message);
    }
  }
});
