import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { jwtDecode } from 'jwt-decode';
import type { FormId, JsonObject, Token } from './model.ts';

/** Reads one token as far as it can be read. Never throws; what is wrong is in `problem` and `irregularities`. */
export function decode(text: string, form: FormId): Token {
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
  };
  try {
    token.header = jwtDecode<JsonObject>(text, { header: true });
    token.claims = jwtDecode<JsonObject>(text);
  } catch (error) {
    token.problem = { code: 'undecodable', message: String(error) };
  }
  return token;
}
