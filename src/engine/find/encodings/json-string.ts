import { type Encoding, stretch } from './encoding.ts';

/** Escapes of JSON and JavaScript strings: `\"`, `\/`, `\u002e`, `\x2e`. */
export const jsonString: Encoding = {
  id: 'json-string',
  name: 'JSON or JavaScript string',
  tried: ['header', 'run-end'],
  sign: '\\',
  peel(text, at, most) {
    const { start, end } = stretch(text, at, /[\s<>{}[\],;"'`]/, most);
    const encoded = text.slice(start, end);
    const decoded = unescapeScript(encoded);
    return decoded === encoded ? null : { start, end, text: decoded };
  },
};

const controls = new Map(Object.entries({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '0': '\0' }));

export function unescapeScript(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|\r?\n|([\s\S]))/g,
    (sequence, u4?: string, u?: string, x?: string, char?: string) => {
      const hex = u4 ?? u ?? x;
      if (hex === undefined) return char === undefined ? '' : (controls.get(char) ?? char);
      const code = Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : sequence;
    },
  );
}
