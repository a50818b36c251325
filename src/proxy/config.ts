import * as v from 'valibot';
import { providers } from '../engine/recognise/providers/index.ts';
import { base64Bytes, bytesAreNoSecret, KeyError, noSecretBecause, parsePublicPem } from '../verify/index.ts';
import { addressProblem, hostName, isLoopback } from './addresses.ts';
import { readEnvironment } from './environment.ts';

/** A text that no problem is known of; the problem is the message, and never repeats the text. */
const checked = (problemOf: (text: string) => string | null) =>
  v.pipe(
    v.string(),
    v.rawCheck(({ dataset, addIssue }) => {
      const problem = dataset.typed ? problemOf(dataset.value) : null;
      if (problem !== null) addIssue({ message: problem });
    }),
  );

/** An empty list would read as "none", and be taken as "any". */
const names = v.pipe(
  v.array(checked(blankProblem)),
  v.check((list) => list.length > 0, 'is empty: name one, or leave it out'),
);

/** Where a key comes from. */
const keySources = ['secret', 'secretBase64', 'publicKey', 'jwks', 'discovery', 'keyServer'] as const;

/** What only a Jitsi server of one's own can be set to. */
const jitsiSettings = [
  'signatureAlgorithm',
  'domain',
  'verifyDomain',
  'requireRoom',
  'patterns',
  'allowEmptyToken',
] as const;

/** A key as the operator holds it. Never leaves the process. */
const key = v.pipe(
  v.strictObject({
    /** Whose tokens it verifies: a provider id such as `daily` or `jitsi`; `oidc` serves every issuer it names. */
    provider: v.pipe(
      v.string(),
      v.check(isProvider, (issue) => `"${issue.input.slice(0, 40)}" is not a known provider`),
    ),
    /** Shared secret, as UTF-8 text. */
    secret: v.optional(checked(secretProblem)),
    /** Shared secret in base64 or base64url. */
    secretBase64: v.optional(checked(base64Problem)),
    /** Public key or certificate in PEM (SPKI, X.509). */
    publicKey: v.optional(checked(publicKeyProblem)),
    /** JSON Web Key Set to fetch, RFC 7517; over HTTPS, or from loopback. */
    jwks: v.optional(checked((text) => addressProblem(text, { query: true }))),
    /** Issuer whose key set is looked up (OpenID Connect Discovery): its URL, as `iss` writes it. */
    discovery: v.optional(checked((text) => addressProblem(text))),
    /** Jitsi's way (`asap_key_server`): the public key lies at `<keyServer>/<hex SHA-256 of kid>.pem`. */
    keyServer: v.optional(checked((text) => addressProblem(text))),
    /** Accept only tokens whose `iss` is one of these; where a platform writes none, its account (domain, application, API key). */
    issuer: v.optional(names),
    /** Accept only tokens with one of these in `aud`. */
    audience: v.optional(names),
    /** Use this key only for tokens with this `kid`. */
    kid: v.optional(checked(blankProblem)),
    /** Also ask the vendor: for Daily, `GET /v1/meeting-tokens/:token` with the secret as API key. */
    askVendor: v.optional(v.boolean()),
    /** Base URL of the vendor's API, for those who go through a gateway. */
    upstream: v.optional(checked((text) => addressProblem(text))),
    /** Jitsi's `signature_algorithm`: HS256 with a secret and RS256 with a key server unless set. */
    signatureAlgorithm: v.optional(v.picklist(['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512'])),
    /** Jitsi: the domain that `sub` names on pages without a tenant (`muc_mapper_domain_base`). */
    domain: v.optional(checked(hostProblem)),
    /** Jitsi's `enable_domain_verification`: whether `sub` is compared with domain or tenant. */
    verifyDomain: v.optional(v.boolean()),
    /** Jitsi's `asap_require_room_claim`: whether a token must have `room`. */
    requireRoom: v.optional(v.boolean()),
    /** Jitsi's `token_regex_enabled`, and how patterns are read: in lower case up to early 2026, later as they are written. */
    patterns: v.optional(v.picklist(['off', 'lower-case', 'as-written'])),
    /** Jitsi's `allow_empty_token`: whether people get in without a token. */
    allowEmptyToken: v.optional(v.boolean()),
  }),
  v.check(
    (one) => one.provider === 'jitsi' || jitsiSettings.every((name) => one[name] === undefined),
    `can have ${jitsiSettings.join(', ')} only for jitsi`,
  ),
  v.check(
    (one) => keySources.filter((name) => one[name] !== undefined).length === 1,
    `needs exactly one of ${keySources.join(', ')}`,
  ),
  v.check(
    (one) => (!one.askVendor && one.upstream === undefined) || (one.provider === 'daily' && one.secret !== undefined),
    'can ask a vendor (askVendor, upstream) only for daily, with its API key as secret',
  ),
  v.check(
    (one) => !one.jwks || Boolean(one.issuer?.length),
    'needs issuer beside jwks: a key set alone would accept any token its owner ever signed',
  ),
  v.check(
    (one) => one.discovery === undefined || (one.issuer ?? [one.discovery]).includes(one.discovery),
    'looks keys up at an issuer (discovery) that is none of those whose tokens it accepts (issuer)',
  ),
  v.transform((one) => (one.discovery === undefined ? one : { ...one, issuer: one.issuer ?? [one.discovery] })),
);
export type ConfiguredKey = v.InferOutput<typeof key>;

const config = v.pipe(
  v.strictObject({
    keys: v.optional(v.array(key), []),
    /** Callers must send one of these as `Authorization: Bearer`. */
    accessKeys: v.optional(v.array(checked(accessKeyProblem)), []),
    /** Origins that browsers may call from, e.g. `chrome-extension://<id>`. */
    origins: v.optional(
      v.array(v.pipe(v.string(), v.check(isOrigin, 'is not an origin, such as https://call.example'))),
      [],
    ),
    host: v.optional(checked(hostProblem), '127.0.0.1'),
    /** Names in `Host` that are answered besides loopback and `host`: what a reverse proxy in front passes on. */
    hosts: v.optional(v.array(checked(hostProblem)), []),
    /** True when a reverse proxy of yours is the only way in: clients are told apart by the last `X-Forwarded-For`. */
    behindProxy: v.optional(v.boolean(), false),
    port: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)), 8787),
    /** Longest request body in bytes. */
    maxBodyBytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(256)), 64 * 1024),
    /** Requests a minute and client. */
    requestsPerMinute: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 120),
    /** Time for the vendor's answer, all tries together, in milliseconds. */
    upstreamTimeoutMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(10)), 5000),
    /** How long an answer is reused, in seconds; 0 turns the cache off. */
    cacheSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(300)), 10),
    /** Clock difference that is forgiven, in seconds. */
    skewSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(600)), 60),
  }),
  v.check(
    (one) => one.accessKeys.length > 0 || one.origins.length > 0,
    'needs accessKeys or origins: without either, anybody who reaches the server could use your keys',
  ),
  v.check(
    (one) => one.accessKeys.length > 0 || isLoopback(one.host),
    'needs accessKeys to listen beyond this machine: any program can send any origin',
  ),
);
export type ProxyConfig = v.InferOutput<typeof config>;

export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Narrows a configuration object.
 * @throws {ConfigError} naming the member and what it must be; key material is never repeated in the message
 */
export function parseConfig(input: unknown): ProxyConfig {
  const result = v.safeParse(config, input);
  if (result.success) return result.output;
  const lines = result.issues.map((issue) => {
    const path = issue.path?.map(({ key: part }) => String(part).slice(0, 60)).join('.');
    return `${path ? `${path}: ` : ''}${says(issue)}`;
  });
  throw new ConfigError(`The configuration cannot be used: ${lines.join('; ')}.`);
}

/** The words of our own checks; the library's repeat what was received, so only what was expected is taken of them. */
function says(issue: v.BaseIssue<unknown>): string {
  if (['check', 'raw_check'].includes(issue.type)) return issue.message;
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'is no member of the configuration';
  return `is not what it must be (${issue.expected ?? issue.type})`;
}

/**
 * Configuration from environment variables, on top of a file's content: `ROOMKEY_ACCESS_KEYS`, `ROOMKEY_ORIGINS` and
 * `ROOMKEY_HOSTS` (comma-separated), `ROOMKEY_HOST`, `ROOMKEY_PORT`, and per provider id in capitals `ROOMKEY_DAILY_SECRET`
 * (the API key), `ROOMKEY_JAAS_PUBLIC_KEY`, `ROOMKEY_OIDC_JWKS` with `ROOMKEY_OIDC_ISSUER`, …
 * @throws {ConfigError} also for a `ROOMKEY_…` variable that is none of these
 */
export function configFrom(environment: Record<string, string | undefined>, file: unknown = {}): ProxyConfig {
  if (typeof file !== 'object' || file === null || Array.isArray(file)) {
    throw new ConfigError('The configuration cannot be used: the file must hold a JSON object.');
  }
  const base = file as Record<string, unknown>;
  const { settings, keys, problems } = readEnvironment(
    environment,
    providers.map(({ id }) => id),
  );
  if (problems.length) throw new ConfigError(`The environment cannot be used: ${problems.join('; ')}.`);
  if (!keys.length) return parseConfig({ ...base, ...settings });
  if (base.keys !== undefined && !Array.isArray(base.keys)) return parseConfig(base);
  return parseConfig({ ...base, ...settings, keys: [...((base.keys as unknown[] | undefined) ?? []), ...keys] });
}

function isProvider(id: string): boolean {
  return providers.some((provider) => provider.id === id);
}

function isOrigin(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s@]+$/i.test(text);
}

function blankProblem(text: string): string | null {
  return text.trim() === '' ? 'is empty' : null;
}

function secretProblem(text: string): string | null {
  const other = noSecretBecause(text);
  if (other) return `is ${other}, which is never used as a shared secret; set publicKey or jwks instead`;
  return blankProblem(text);
}

function base64Problem(text: string): string | null {
  const bytes = /^[\w+/-]+={0,2}$/.test(text) ? base64Bytes(text) : null;
  if (!bytes?.length) return 'is not a secret in base64';
  const other = bytesAreNoSecret(bytes);
  return other ? `is ${other}, which is never used as a shared secret; set publicKey or jwks instead` : null;
}

function publicKeyProblem(text: string): string | null {
  try {
    parsePublicPem(text);
    return null;
  } catch (error) {
    return error instanceof KeyError ? `is no public key: ${error.message.replace(/\.$/, '')}` : 'is no public key';
  }
}

function accessKeyProblem(text: string): string | null {
  return /^[!-+\--~]{16}[!-+\--~]*$/.test(text) ? null : 'must have 16 characters or more, without spaces and commas';
}

function hostProblem(text: string): string | null {
  // An address of version 6 may come with or without its brackets.
  const written = /^[0-9a-f.]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text) ? `[${text}]` : text;
  return hostName(written) === null || /:\d+$/.test(written) ? 'must be a name or an address, without a port' : null;
}
