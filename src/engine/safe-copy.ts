import { decode } from './decode.ts';
import { detect } from './detect.ts';
import type { Hit, Json, JsonObject, Token } from './model.ts';

/** How much of a claim is left in a copy that is to be shared. */
export type KeptValues =
  /** Names only: every text becomes `…`; numbers and true or false stay, because times and switches explain a call. */
  | 'names'
  /** Everything but the signature. */
  | 'all';

export interface SafeCopyOptions {
  keep: KeptValues;
}

/** What takes the place of a signature. Detection knows it, and lists such a token without judging it. */
const noSignature = 'redacted';

/** A text that can be shared: no token in it can be used, and nothing else has changed. Pure; never throws. */
export function safeText(text: string, options: SafeCopyOptions, key: string | null = null): string {
  let safe = text;
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const live = liveHits(safe, key);
    if (live.length === 0) return safe;
    safe = live.reduce((rest, hit) => withoutToken(rest, hit, options), safe);
  }
  // What hides so well that it comes back is not worth keeping.
  return `redacted (${text.length} characters)`;
}

const mostPasses = 6;

/** Tokens that could be used, longest first: one may stand inside another. */
function liveHits(text: string, key: string | null): Hit[] {
  const { hits } = detect(text, { key });
  return hits.filter(isLive).sort((a, b) => b.token.length - a.token.length);
}

/** False for what was redacted already. */
export function isLive({ token, note }: Hit): boolean {
  return note !== 'token-redacted' && token !== noSignature && !token.startsWith('redacted');
}

function withoutToken(text: string, { token, form, offset }: Hit, options: SafeCopyOptions): string {
  const safe = safeToken(decode(token, form), options);
  const plain = text.replaceAll(token, safe);
  const encoded = percentEncode(token);
  const both = encoded === token ? plain : plain.replaceAll(encoded, percentEncode(safe));
  if (both !== text) return both;
  // Written in some encoding: the whole run that holds it goes.
  const run = /^[\w+/=%~.\\-]+/.exec(text.slice(offset))?.[0] ?? '';
  return run ? `${text.slice(0, offset)}redacted${text.slice(offset + run.length)}` : text;
}

/** The token with its structure, and without what makes it work. */
export function safeToken(token: Token, options: SafeCopyOptions): string {
  if (token.form !== 'jws' && token.form !== 'sd-jwt' && token.form !== 'jws-unsecured') return 'redacted';
  if (token.header === null || token.claims === null) return 'redacted';
  const header = safeMembers(token.header, options, keptHeaders);
  const claims = safeMembers(token.claims, options, keptClaims);
  return [...[JSON.stringify(header), JSON.stringify(claims)].map(base64url), noSignature].join('.');
}

/** Members whose text says how a token works, not whom it is for. */
const keptHeaders = new Set(['alg', 'typ', 'cty', 'enc', 'zip', 'b64', 'crit', 'v']);
const keptClaims = new Set(['aud', 'iss', 'role', 'scope', 'grant_type', 'ver', 'version']);

function safeMembers(members: JsonObject, { keep }: SafeCopyOptions, kept: ReadonlySet<string>): Json {
  return safeValue(members, 0, null);

  function safeValue(value: Json, depth: number, name: string | null): Json {
    if (typeof value === 'string') {
      if (keep === 'all' || (name !== null && kept.has(name))) return safeText(value, { keep });
      return value === '' ? '' : '…';
    }
    if (value === null || typeof value !== 'object') return value;
    if (depth > 50) return '…';
    if (Array.isArray(value)) return value.map((item) => safeValue(item, depth + 1, name));
    return Object.fromEntries(
      Object.entries(value).map(([member, inner]) => [member, safeValue(inner, depth + 1, member)]),
    );
  }
}

/** Names of what holds a credential whatever its shape: headers (lower case), cookies, parameters, members. */
const secretNames =
  /^(?:authorization|proxy-authorization|x-api-key|api[-_]?key|apikey|password|passwd|pwd|client_secret|secret|refresh_token|access_token|id_token|code|code_verifier|otp|pin|zak|x-csrf-token|x-xsrf-token)$/i;

/**
 * A JSON value that can be shared. Knows the shapes of HAR and of storage states: cookies lose their values, headers
 * that carry credentials theirs, and bodies in base64 are looked into.
 */
export function safeJson(value: Json, options: SafeCopyOptions): Json {
  return safe(value, null, null, 0);

  function safe(value: Json, key: string | null, parent: string | null, depth: number): Json {
    if (typeof value === 'string') return safeString(value, key, depth);
    if (value === null || typeof value !== 'object') return value;
    if (depth > 500) return '…';
    if (Array.isArray(value)) return value.map((item) => safe(item, null, key ?? parent, depth + 1));
    const pair = typeof value.name === 'string' && typeof value.value === 'string' ? value.name : null;
    return Object.fromEntries(
      Object.entries(value).map(([member, inner]) => {
        if (pair !== null && member === 'value' && typeof inner === 'string') {
          return [member, safePair(pair, inner, parent, depth)];
        }
        if (member === 'text' && value.encoding === 'base64' && typeof inner === 'string') {
          return [member, safeBase64(inner, depth)];
        }
        return [safeText(member, options), safe(inner, member, Array.isArray(inner) ? member : parent, depth + 1)];
      }),
    );
  }

  function safeString(text: string, key: string | null, depth: number): string {
    const bare = safeParameters(safeText(text, options, key));
    if (key !== null && secretNames.test(key) && text !== '') return bare === text ? 'redacted' : bare;
    const inner = depth < 20 && text.length <= longestParsed && /^\s*[[{]/.test(bare) ? parsed(bare) : null;
    if (inner === null) return bare;
    const safer = safe(inner, null, null, depth + 1);
    // Spelled anew only where something changed, so that untouched bodies stay as they were.
    return JSON.stringify(safer) === JSON.stringify(inner) ? bare : JSON.stringify(safer);
  }

  /** `{ name, value }`: a header, a cookie, a parameter or a storage entry, told apart by the list it stands in. */
  function safePair(name: string, text: string, list: string | null, depth: number): string {
    if (list === 'cookies') return safeSecret(text, name);
    const lower = name.toLowerCase();
    if (list === 'headers' && lower === 'cookie') {
      return text.replace(
        /([^=;]+)=([^;]*)/g,
        (_, one: string, held: string) => `${one}=${safeSecret(held, one.trim())}`,
      );
    }
    if (list === 'headers' && lower === 'set-cookie') {
      return text.replace(
        /^([^=;]+)=([^;]*)/gm,
        (_, one: string, held: string) => `${one}=${safeSecret(held, one.trim())}`,
      );
    }
    if (list === 'headers' && (lower === 'authorization' || lower === 'proxy-authorization')) {
      const [, scheme = '', held = ''] = /^(\S+\s+)?([\s\S]*)$/.exec(text) ?? [];
      return scheme + safeSecret(held, name);
    }
    return safeString(text, name, depth);
  }

  /** The token's structure where it is one; otherwise nothing of it. */
  function safeSecret(text: string, name: string): string {
    const bare = safeText(text, options, name);
    return bare !== text || text === '' ? bare : 'redacted';
  }

  function safeBase64(text: string, depth: number): string {
    let bytes: string;
    try {
      bytes = atob(text);
    } catch {
      return safeText(text, options);
    }
    const bare = safeString(bytes, null, depth);
    if (bare === bytes) return text;
    return btoa(bare.replace(/[^\0-\xff]/g, '?'));
  }
}

/** Characters of a text that is looked into as JSON of its own. */
const longestParsed = 4 << 20;

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

/** Parameters of URLs and forms that carry a credential by their name. */
function safeParameters(text: string): string {
  return text.replace(
    /(^|[?&#])([\w.-]{2,40})=([^&#\s"'<>\\]+)/g,
    (whole, before: string, name: string, value: string) =>
      secretNames.test(name) && !value.endsWith(noSignature) ? `${before}${name}=${noSignature}` : whole,
  );
}

function percentEncode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}

function base64url(text: string): string {
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
