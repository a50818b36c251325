import { type Codec, decodeEscapes, type Escape } from './codec.ts';

/** Escapes of JSON and of scripts: `\"`, `\/`, `\u002e`, `\x2e`. */
export const jsonString: Codec = {
  id: 'json-string',
  decode: (source) => decodeEscapes(source, '\\', escapeAt, (text) => JSON.stringify(text).slice(1, -1)),
};

const controls = new Map(Object.entries({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v' }));
const hex = /u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]{1,6})\}/y;

function escapeAt(source: string, at: number): Escape | null {
  hex.lastIndex = at + 1;
  const found = hex.exec(source);
  if (found) {
    const code = Number.parseInt(found[1] ?? found[2] ?? found[3] ?? '', 16);
    return code <= 0x10ffff ? { length: 1 + found[0].length, text: String.fromCodePoint(code) } : null;
  }
  const char = source.charAt(at + 1);
  if (char === '') return null;
  if (char === '\n') return { length: 2, text: '' };
  return { length: 2, text: controls.get(char) ?? char };
}
