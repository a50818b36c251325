/** What an expression says, read from its text in the syntax of JavaScript. */
export type Test = (code: number) => boolean;

export type Node =
  | { is: 'one'; test: Test }
  | { is: 'edge'; holds: (before: number, after: number) => boolean }
  | { is: 'all'; parts: Node[] }
  | { is: 'any'; ways: Node[] }
  | { is: 'repeat'; part: Node; least: number; most: number };

/** No character: before the first, and behind the last. */
export const none = -1;

/** Why an expression cannot be read, as a clause. */
export class PatternError extends Error {}

/** Deepest group in a group. */
const deepest = 50;

interface Cursor {
  source: string;
  at: number;
  depth: number;
}

/** Throws `PatternError` for what is no expression, and for what only trying can decide (`(?=…)`, `\\1`). */
export function readSyntax(source: string): Node {
  const cursor: Cursor = { source, at: 0, depth: 0 };
  const node = ways(cursor);
  if (cursor.at < source.length) throw new PatternError('a group is closed that was not opened');
  return node;
}

function peek({ source, at }: Cursor): string | undefined {
  return source[at];
}

function take(cursor: Cursor, text: string): boolean {
  const isThere = cursor.source.startsWith(text, cursor.at);
  if (isThere) cursor.at += text.length;
  return isThere;
}

function ways(cursor: Cursor): Node {
  if (cursor.depth > deepest) throw new PatternError('its groups are nested too deeply');
  const all = [sequence(cursor)];
  while (take(cursor, '|')) all.push(sequence(cursor));
  return all.length === 1 ? (all[0] as Node) : { is: 'any', ways: all };
}

function sequence(cursor: Cursor): Node {
  const parts: Node[] = [];
  while (cursor.at < cursor.source.length && peek(cursor) !== '|' && peek(cursor) !== ')')
    parts.push(repeated(cursor, single(cursor)));
  return { is: 'all', parts };
}

function repeated(cursor: Cursor, part: Node): Node {
  const bounds = bounded(cursor);
  if (!bounds) return part;
  // A lazy one matches the same texts.
  take(cursor, '?');
  if (part.is === 'edge') throw new PatternError('there is nothing to repeat');
  return { is: 'repeat', part, ...bounds };
}

function bounded(cursor: Cursor): { least: number; most: number } | null {
  if (take(cursor, '*')) return { least: 0, most: Number.POSITIVE_INFINITY };
  if (take(cursor, '+')) return { least: 1, most: Number.POSITIVE_INFINITY };
  if (take(cursor, '?')) return { least: 0, most: 1 };
  const [whole, from, comma, to] =
    /^\{(\d{1,4})(,?)(\d{0,4})\}/.exec(cursor.source.slice(cursor.at, cursor.at + 16)) ?? [];
  if (whole === undefined) return null;
  cursor.at += whole.length;
  const least = Number(from);
  const most = to ? Number(to) : comma ? Number.POSITIVE_INFINITY : least;
  if (most < least) throw new PatternError('a repetition ends before it begins');
  return { least, most };
}

function single(cursor: Cursor): Node {
  if (take(cursor, '(')) return group(cursor);
  if (take(cursor, '[')) return { is: 'one', test: set(cursor) };
  if (take(cursor, '.')) return { is: 'one', test: (code) => code !== 10 && code !== 13 };
  if (take(cursor, '^')) return { is: 'edge', holds: (before) => before === none };
  if (take(cursor, '$')) return { is: 'edge', holds: (_, after) => after === none };
  if (take(cursor, '\\')) return escaped(cursor);
  if (/[*+?]/.test(peek(cursor) ?? '')) throw new PatternError('there is nothing to repeat');
  return { is: 'one', test: sameLetter(next(cursor)) };
}

function group(cursor: Cursor): Node {
  const isNamed = /^\?<[a-z]\w*>/i.exec(cursor.source.slice(cursor.at, cursor.at + 60))?.[0];
  if (isNamed) cursor.at += isNamed.length;
  else if (!take(cursor, '?:') && peek(cursor) === '?')
    throw new PatternError('looking ahead or back is not supported');
  cursor.depth += 1;
  const inside = ways(cursor);
  cursor.depth -= 1;
  if (!take(cursor, ')')) throw new PatternError('a group is not closed');
  return inside;
}

function escaped(cursor: Cursor): Node {
  const letter = peek(cursor) ?? '';
  if (take(cursor, 'b')) return { is: 'edge', holds: (before, after) => isWord(before) !== isWord(after) };
  if (take(cursor, 'B')) return { is: 'edge', holds: (before, after) => isWord(before) === isWord(after) };
  if (/[1-9k]/.test(letter)) throw new PatternError('what a group matched cannot be asked for again');
  return { is: 'one', test: kindOf(cursor, letter) ?? sameLetter(escapedCode(cursor)) };
}

/** `\d` and its like; null for another character. */
function kindOf(cursor: Cursor, letter: string): Test | null {
  const kind = kinds[letter.toLowerCase()];
  if (!kind) return null;
  cursor.at += 1;
  return letter === letter.toLowerCase() ? kind : (code) => !kind(code);
}

function escapedCode(cursor: Cursor): number {
  const [whole, hex, long, braced] =
    /^(?:x([\da-f]{2})|u([\da-f]{4})|u\{([\da-f]{1,6})\})/i.exec(cursor.source.slice(cursor.at, cursor.at + 10)) ?? [];
  if (whole !== undefined) {
    cursor.at += whole.length;
    return Number.parseInt(hex ?? long ?? braced ?? '', 16);
  }
  const code = next(cursor);
  return controls[String.fromCodePoint(code)] ?? code;
}

function set(cursor: Cursor): Test {
  const isNegated = take(cursor, '^');
  const tests: Test[] = [];
  while (!take(cursor, ']')) {
    if (cursor.at >= cursor.source.length) throw new PatternError('a set of characters is not closed');
    tests.push(range(cursor));
  }
  return (code) => tests.some((test) => test(code)) !== isNegated;
}

function range(cursor: Cursor): Test {
  const first = member(cursor);
  if (typeof first !== 'number') return first;
  if (peek(cursor) !== '-' || cursor.source[cursor.at + 1] === ']' || cursor.at + 1 >= cursor.source.length)
    return sameLetter(first);
  cursor.at += 1;
  const last = member(cursor);
  if (typeof last !== 'number') return (code) => code === first || code === 0x2d || last(code);
  if (last < first) throw new PatternError('a range of characters ends before it begins');
  return (code) => spellings(code).some((one) => one >= first && one <= last);
}

function member(cursor: Cursor): number | Test {
  if (!take(cursor, '\\')) return next(cursor);
  return kindOf(cursor, peek(cursor) ?? '') ?? (take(cursor, 'b') ? 8 : escapedCode(cursor));
}

function next(cursor: Cursor): number {
  const code = cursor.source.codePointAt(cursor.at);
  if (code === undefined) throw new PatternError('it ends too early');
  cursor.at += code > 0xffff ? 2 : 1;
  return code;
}

const isWord: Test = (code) =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;

const kinds: Partial<Record<string, Test>> = {
  d: (code) => code >= 48 && code <= 57,
  w: isWord,
  s: (code) => code !== none && /\s/.test(String.fromCodePoint(code)),
};

const controls: Partial<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, '0': 0 };

/** A character, and as it is in the other case. */
function spellings(code: number): number[] {
  const text = String.fromCodePoint(code);
  return [code, text.toLowerCase().codePointAt(0) ?? code, text.toUpperCase().codePointAt(0) ?? code];
}

function sameLetter(code: number): Test {
  const all = new Set(spellings(code));
  return (other) => all.has(other);
}
