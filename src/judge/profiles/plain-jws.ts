import { decode } from '../../engine/decode/decode.ts';
import { jws } from '../../engine/decode/forms/jws.ts';
import type { IrregularityCode, Token } from '../../engine/model/token.ts';
import { base64Bytes, bytesToText, toBase64url } from '../../engine/text/base64.ts';
import { isObject, type Json, parseJson } from '../../engine/text/json.ts';
import { hasAt } from '../../engine/text/values.ts';
import type { Taken } from './profile.ts';

/** Oddities that no standard forbids and no two readers take in two ways. */
const harmless: readonly IrregularityCode[] = ['leading-whitespace', 'number-precision'];

/** Why a server that reads JWTs of three parts, and tolerates these oddities, cannot read a token; a sentence, or null. */
export function plainJwsProblem(
  { form, problem, irregularities, header, claims }: Token,
  tolerated: readonly IrregularityCode[],
): string | null {
  if (form !== jws.id) return 'The server takes three parts with dots between them, and nothing else.';
  if (problem) return `The token is damaged: ${problem.message}`;
  const odd = irregularities.find(({ code }) => !tolerated.includes(code) && !harmless.includes(code));
  if (odd) return `The server cannot read it: ${odd.message}`;
  return header && claims ? null : 'Header and claims must be JSON objects.';
}

/** What is odd about a token and tolerated. */
export function irregularitiesIn({ irregularities }: Token, tolerated: readonly IrregularityCode[]): Taken[] {
  return irregularities
    .filter(({ code }) => tolerated.includes(code))
    .map(({ code, message }) => ({ code, says: message }));
}

/** A sentence about the first of them, to follow another one; empty where there is none. */
export function inSpiteOf([first]: readonly Taken[]): string {
  return first ? ` The server takes it though standards forbid this: ${first.says}` : '';
}

/**
 * A token of three parts as servers read it that know no unencoded and no compressed payload, whatever the header says of one. With
 * `claims`, these stand for the second part.
 */
export function decodePlain(parts: readonly [string, string, string], claims?: string): Token {
  const [first, second, third] = parts;
  const whole = parts.join('.');
  const header = parseJson(bytesToText(base64Bytes(first)).text);
  if (!isObject(header) || !(hasAt(header, 'b64') || hasAt(header, 'zip') || claims !== undefined)) {
    return decode(whole, jws.id);
  }
  const { b64: _, zip: __, ...plain } = header;
  const read = decode(`${encoded(plain)}.${claims === undefined ? second : encoded(claims)}.${third}`, jws.id);
  return { ...read, text: whole, header };
}

function encoded(value: Json): string {
  return toBase64url(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)));
}
