/** ASCII classes of Lua patterns (Lua 5.1 manual §5.4.1), as the inside of a JavaScript set. */
const classes: Record<string, string> = {
  a: 'A-Za-z',
  c: '\\u0000-\\u001f\\u007f',
  d: '0-9',
  l: 'a-z',
  p: '\\u0021-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u007e',
  s: '\\u0009-\\u000d\\u0020',
  u: 'A-Z',
  w: 'A-Za-z0-9',
  x: 'A-Fa-f0-9',
};

/**
 * Whether a Lua pattern is found anywhere in a text; null where it cannot be told (balanced pairs, back references, a
 * pattern that is none). Quantifiers stand behind single characters only, so all ways to match are followed side by side:
 * the time grows with pattern times text, whatever the pattern.
 */
export function luaFinds(pattern: string, text: string): boolean | null {
  if (text.length > 256) return null;
  const parsed = parse(pattern);
  if (parsed === null) return null;
  const { items, fromStart, toEnd } = parsed;
  const last = items.length;
  const characters = Array.from(text);
  let states = reach(new Set([0]), items);
  for (const character of characters) {
    if (states.has(last) && !toEnd) return true;
    const next = new Set<number>();
    for (const at of states) {
      const item = items[at];
      if (!item?.one.test(character)) continue;
      next.add(at + 1);
      if (item.repeats) next.add(at);
    }
    if (!fromStart) next.add(0);
    states = reach(next, items);
  }
  return states.has(last);
}

/** The states that need no further character: what is optional may be left out. */
function reach(states: Set<number>, items: readonly Step[]): Set<number> {
  // A set visits what is added while it is walked.
  for (const at of states) if (items[at]?.optional) states.add(at + 1);
  return states;
}

/** What the server refuses, or what is JavaScript and not Lua: a clause that follows "is read as a Lua pattern, and". Null when fine. */
export function luaPatternProblem(pattern: string): string | null {
  if (pattern.length > 128) return `it is ${pattern.length} characters long, where 128 are allowed`;
  const javascript = /\\[dwsbDWSB]|\||\(\?[:=!<]|\{\d+(?:,\d*)?\}/.exec(pattern);
  if (javascript) return `\`${javascript[0]}\` means nothing there`;
  const single = pattern.replace(/%./g, 'a').replace(/\[[^\]]*\]/g, 'a');
  const quantifiers = single.match(/[*+?-]/g)?.length ?? 0;
  return quantifiers > 3 ? `it has ${quantifiers} quantifiers, where three are allowed` : null;
}

const literal = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** One character of a pattern, and how often it may come. */
interface Step {
  one: RegExp;
  optional: boolean;
  repeats: boolean;
}

function parse(pattern: string): { items: Step[]; fromStart: boolean; toEnd: boolean } | null {
  if (luaPatternProblem(pattern) !== null) return null;
  const items: Step[] = [];
  const fromStart = pattern.startsWith('^');
  let at = fromStart ? 1 : 0;
  while (at < pattern.length) {
    const character = pattern.charAt(at);
    if (character === '(' || character === ')') {
      at += 1;
      continue;
    }
    if (character === '$' && at === pattern.length - 1) return { items, fromStart, toEnd: true };
    const item = character === '[' ? set(pattern, at) : single(pattern, at);
    if (item === null) return null;
    at = item.end;
    const quantifier = pattern.charAt(at);
    const isQuantified = quantifier !== '' && '*+-?'.includes(quantifier);
    // A greedy and a reluctant repetition find the same texts, only not the same part of them.
    items.push({
      one: new RegExp(`^${item.source}$`, 'sv'),
      optional: isQuantified && quantifier !== '+',
      repeats: isQuantified && quantifier !== '?',
    });
    if (isQuantified) at += 1;
  }
  return { items, fromStart, toEnd: false };
}

interface Item {
  source: string;
  end: number;
}

function single(pattern: string, at: number): Item | null {
  const character = pattern.charAt(at);
  if (character === '.') return { source: '.', end: at + 1 };
  if (character !== '%') return { source: literal(character), end: at + 1 };
  const next = pattern.charAt(at + 1);
  // %b pairs, %f frontiers and %1 back references have no like here.
  if (next === '' || /[bf\d]/.test(next)) return null;
  return { source: `[${escaped(next)}]`, end: at + 2 };
}

/** What follows a percent sign, for use inside a set: a class, its complement in upper case, or the character itself. */
function escaped(character: string): string {
  const inside = Object.hasOwn(classes, character.toLowerCase()) ? classes[character.toLowerCase()] : undefined;
  if (inside === undefined) return literal(character);
  return character === character.toLowerCase() ? inside : `[^${inside}]`;
}

function set(pattern: string, start: number): Item | null {
  let at = start + 1;
  const negated = pattern.charAt(at) === '^';
  if (negated) at += 1;
  let inside = '';
  const first = at;
  while (at < pattern.length && (at === first || pattern.charAt(at) !== ']')) {
    const character = pattern.charAt(at);
    if (character === '%') {
      const next = pattern.charAt(at + 1);
      if (next === '') return null;
      inside += escaped(next);
      at += 2;
    } else if (pattern.charAt(at + 1) === '-' && at + 2 < pattern.length && pattern.charAt(at + 2) !== ']') {
      const last = pattern.charAt(at + 2);
      // An empty range matches nothing in Lua and is an error in JavaScript.
      if (character <= last) inside += `${literal(character)}-${literal(last)}`;
      at += 3;
    } else {
      inside += literal(character);
      at += 1;
    }
  }
  return at < pattern.length ? { source: `[${negated ? '^' : ''}${inside}]`, end: at + 1 } : null;
}
