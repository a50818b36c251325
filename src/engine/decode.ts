import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { wholeCompact } from './forms/compact.ts';
import { forms } from './forms/index.ts';
import { limits } from './limits.ts';
import type { FormId, Json, Token } from './model.ts';

/**
 * Reads one token as far as it can be read. Never throws; what is wrong is in `problem` and `irregularities`.
 * `form` is what the detector said; a text that turns out to be damaged comes back as such.
 */
export function decode(text: string, form: FormId): Token {
  return decodeNested(text, form, 0);
}

function decodeNested(text: string, form: FormId, depth: number): Token {
  const { inner = [], ...reading } = forms.find(({ id }) => id === form)?.read(text) ?? {};
  const token: Token = {
    id: bytesToHex(sha256(utf8ToBytes(text))),
    text,
    form,
    header: null,
    claims: null,
    opaquePayload: null,
    signature: null,
    problem: null,
    irregularities: [],
    inner: [],
    disclosures: [],
    ...reading,
  };
  if (token.problem?.offset !== undefined) token.problem.offset = Math.min(token.problem.offset, text.length);
  if (depth >= limits.layers) return token;
  const claimed = token.claims ? tokensInClaims(token.claims) : [];
  token.inner = [...inner, ...claimed].map(({ path, text, form }) => ({
    path,
    token: decodeNested(text, form, depth + 1),
  }));
  return token;
}

/** Tokens that are the whole value of a claim; where claims nest deeper than eight levels they are not looked for. */
function tokensInClaims(claims: Json): { path: string; text: string; form: FormId }[] {
  const found: { path: string; text: string; form: FormId }[] = [];
  const pending: { value: Json; path: string; depth: number }[] = [{ value: claims, path: '', depth: 0 }];
  let visited = 0;
  while (pending.length > 0 && visited < 10_000 && found.length < 20) {
    const { value, path, depth } = pending.pop() as (typeof pending)[number];
    visited += 1;
    if (typeof value === 'string') {
      const token = wholeCompact(value);
      if (token) found.push({ path: `claims${path}`, ...token });
    } else if (typeof value === 'object' && value !== null && depth < 8) {
      for (const [name, inner] of Object.entries(value))
        pending.push({ value: inner, path: `${path}.${name}`, depth: depth + 1 });
    }
  }
  return found;
}
