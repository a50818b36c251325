import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { contained } from '../contain.ts';
import { limits } from '../limits.ts';
import type { FormId, Irregularity, Token } from '../model/token.ts';
import type { Json, JsonObject } from '../text/json.ts';
import { wholeCompact } from './forms/compact.ts';
import type { Form, Reading } from './forms/form.ts';
import { forms as allForms } from './forms/index.ts';

/**
 * Reads one token as far as it can be read. Never throws; what is wrong is in `problem` and `irregularities`.
 * `form` is what the detector said; a text that turns out to be damaged comes back as such. A form that fails leaves the
 * token unread, with a problem `unit-failed`.
 */
export function decode(text: string, form: FormId, forms: readonly Form[] = allForms): Token {
  return decodeNested(text, form, forms, 0);
}

function decodeNested(text: string, form: FormId, forms: readonly Form[], depth: number): Token {
  const { inner = [], ...reading } = read(text, form, forms);
  const lock = forms.find(({ id }) => id === (reading.form ?? form))?.lock;
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
    ...(lock ? { lock } : {}),
    ...reading,
  };
  for (const subject of ['header', 'claims'] as const) {
    if (shorten(token[subject])) token.irregularities.push(nestedDeeper(subject));
  }
  for (const disclosure of token.disclosures) shorten([disclosure.value]);
  if (token.problem?.offset !== undefined) token.problem.offset = Math.min(token.problem.offset, text.length);
  if (depth >= limits.layers) return token;
  const claimed = token.claims ? tokensInClaims(token.claims) : [];
  token.inner = [...inner, ...claimed].map(({ path, text, form }) => ({
    path,
    token: decodeNested(text, form, forms, depth + 1),
  }));
  return token;
}

function read(text: string, id: FormId, forms: readonly Form[]): Reading {
  const failed: Reading = {};
  return contained(
    'form',
    id,
    failed,
    (problem) => {
      failed.problem = problem;
    },
    () => forms.find((form) => form.id === id)?.read(text) ?? {},
  );
}

/**
 * Leaves out what is nested more deeply than `limits.nesting`, and tells whether anything was. What recurses further on,
 * such as `JSON.stringify` and a browser's structured clone, then has an end to its stack.
 */
function shorten(root: Json): boolean {
  let isCut = false;
  const open: { value: Json; depth: number }[] = [{ value: root, depth: 1 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    const names = Array.isArray(value) ? value.keys() : Object.keys(value);
    for (const name of names) {
      const inner = (value as JsonObject)[name];
      if (typeof inner !== 'object' || inner === null) continue;
      if (depth < limits.nesting) open.push({ value: inner, depth: depth + 1 });
      else {
        (value as JsonObject)[name] = '…(nested deeper)';
        isCut = true;
      }
    }
  }
  return isCut;
}

function nestedDeeper(subject: 'header' | 'claims'): Irregularity {
  const message = `What lies deeper than ${limits.nesting} levels was left out.`;
  return { code: 'read-in-part', subject, offset: 0, message };
}

/** Claims looked into for tokens inside. */
const mostClaims = 10_000;

/** Tokens that are the whole value of a claim; where claims nest deeper than eight levels they are not looked for. */
function tokensInClaims(claims: Json): { path: string; text: string; form: FormId }[] {
  const found: { path: string; text: string; form: FormId }[] = [];
  const pending: { value: Json; path: string; depth: number }[] = [{ value: claims, path: '', depth: 0 }];
  let visited = 0;
  while (pending.length > 0 && visited < mostClaims && found.length < 20) {
    const { value, path, depth } = pending.pop() as (typeof pending)[number];
    visited += 1;
    if (typeof value === 'string') {
      const token = wholeCompact(value);
      if (token) found.push({ path: `claims${path}`, ...token });
    } else if (typeof value === 'object' && value !== null && depth < 8) {
      for (const name of Object.keys(value)) {
        if (visited + pending.length >= mostClaims) break;
        pending.push({ value: (value as JsonObject)[name] as Json, path: `${path}.${name}`, depth: depth + 1 });
      }
    }
  }
  return found;
}
