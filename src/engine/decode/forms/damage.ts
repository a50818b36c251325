/** Says where a part of a token broke and why, and mends what can be mended so that the rest can be read. */

import type { Problem } from '../../model/capture.ts';
import { base64Bytes, bytesToText, withoutPadding } from '../../text/base64.ts';
import { walkJson } from '../../text/json.ts';

export interface Explanation {
  /** `offset` counts characters of the token. */
  problem: Problem;
  /** The JSON text with the damage bridged as well as it can be. */
  text: string;
}

/** Losses beyond this many are not bridged; the rest then stays unread. */
const mostRepairs = 12;

/** `stray` is the offset in the part of the first character that is not base64, or -1. */
export function explainDamage(part: string, partStart: number, text: string, stray: number): Explanation {
  if (stray >= 0) {
    const char = part.charCodeAt(stray);
    const kept = part.slice(0, stray) + part.slice(stray).replace(/[^\w+/-]/g, '');
    return {
      text: bytesToText(base64Bytes(kept)).text,
      problem: {
        code: 'stray-character',
        offset: partStart + stray,
        message: `The character ${nameOf(char)} at ${partStart + stray} does not belong in a token; it was probably added when the token was copied.`,
      },
    };
  }
  const { repaired, losses } = realign(part);
  const first = losses[0];
  if (first) {
    return {
      text: bytesToText(withoutSpoiled(repaired, losses)).text,
      problem: {
        code: 'characters-missing',
        offset: partStart + first.at,
        message: `${sentence(losses.map(({ at, count }) => `${count} ${count === 1 ? 'character seems' : 'characters seem'} to be missing near character ${partStart + at}`))}. They were probably lost when the token was copied or typeset.`,
      },
    };
  }
  const end = walkJson(text.trimEnd());
  const brokenAt = end < 0 ? -end - 1 : end;
  const offset = partStart + Math.min(part.length, Math.floor((utf8Length(text.slice(0, brokenAt)) * 4) / 3));
  if (brokenAt >= text.trimEnd().length - 1 || /^[^"]*"[^"]*$/.test(text.slice(brokenAt))) {
    return {
      text,
      problem: {
        code: 'cut-short',
        offset: partStart + part.length,
        message: `The part ends in the middle, at character ${partStart + part.length}: the end of the token was cut off.`,
      },
    };
  }
  return {
    text,
    problem: {
      code: 'not-json',
      offset,
      message: `The text stops being JSON near character ${offset}; some characters there were probably changed.`,
    },
  };
}

/**
 * A lost character shifts all that follows by six bits, which turns readable JSON into noise. Wherever noise begins,
 * puts one to three characters back so that the text becomes readable again. Four lost characters leave no trace in
 * the alignment, so counts are modulo four.
 */
function realign(part: string): { repaired: string; losses: { at: number; count: number }[] } {
  let repaired = withoutPadding(part);
  const losses: { at: number; count: number }[] = [];
  let added = 0;
  let noise = noiseAt(repaired, 0);
  while (noise >= 0 && losses.length < mostRepairs) {
    let best: { at: number; count: number; reach: number; score: number } | null = null;
    for (let at = Math.max(0, noise - 12); at <= noise + 2; at += 1) {
      for (let count = 1; count <= 3; count += 1) {
        const from = Math.max(0, at - 4) & ~3;
        const mended = repaired.slice(from, at) + 'A'.repeat(count) + repaired.slice(at, at + 400);
        const reach = from + readableLength(mended, at - from, count) - count;
        // Misplaced characters leave more foreign letters behind than those put back where they were lost.
        const score = reach - 4 * foreignLetters(mended.slice(0, noise - from + 8));
        if (!best || score > best.score) best = { at, count, reach, score };
      }
    }
    if (!best || best.reach < noise + 8) break;
    repaired = `${repaired.slice(0, best.at)}${'A'.repeat(best.count)}${repaired.slice(best.at)}`;
    losses.push({ at: best.at - added, count: best.count });
    added += best.count;
    noise = noiseAt(repaired, (best.at + best.count + 4) & ~3);
  }
  return { repaired, losses };
}

/** The bytes of what was put together again; those that a put back character is part of are no text, and so become U+FFFD. */
function withoutSpoiled(repaired: string, losses: readonly { at: number; count: number }[]): Uint8Array {
  const bytes = base64Bytes(repaired);
  let added = 0;
  for (const { at, count } of losses) {
    const start = at + added;
    added += count;
    bytes.fill(0xff, Math.floor((start * 3) / 4), Math.ceil(((start + count) * 3) / 4));
  }
  return bytes;
}

/** Characters of `mended` up to the first noise, not counting the bytes that the repair itself spoils. */
function readableLength(mended: string, at: number, count: number): number {
  const spoiledFrom = (at * 3) >> 2;
  const spoiledTo = ((at + count) * 3 + 3) >> 2;
  const bytes = base64Bytes(mended);
  for (let index = 0; index < bytes.length; index += 1) {
    if (index >= spoiledFrom && index <= spoiledTo) continue;
    if (isNoise(bytes, index)) return Math.floor((index * 4) / 3);
  }
  return mended.length;
}

function foreignLetters(mended: string): number {
  return base64Bytes(mended).reduce((count, byte) => (byte < 0x20 || byte > 0x7e ? count + 1 : count), 0);
}

/** Character offset of the first byte that cannot be JSON text, at or after an offset that is a multiple of four; or -1. */
function noiseAt(part: string, from: number): number {
  const bytes = base64Bytes(part, from);
  for (let index = 0; index < bytes.length; index += 1) {
    if (isNoise(bytes, index)) return from + Math.floor((index * 4) / 3);
  }
  return -1;
}

/** Control characters, and bytes that do not continue a UTF-8 sequence rightly. */
function isNoise(bytes: Uint8Array, index: number): boolean {
  const byte = bytes[index] as number;
  if (byte < 0x20) return byte !== 0x0a && byte !== 0x0d && byte !== 0x09;
  if (byte < 0x7f) return false;
  if (byte === 0x7f) return true;
  if (byte >= 0xc2 && byte < 0xf5) {
    const next = bytes[index + 1];
    return next !== undefined && (next & 0xc0) !== 0x80;
  }
  const before = bytes[index - 1];
  return (byte & 0xc0) !== 0x80 || before === undefined || before < 0x80;
}

function nameOf(code: number): string {
  if (code > 0x20 && code < 0x7f) return `"${String.fromCharCode(code)}"`;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

function sentence(clauses: string[]): string {
  if (clauses.length <= 3) return clauses.join(', ');
  return `${clauses.slice(0, 3).join(', ')}, and in ${clauses.length - 3} more places`;
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
