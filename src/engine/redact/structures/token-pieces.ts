import { base64Bytes, bytesToText } from '../../text/base64.ts';
import type { Slot, Structure } from '../context.ts';

/** Pieces of tokens that are none by themselves: claims and signature without their header, which anybody can guess. */
export const tokenPieces: Structure = {
  id: 'token-pieces',
  signs: ['eyJ', 'ewo', 'eyA', '.redacted.'],
  *slots(text): Generator<Slot> {
    for (const { index, 0: whole, 1: claims = '', 2: signature = '' } of text.matchAll(headless)) {
      if (!/^\s*\{\s*"/.test(bytesToText(base64Bytes(claims.slice(0, 64))).text)) continue;
      yield { ...piece, start: index + whole.length - signature.length, end: index + whole.length };
    }
    for (const { index, 0: whole } of text.matchAll(glued)) {
      yield { ...piece, start: index + 1, end: index + whole.length };
    }
  },
};

const piece = { name: 'signature', suspicion: 'certain', at: 'piece' } as const;

/** Claims and signature with nothing before them. */
const headless =
  /(?<![\w-]\.|[\w-])((?:eyJ|ewo|eyA)[\w-]{8,65536}={0,2})\.([\w-]{16,65536})(?![\w-]|\.[\w-]{16}|\.redacted)/g;
/** What follows a token that is redacted: the rest of one that began in its signature. */
const glued =
  /(?<=\.redacted)\.(?!eyJ[\w-]{0,65536}\.[\w-]{0,65536}\.redacted(?![\w-]))[\w-]{8,65536}(?:\.(?!redacted)[\w-]{8,65536})?/g;
