import { type Codec, decodeEscapes, type Escape } from './codec.ts';

/** Character references of HTML and XML, those with a name only for ASCII characters. */
export const htmlEntities: Codec = {
  id: 'html-entities',
  decode: (source) =>
    decodeEscapes(source, '&', escapeAt, (text) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)),
};

const reference = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,9}));?/y;

const named = new Map(
  Object.entries({
    amp: '&',
    quot: '"',
    apos: "'",
    lt: '<',
    gt: '>',
    period: '.',
    equals: '=',
    lowbar: '_',
    sol: '/',
    plus: '+',
    colon: ':',
    comma: ',',
    quest: '?',
    num: '#',
    percnt: '%',
    hyphen: '\u2010',
    dash: '\u2010',
    lcub: '{',
    rcub: '}',
    lbrace: '{',
    rbrace: '}',
    lsqb: '[',
    rsqb: ']',
    Tab: '\t',
    NewLine: '\n',
    nbsp: '\u00a0',
  }),
);

function escapeAt(source: string, at: number): Escape | null {
  reference.lastIndex = at;
  const found = reference.exec(source);
  if (!found) return null;
  const [whole, decimal, hex, name] = found;
  if (name !== undefined) {
    const text = whole.endsWith(';') ? named.get(name) : undefined;
    return text === undefined ? null : { length: whole.length, text };
  }
  const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16);
  return code > 0 && code <= 0x10ffff ? { length: whole.length, text: String.fromCodePoint(code) } : null;
}
