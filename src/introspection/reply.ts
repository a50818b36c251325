/**
 * What the panel asks of a validation backend, and what it gets back: OAuth 2.0 Token Introspection (RFC 7662) with one
 * extra member, so that any introspection endpoint works unchanged.
 */
export interface IntrospectionRequest {
  /** The exact token text. */
  token: string;
  /** RFC 7662 §2.1. */
  token_type_hint?: string;
  /** Roomkey's own hint: the platform recognised, e.g. "daily". */
  provider?: string;
  /** Roomkey's own hint: the room the caller wants to enter; the reply then judges it. */
  room?: string;
  /** Roomkey's own hint: the tenant in the address of the call page, where the platform has such. */
  tenant?: string;
}

/** RFC 7662 §2.2. Members beside `active` are present only for active tokens, as far as the answerer tells. */
export interface IntrospectionReply {
  active: boolean;
  scope?: string;
  client_id?: string;
  username?: string;
  token_type?: string;
  /** Seconds since the epoch. */
  exp?: number;
  /** Seconds since the epoch. */
  iat?: number;
  /** Seconds since the epoch. */
  nbf?: number;
  sub?: string;
  aud?: string | string[];
  iss?: string;
  jti?: string;
  /** Only Roomkey's own server adds this. */
  roomkey?: Validation;
}

/** The individual checks behind `active`. */
export interface Validation {
  version: 1;
  /** Who decided: "this server, with the key of jitsi", "api.daily.co". */
  answeredBy: string;
  /** Seconds since the epoch, by the answering server's clock. */
  checkedAt: number;
  provider: string | null;
  checks: Check[];
  /** Whose rules were followed: a platform's, by its id, or "general". */
  profile?: string;
  /** Codes of what a standard forbids and the platform's own server takes. Left out where there is nothing. */
  irregularities?: string[];
  /** What the vendor reads in the token. Left out where it was not asked, or did not accept it. */
  vendor?: VendorAnswer;
}

/** Properties by the names of the vendor's API. */
export type VendorAnswer = Record<string, string | number | boolean>;

const checkNames = ['shape', 'time', 'issuer', 'signature', 'room', 'vendor'] as const;
export type CheckName = (typeof checkNames)[number];

export interface Check {
  name: CheckName;
  outcome: 'passed' | 'failed' | 'not-checked';
  /** One sentence, never containing the token or a key. */
  reason: string;
}

/** RFC 9457. Sent as `application/problem+json`. */
export interface ProblemDetails {
  type: string;
  title: string;
  status: number;
  detail?: string;
}

/** Members of a question beside the token. */
export const hints = ['token_type_hint', 'provider', 'room', 'tenant'] as const;

/** The form body of a request (RFC 7662 §2.1, `application/x-www-form-urlencoded`). */
export function encodeRequest(request: IntrospectionRequest): URLSearchParams {
  const form = new URLSearchParams({ token: request.token });
  for (const name of hints) {
    const value = request[name];
    if (value) form.set(name, value);
  }
  return form;
}

/** Longest string kept from a reply, in characters. */
export const longestString = 2000;

/**
 * Narrows a reply from any introspection endpoint. What is not as RFC 7662 says is dropped, except `active`, without
 * which there is no answer.
 * @throws {ReplyError} when the body is not a JSON object with a boolean `active`, or says two things of one
 */
export function parseReply(body: string): IntrospectionReply {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new ReplyError('malformed-json', 'The reply is not JSON.');
  }
  if (!isObject(json)) throw new ReplyError('not-an-object', 'The reply is JSON, but not an object.');
  const active = own(json, 'active');
  if (typeof active !== 'boolean') {
    throw new ReplyError(
      'active-missing',
      'The reply has no boolean `active`, so it is not token introspection (RFC 7662).',
    );
  }
  const twice = memberTwice(body);
  if (twice !== null)
    throw new ReplyError('contradictory', `The reply has \`${twice}\` twice, and readers differ in which one counts.`);
  const reply: IntrospectionReply = { active };
  for (const name of ['scope', 'client_id', 'username', 'token_type', 'sub', 'iss', 'jti'] as const) {
    const value = own(json, name);
    if (typeof value === 'string') reply[name] = value.slice(0, longestString);
  }
  for (const name of ['exp', 'iat', 'nbf'] as const) {
    const value = own(json, name);
    if (typeof value === 'number' && Number.isFinite(value)) reply[name] = value;
  }
  const aud = own(json, 'aud');
  if (typeof aud === 'string') reply.aud = aud.slice(0, longestString);
  else if (Array.isArray(aud)) reply.aud = aud.filter((one) => typeof one === 'string').slice(0, 100);
  const validation = parseValidation(own(json, 'roomkey'));
  if (active && validation?.checks.some(({ outcome }) => outcome === 'failed'))
    throw new ReplyError('contradictory', 'The reply calls the token active, and says that one of its checks failed.');
  if (validation) reply.roomkey = validation;
  return reply;
}

const members = [
  'active',
  'scope',
  'client_id',
  'username',
  'token_type',
  'exp',
  'iat',
  'nbf',
  'sub',
  'aud',
  'iss',
  'jti',
  'roomkey',
];

/** Which of the members that are read an object has twice, as `JSON.parse` takes the last without a word (RFC 8259 §4); null for none. The text is JSON. */
function memberTwice(json: string): string | null {
  const found = new Set<string>();
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json.charAt(at);
    if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') depth -= 1;
    else if (sign === '"') {
      const start = at;
      for (at += 1; at < json.length && json.charAt(at) !== '"'; at += 1) if (json.charAt(at) === '\\') at += 1;
      let next = at + 1;
      while (next < json.length && ' \t\r\n'.includes(json.charAt(next))) next += 1;
      if (depth !== 1 || json.charAt(next) !== ':' || at - start > longestName) continue;
      const name = String(JSON.parse(json.slice(start, at + 1)));
      if (found.has(name) && members.includes(name)) return name;
      found.add(name);
    }
  }
  return null;
}

/** Of a member that is read, in characters, each of them as an escape. */
const longestName = 80;

export class ReplyError extends Error {
  override name = 'ReplyError';
  readonly code: 'malformed-json' | 'not-an-object' | 'active-missing' | 'contradictory';

  constructor(code: ReplyError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

function parseValidation(value: unknown): Validation | null {
  if (!isObject(value) || own(value, 'version') !== 1) return null;
  const checks = own(value, 'checks');
  const checkedAt = own(value, 'checkedAt');
  const provider = own(value, 'provider');
  if (!Array.isArray(checks) || typeof checkedAt !== 'number' || !Number.isFinite(checkedAt)) return null;
  const profile = text(own(value, 'profile'));
  const irregularities = textsOf(own(value, 'irregularities'));
  const vendor = parseVendor(own(value, 'vendor'));
  return {
    version: 1,
    answeredBy: text(own(value, 'answeredBy')) ?? 'the backend',
    checkedAt,
    provider: text(provider),
    checks: checks.slice(0, 32).flatMap((check) => parseCheck(check) ?? []),
    ...(profile === null ? {} : { profile }),
    ...(irregularities.length ? { irregularities } : {}),
    ...(vendor ? { vendor } : {}),
  };
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.slice(0, 32).flatMap((one) => text(one) ?? []) : [];
}

function parseVendor(value: unknown): VendorAnswer | null {
  if (!isObject(value)) return null;
  const found = Object.entries(value)
    .slice(0, 64)
    .flatMap(([name, one]): [string, string | number | boolean][] => {
      if (!/^[a-zA-Z][\w.]{0,63}$/.test(name)) return [];
      if (typeof one === 'boolean' || (typeof one === 'number' && Number.isFinite(one))) return [[name, one]];
      return typeof one === 'string' ? [[name, one.slice(0, longestString)]] : [];
    });
  return Object.fromEntries(found);
}

function parseCheck(value: unknown): Check | null {
  if (!isObject(value)) return null;
  const name = checkNames.find((known) => known === own(value, 'name'));
  const outcome = (['passed', 'failed', 'not-checked'] as const).find((known) => known === own(value, 'outcome'));
  return name && outcome ? { name, outcome, reason: text(own(value, 'reason')) ?? '' } : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value.slice(0, longestString) : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(object: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
