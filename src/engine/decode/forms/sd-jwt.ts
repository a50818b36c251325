import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { limits } from '../../limits.ts';
import type { Token } from '../../model/token.ts';
import { base64Bytes, bytesToText, toBase64url } from '../../text/base64.ts';
import type { Json, JsonObject } from '../../text/json.ts';
import { isObject, parseJson } from '../../text/json.ts';
import { headerOf, odd, partsAfter } from './compact.ts';
import type { Form, Reading } from './form.ts';
import { readSigned } from './jws.ts';

/** A JWT with selectively disclosable claims (RFC 9901): `jws~disclosure~…~[key binding JWT]`. */
export const sdJwt: Form = {
  id: 'sd-jwt',
  name: 'Signed token with selective disclosure (SD-JWT)',
  shortName: 'SD-JWT',
  use: 'vc',
  jose: 'selective',
  startsAt: ['header'],
  match(candidate) {
    const { text, start, header } = candidate;
    if (!header || Object.hasOwn(header, 'enc')) return null;
    const parts = partsAfter(candidate, 3);
    const [payload, signature] = parts;
    if (!payload || !signature) return null;
    if (payload.end === payload.start || text.charCodeAt(signature.end) !== 0x7e) return null;
    const end = tailEnd(text, signature.end);
    // Struck out, as Markdown writes it, or one of several that tildes divide.
    if (end === signature.end + 1 && text.charAt(start - 1) === '~') return null;
    return { form: 'sd-jwt', start, end, confidence: 'certain', note: null };
  },
  read: readSdJwt,
  links: [
    { title: 'RFC 9901, Selective Disclosure for JSON Web Tokens', url: 'https://www.rfc-editor.org/rfc/rfc9901' },
  ],
};

const disclosure = /~[\w-]+(?=~)/y;
const keyBinding = /[\w-]+\.[\w-]+\.[\w-]+/y;

/** Disclosures each end in a tilde; a key binding JWT may follow the last. `from` is the offset of the first tilde. */
function tailEnd(text: string, from: number): number {
  let at = from;
  // One after the other: an expression over all of them runs out of stack where there are a million.
  for (disclosure.lastIndex = at; disclosure.test(text); disclosure.lastIndex = at) at = disclosure.lastIndex;
  keyBinding.lastIndex = at + 1;
  return keyBinding.test(text) ? keyBinding.lastIndex : at + 1;
}

function readSdJwt(text: string): Reading {
  const end = Math.max(0, text.lastIndexOf('~'));
  const last = text.slice(end + 1);
  const [issued = '', ...pieces] = text.slice(0, end).split('~', limits.disclosures + 2);
  const rest = pieces.slice(0, limits.disclosures);
  const reading = readSigned(issued, 'sd-jwt');
  const irregularities = reading.irregularities ?? [];
  let offset = issued.length + 1;
  const { disclosures, malformed } = readDisclosures(rest, reading.claims ?? null);
  for (const [index, piece] of rest.entries()) {
    if (malformed.has(index)) {
      irregularities.push(
        odd(
          'disclosure-malformed',
          'disclosures',
          offset,
          'A disclosure is not a JSON array of a salt, a name and a value.',
        ),
      );
    }
    offset += piece.length + 1;
  }
  if (pieces.length > rest.length) {
    irregularities.push(
      odd('read-in-part', 'disclosures', offset, `Only the first ${limits.disclosures} disclosures were read.`),
    );
  }
  const kb = last ? headerOf(last) : null;
  return {
    ...reading,
    irregularities,
    disclosures,
    inner: [...(reading.inner ?? []), ...(kb ? [{ path: 'key-binding', text: last, form: 'jws' as const }] : [])],
  };
}

/** By the names of the registry that RFC 9901 §4.1.1 refers to; any other leaves digests unknown. */
const hashes = new Map<Json, typeof sha256 | typeof sha384 | typeof sha512>([
  ['sha-256', sha256],
  ['sha-384', sha384],
  ['sha-512', sha512],
]);

/** Decodes disclosures and checks each digest against the `_sd` and `...` members it must be named in (RFC 9901 §7.1). */
export function readDisclosures(
  texts: readonly string[],
  claims: JsonObject | null,
): { disclosures: Token['disclosures']; malformed: ReadonlySet<number> } {
  const hash = hashes.get(claims?._sd_alg ?? 'sha-256');
  const malformed = new Set<number>();
  const read = texts.map((text, index) => {
    const value = parseJson(bytesToText(base64Bytes(text)).text);
    const digest = hash ? toBase64url(hash(utf8ToBytes(text))) : '';
    if (!Array.isArray(value) || (value.length !== 2 && value.length !== 3)) {
      malformed.add(index);
      return { name: null, value: null, digest };
    }
    const name = value.length === 3 ? value[1] : null;
    return { name: typeof name === 'string' ? name : null, value: value[value.length - 1] ?? null, digest };
  });
  const named = new Set<string>();
  collectDigests(claims, named);
  for (const { value } of read) collectDigests(value, named);
  return { disclosures: read.map((one) => ({ ...one, bound: one.digest !== '' && named.has(one.digest) })), malformed };
}

/** Digests stand in `_sd` arrays and in `{"...": digest}` array elements, at any depth, also inside disclosures. */
function collectDigests(from: Json, into: Set<string>) {
  const pending: Json[] = [from];
  while (pending.length > 0) {
    const value = pending.pop();
    if (Array.isArray(value)) for (const inner of value.slice(0, 10_000)) pending.push(inner);
    else if (isObject(value)) {
      for (const [name, inner] of Object.entries(value)) {
        if (name === '_sd' && Array.isArray(inner)) {
          for (const digest of inner) if (typeof digest === 'string') into.add(digest);
        } else if (name === '...' && typeof inner === 'string') into.add(inner);
        else if (typeof inner === 'object') pending.push(inner);
      }
    }
  }
}
