import * as v from 'valibot';
import { providers } from '../engine/providers/index.ts';

/** A key as the operator holds it. Never leaves the process. */
const key = v.pipe(
  v.strictObject({
    /** Whose tokens it verifies: a provider id such as `daily` or `jitsi`; `oidc` serves every issuer it names. */
    provider: v.pipe(
      v.string(),
      v.check(isProvider, (issue) => `"${issue.input}" is not a known provider`),
    ),
    /** Shared secret, as UTF-8 text. */
    secret: v.optional(v.pipe(v.string(), v.minLength(1))),
    /** Shared secret in base64 or base64url. */
    secretBase64: v.optional(v.pipe(v.string(), v.minLength(1))),
    /** Public key or certificate in PEM (SPKI, X.509). */
    publicKey: v.optional(v.pipe(v.string(), v.includes('-----BEGIN'))),
    /** JSON Web Key Set to fetch, RFC 7517. */
    jwks: v.optional(v.pipe(v.string(), v.url())),
    /** Jitsi's way (`asap_key_server`): the public key lies at `<keyServer>/<hex SHA-256 of kid>.pem`. */
    keyServer: v.optional(v.pipe(v.string(), v.url())),
    /** Accept only tokens whose `iss` (or API key) is one of these. */
    issuer: v.optional(v.array(v.string())),
    /** Accept only tokens with one of these in `aud`. */
    audience: v.optional(v.array(v.string())),
    /** Use this key only for tokens with this `kid`. */
    kid: v.optional(v.string()),
    /** Also ask the vendor: for Daily, `GET /v1/meeting-tokens/:token` with the secret as API key. */
    askVendor: v.optional(v.boolean()),
    /** Base URL of the vendor's API, for those who go through a gateway. */
    upstream: v.optional(v.pipe(v.string(), v.url())),
  }),
  v.check(
    (one) => [one.secret, one.secretBase64, one.publicKey, one.jwks, one.keyServer].filter(Boolean).length === 1,
    'needs exactly one of secret, secretBase64, publicKey, jwks, keyServer',
  ),
  v.check(
    (one) => !one.jwks || Boolean(one.issuer?.length),
    'needs issuer beside jwks: a key set alone would accept any token its owner ever signed',
  ),
);
export type ConfiguredKey = v.InferOutput<typeof key>;

const config = v.pipe(
  v.strictObject({
    keys: v.optional(v.array(key), []),
    /** Callers must send one of these as `Authorization: Bearer`. */
    accessKeys: v.optional(v.array(v.pipe(v.string(), v.minLength(16))), []),
    /** Origins that browsers may call from, e.g. `chrome-extension://<id>`. */
    origins: v.optional(
      v.array(
        v.pipe(
          v.string(),
          v.check(isOrigin, (i) => `"${i.input}" is not an origin`),
        ),
      ),
      [],
    ),
    host: v.optional(v.string(), '127.0.0.1'),
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
    const path = issue.path?.map(({ key: part }) => String(part)).join('.');
    const secretive = /secret|publicKey|accessKeys/.test(path ?? '');
    return `${path ? `${path}: ` : ''}${secretive ? `is not what it must be (${issue.expected ?? issue.type})` : issue.message}`;
  });
  throw new ConfigError(`The configuration cannot be used: ${lines.join('; ')}.`);
}

/**
 * Configuration from environment variables, on top of a file's content.
 *
 * `ROOMKEY_ACCESS_KEYS` and `ROOMKEY_ORIGINS` (comma-separated), `ROOMKEY_HOST`, `ROOMKEY_PORT`, and per provider id in
 * capitals: `ROOMKEY_DAILY_SECRET` (the API key), `ROOMKEY_JITSI_SECRET`, `ROOMKEY_JAAS_PUBLIC_KEY`,
 * `ROOMKEY_OIDC_JWKS` with `ROOMKEY_OIDC_ISSUER`, …
 * @throws {ConfigError}
 */
export function configFrom(environment: Record<string, string | undefined>, file: unknown = {}): ProxyConfig {
  const base = (typeof file === 'object' && file !== null ? file : {}) as Record<string, unknown>;
  const fromEnvironment: Record<string, unknown> = {};
  const accessKeys = list(environment.ROOMKEY_ACCESS_KEYS);
  if (accessKeys.length) fromEnvironment.accessKeys = accessKeys;
  const origins = list(environment.ROOMKEY_ORIGINS);
  if (origins.length) fromEnvironment.origins = origins;
  if (environment.ROOMKEY_HOST) fromEnvironment.host = environment.ROOMKEY_HOST;
  if (environment.ROOMKEY_PORT) fromEnvironment.port = Number(environment.ROOMKEY_PORT);
  const keys = providers.flatMap(({ id }) => keyFromEnvironment(environment, id) ?? []);
  const fileKeys = Array.isArray(base.keys) ? (base.keys as unknown[]) : [];
  return parseConfig({ ...base, ...fromEnvironment, keys: [...fileKeys, ...keys] });
}

function keyFromEnvironment(environment: Record<string, string | undefined>, id: string): unknown {
  const prefix = `ROOMKEY_${id.toUpperCase().replaceAll('-', '_')}_`;
  const found = {
    secret: environment[`${prefix}SECRET`],
    secretBase64: environment[`${prefix}SECRET_BASE64`],
    publicKey: environment[`${prefix}PUBLIC_KEY`]?.replaceAll('\\n', '\n'),
    jwks: environment[`${prefix}JWKS`],
    keyServer: environment[`${prefix}KEY_SERVER`],
  };
  if (!Object.values(found).some(Boolean)) return null;
  const issuer = list(environment[`${prefix}ISSUER`]);
  const audience = list(environment[`${prefix}AUDIENCE`]);
  const upstream = environment[`${prefix}UPSTREAM`];
  return {
    provider: id,
    ...Object.fromEntries(Object.entries(found).filter(([, value]) => value)),
    ...(issuer.length ? { issuer } : {}),
    ...(audience.length ? { audience } : {}),
    ...(upstream ? { upstream } : {}),
  };
}

function list(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
}

function isProvider(id: string): boolean {
  return providers.some((provider) => provider.id === id);
}

function isOrigin(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]+$/i.test(text);
}
