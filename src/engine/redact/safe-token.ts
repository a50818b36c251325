import { decode } from '../decode/decode.ts';
import type { Hit, Token } from '../model/token.ts';
import { toBase64url } from '../text/base64.ts';
import type { Json, JsonObject } from '../text/json.ts';
import { removed } from './opaque-value.ts';

/** How much of a claim is left in a copy that is to be shared. */
export type KeptClaims =
  /** Names only: every text becomes `…`; numbers and true or false stay, because times and switches explain a call. */
  | 'names'
  /** Everything but the signature, and what is a credential itself. */
  | 'all';

/** Members whose text says how a token works, not whom it is for. */
const keptHeaders = new Set(['alg', 'typ', 'cty', 'enc', 'zip', 'b64', 'crit', 'v']);
const keptClaims = new Set(['aud', 'iss', 'role', 'scope', 'grant_type', 'ver', 'version']);

/** Longer tokens keep nothing of their structure. */
const longestKept = 1 << 16;
/** One session's token stands in every request: most of those remembered, and the longest. */
const mostRemembered = 1000;
const longestRemembered = 1 << 14;

export type SafeTokens = ReturnType<typeof createSafeTokens>;

/** What stands in the place of each token. `clean` redacts the JSON of claims that are kept. */
export function createSafeTokens(claims: KeptClaims, clean: (json: string) => string) {
  const known = new Map<string, string>();
  return {
    /** Null for a token of which nothing stays. */
    of(token: string, form: Hit['form']): string | null {
      if (token.length > longestKept) return null;
      const before = known.get(token);
      if (before !== undefined) return before;
      const text = safeToken(decode(token, form), claims, claims === 'all' ? clean : (json) => json);
      if (known.size < mostRemembered && token.length < longestRemembered) known.set(token, text);
      return text;
    },
  };
}

/**
 * The token with its structure, and without what makes it work. `clean` redacts the JSON of header and claims. A token
 * that is no signed or unsecured JWT keeps nothing.
 */
function safeToken(token: Token, claims: KeptClaims, clean: (json: string) => string): string {
  if (token.form !== 'jws' && token.form !== 'sd-jwt' && token.form !== 'jws-unsecured') return removed;
  if (token.header === null || token.claims === null) return removed;
  const parts = [
    namesOf(token.header, keptHeaders),
    claims === 'all' ? token.claims : namesOf(token.claims, keptClaims),
  ];
  return [...parts.map((part) => toBase64url(new TextEncoder().encode(clean(JSON.stringify(part))))), removed].join(
    '.',
  );
}

/** A token of which only the structure is left, whole. */
export function isSafeToken(text: string): boolean {
  return text.endsWith(`.${removed}`) && text.length <= 1 << 17 && /^[\w-]+={0,2}\.[\w-]*\.redacted$/.test(text);
}

function namesOf(members: JsonObject, kept: ReadonlySet<string>): Json {
  return namesIn(members, 0, null);

  function namesIn(value: Json, depth: number, name: string | null): Json {
    if (typeof value === 'string') return value === '' || (name !== null && kept.has(name)) ? value : '…';
    if (value === null || typeof value !== 'object') return value;
    if (depth > 50) return '…';
    if (Array.isArray(value)) return value.map((item) => namesIn(item, depth + 1, name));
    return Object.fromEntries(
      Object.entries(value).map(([member, inner]) => [member, namesIn(inner, depth + 1, member)]),
    );
  }
}
