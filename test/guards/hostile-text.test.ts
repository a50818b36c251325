import { expect, test } from 'vitest';
import { type Node, sourceNodes } from './source-nodes.ts';

const nodes = sourceNodes();

/** A piece of an expression: a character, an assertion or a group, and how often it may stand. */
interface Piece {
  isGroup: boolean;
  sequences: Piece[][];
  min: number;
  max: number;
}

/** Reads a regular expression as far as the shape of its repetitions goes. */
function parsePattern(pattern: string): Piece[][] {
  let at = 0;
  return sequences();

  function sequences(): Piece[][] {
    const all: Piece[][] = [[]];
    while (at < pattern.length && pattern[at] !== ')') {
      if (pattern[at] === '|') {
        at += 1;
        all.push([]);
      } else all.at(-1)?.push(piece());
    }
    return all;
  }

  function piece(): Piece {
    let inner: Piece[][] = [];
    const isGroup = pattern[at] === '(';
    if (isGroup) {
      at += /^\((?:\?(?::|<?[=!]|<\w+>))?/.exec(pattern.slice(at))?.[0].length ?? 1;
      inner = sequences();
      at += 1;
    } else if (pattern[at] === '[') {
      at += /^\[(?:\\[\s\S]|[^\]\\])*\]/.exec(pattern.slice(at))?.[0].length ?? 1;
    } else {
      at +=
        /^\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-f]{4}|x[\da-f]{2}|[\s\S])|^[\s\S]/i.exec(pattern.slice(at))?.[0].length ??
        1;
    }
    const [whole = '', sign, least, comma, most] = /^(?:([*+?])|\{(\d+)(,(\d*))?\})\??/.exec(pattern.slice(at)) ?? [];
    at += whole.length;
    const min = sign ? Number(sign === '+') : Number(least ?? 1);
    const max = sign
      ? sign === '?'
        ? 1
        : Number.POSITIVE_INFINITY
      : !comma
        ? min
        : Number(most || Number.POSITIVE_INFINITY);
    return { isGroup, sequences: inner, min, max };
  }
}

/** V8 steps back over a plain `x*` by counting; for these it keeps a note for every round, and its stack is bounded. */
function runsOutOfStack(sequences: Piece[][]): boolean {
  return sequences.flat().some(({ isGroup, sequences: inner, min, max }) => {
    if (!isGroup) return max === Number.POSITIVE_INFINITY && min > 3;
    const isPlain = inner.length === 1 && inner[0]?.every((one) => !one.isGroup && one.min === one.max);
    return (max > 1000 && !isPlain) || runsOutOfStack(inner);
  });
}

const patterns = nodes.flatMap(({ file, node }) => {
  const regex = node.regex as { pattern: string; flags: string } | undefined;
  return node.type === 'Literal' && regex ? [{ file, ...regex }] : [];
});

/** Patterns over texts that are short already. Each says why. */
const short = new Set([
  // 48 characters before a run are looked at.
  'engine/find/triggers.ts /(?:\\bbearer(?:[\\s+]|%20)+|(?:token|jwt|assertion|authorization)\\\\?["\']?\\s*[:=]\\s*\\\\?["\']?)$/',
]);

test('the patterns of the sources are read', () => {
  expect(patterns.length).toBeGreaterThan(400);
  for (const bad of ['(\\.?[\\w-]{6,}):x', '(?:~[\\w-]+(?=~))*~', '"(?:\\\\.|[^"])*"', '(?:a|b)+', 'x(?:(?:ab?)*c)']) {
    expect(runsOutOfStack(parsePattern(bad)), bad).toBe(true);
  }
  for (const good of [
    '[\\w-]{6}[\\w-]*',
    '(?:%[\\da-f]{2})+',
    '[[{"]',
    '(?<![\\w-])(?:a|b){1,126}',
    '\\u{1f600}{2,9}',
  ]) {
    expect(runsOutOfStack(parsePattern(good)), good).toBe(false);
  }
});

test('no pattern runs out of stack on a long text: `x{6}x*` instead of `x{6,}`, and no endless group of alternatives', () => {
  const bad = patterns
    .filter(({ pattern }) => runsOutOfStack(parsePattern(pattern)))
    .map(({ file, pattern }) => `${file} /${pattern}/`);
  expect(bad.filter((one) => !short.has(one))).toEqual([]);
});

/** `/=+$/` on a text full of `=` begins again at every one of them. */
test('no pattern that may begin anywhere begins with an endless repetition', () => {
  const endless = (all: Piece[][]): boolean =>
    all.some(([first, second]) => {
      if (!first || (first.max !== Number.POSITIVE_INFINITY && !first.isGroup)) return false;
      return first.isGroup ? endless(first.sequences) : second !== undefined;
    });
  const bad = patterns
    .filter(({ pattern, flags }) => !flags.includes('y') && endless(parsePattern(pattern)))
    .map(({ file, pattern }) => `${file} /${pattern}/`);
  expect(bad.filter((one) => !bounded.has(one))).toEqual([]);
});

/** Texts of a bounded length; each says why. */
const bounded = new Set([
  // The first 2800 characters.
  'engine/audit/evidence/signature-text.ts /=+$/',
  // Keys are cut to 2000 characters.
  'engine/decode/msal-key.ts /^-|-+$/',
  // An address of the server's own configuration.
  'proxy/key-source.ts /\\/+$/',
]);

const isTable = ({ type, properties }: Node) =>
  type === 'ObjectExpression' && (properties as Node[]).every((one) => one.type === 'Property' && !one.computed);

/** `{ a: 1 }[name]` finds `valueOf` as well. Names from a type's own list are asked of tables declared with that type. */
test('nothing is looked up by a text in an object literal, or in a table of texts without asking for own members', () => {
  const bad = nodes.flatMap(({ file, node, text }) => {
    if (node.type !== 'MemberExpression' || !node.computed) return [];
    const object = node.object as Node;
    const property = node.property as Node;
    const line = `${file}: ${text.slice(node.start, node.end).replace(/\s+/g, ' ').slice(-60)}`;
    if (isTable(object)) return text.slice(property.start, property.end).endsWith('.key') ? [] : [line];
    if (object.type !== 'Identifier' || property.type === 'Literal') return [];
    const declared = new RegExp(`const ${object.name}: (?:Readonly<)?Record<string, [^=]*= \\{`).test(text);
    return declared && !text.includes(`Object.hasOwn(${object.name}, `) && !isWritten(node, text) ? [line] : [];
  });
  expect(bad.filter((one) => !known.has(one))).toEqual([]);
});

function isWritten({ end }: Node, text: string): boolean {
  return /^\s*=[^=]/.test(text.slice(end));
}

/** Looked up by a name of Roomkey’s own; each says whose. */
const known = new Set<string>([
  // Ids of encodings.
  'engine/find/detect.ts: signs[id]',
  // Unions of the model, never read from a text.
  "engine/report/formats/report-words.ts: : 'never expires', unknown: 'no time can be read', }[status]",
  "engine/recognise/providers/livekit/livekit.ts: '`video.roomJoin` is not true, so it joins no room', }[role]",
  'engine/audit/rules/time/lifetime-long.ts: kindWords[key]',
  "engine/find/sources/url-snippets.ts: { path: ' path', query: ' ?', fragment: ' #' }[urlPart]",
  // Members of the server's own configuration.
  'proxy/environment.ts: wanted[member]',
  // One character.
  "engine/recognise/providers/jitsi/lua-pattern.ts: *': '*', '+': '+', '-': '*?', '?': '?' }[pattern.charAt(at)]",
]);
