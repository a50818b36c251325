/** An escape sequence: how many characters it has, and what it stands for. */
export interface Escape {
  length: number;
  text: string;
}

/** A way of writing characters that begins with a sign. Detection undoes it; redaction also writes it again. */
export interface Escaping {
  sign: string;
  /** The sequence that begins at a sign; null when none does. Never throws. */
  escapeAt(source: string, at: number): Escape | null;
}

/** A text with every escape sequence undone; what is none stays as it is. Linear. */
export function undoEscapes(source: string, escaping: Escaping): string {
  const pieces: string[] = [];
  let done = 0;
  eachEscape(source, escaping, (at, { length, text }) => {
    if (at > done) pieces.push(source.slice(done, at));
    pieces.push(text);
    done = at + length;
  });
  return done === 0 ? source : pieces.join('') + source.slice(done);
}

/** Hands on every escape sequence of a text, in order. Linear. */
export function eachEscape(
  source: string,
  { sign, escapeAt }: Escaping,
  take: (at: number, sequence: Escape) => void,
): void {
  const first = sign.charCodeAt(0);
  for (let at = source.indexOf(sign); at >= 0; ) {
    const sequence = escapeAt(source, at);
    if (sequence) take(at, sequence);
    at += sequence?.length ?? 1;
    // Where one follows another, a search takes longer than a look.
    if (source.charCodeAt(at) !== first) at = source.indexOf(sign, at);
  }
}

/** Percent-encoding (RFC 3986 §2.1) of UTF-8. A byte that is none stands for a character of ISO 8859-1, as old pages write it. */
export const percentEscapes: Escaping = { sign: '%', escapeAt: octetsAt };

/** Escapes of JSON (RFC 8259 §7) and of strings in scripts: `\"`, `\/`, `\u002e`, `\x2e`, and lines that go on. */
export const scriptEscapes: Escaping = {
  sign: '\\',
  escapeAt(source, at) {
    const letter = source.charCodeAt(at + 1);
    const octet = letter === 0x78 ? octetAt(source, at + 2) : -1;
    if (octet >= 0) return scriptOctets[octet] as Escape;
    const found = letter === 0x75 ? scriptCodeAt(source, at + 2) : undefined;
    if (found !== undefined) return found;
    if (source.startsWith('\r\n', at + 1)) return { length: 3, text: '' };
    const char = source.charAt(at + 1);
    if (char === '') return null;
    return { length: 2, text: char === '\n' ? '' : (controls.get(char) ?? char) };
  },
};

const controls = new Map(Object.entries({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '0': '\0' }));
const inBraces = /\{([0-9a-fA-F]{1,6})\}/y;

/** The escape whose `\u` stands before `at`: four hexadecimal digits, or up to six in braces. Null where no character has that number. */
function scriptCodeAt(source: string, at: number): Escape | null | undefined {
  const code = (octetAt(source, at) << 8) | octetAt(source, at + 2);
  if (code >= 0) return codeEscape(6, code);
  inBraces.lastIndex = at;
  const found = inBraces.exec(source);
  return found ? codeEscape(2 + found[0].length, Number.parseInt(found[1] ?? '', 16)) : undefined;
}

/**
 * Character references of HTML and XML: numbers, also without the `;` that HTML forgives, and the names of what surrounds
 * and divides values.
 */
export const htmlReferences: Escaping = {
  sign: '&',
  escapeAt(source, at) {
    reference.lastIndex = at;
    const found = reference.exec(source);
    if (!found) return null;
    const [whole, decimal, hex, name] = found;
    if (name === undefined) {
      const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16);
      return code > 0 ? codeEscape(whole.length, code) : null;
    }
    const text = whole.endsWith(';') ? named.get(name) : undefined;
    return text === undefined ? null : { length: whole.length, text };
  },
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

function codeEscape(length: number, code: number): Escape | null {
  return code <= 0x10ffff ? { length, text: String.fromCodePoint(code) } : null;
}

/**
 * The character whose bytes of UTF-8 are written one after the other, each as the sign at `at`, `%` or `=`, and two
 * hexadecimal digits; a byte that begins none stands for itself. Null when no byte is written there.
 */
export function octetsAt(source: string, at: number): Escape | null {
  const sign = source.charCodeAt(at);
  const first = sign === 0x25 || sign === 0x3d ? octetAt(source, at + 1) : -1;
  if (first < 0) return null;
  return (first < 0xc2 ? null : characterAt(source, at, first)) ?? (singles[first] as Escape);
}

/** What each octet stands for by itself. */
const singles = octets(3);
const scriptOctets = octets(4);

function octets(length: number): readonly Escape[] {
  return Array.from({ length: 256 }, (_, octet) => ({ length, text: String.fromCharCode(octet) }));
}

/** The character of several octets that begins with this one (RFC 3629 §4); null when they are none. */
function characterAt(source: string, at: number, first: number): Escape | null {
  if (first > 0xf4) return null;
  const count = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  let code = first & (0x7f >> count);
  for (let index = 1; index < count; index += 1) {
    const from = at + 3 * index;
    const next = source.charCodeAt(from) === source.charCodeAt(at) ? octetAt(source, from + 1) : -1;
    if (next < 0x80 || next > 0xbf) return null;
    code = (code << 6) | (next & 0x3f);
  }
  const isOverlong = code < (count === 2 ? 0x80 : count === 3 ? 0x800 : 0x10000);
  const isHalf = code >= 0xd800 && code < 0xe000;
  return isOverlong || isHalf || code > 0x10ffff ? null : { length: 3 * count, text: String.fromCodePoint(code) };
}

/** The value of two hexadecimal digits; negative when they are none. */
function octetAt(source: string, at: number): number {
  return (hexDigit(source.charCodeAt(at)) << 4) | hexDigit(source.charCodeAt(at + 1));
}

/** The value of a hexadecimal digit, by its code; -1 when it is none. */
export function hexDigit(code: number): number {
  return code < 128 ? (digits[code] as number) : -1;
}

/** Of every character of ASCII its value as a hexadecimal digit; -1 when it is none. */
const digits = Int8Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? -1 : value;
});
