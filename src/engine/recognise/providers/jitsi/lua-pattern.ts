/**
 * What Lua's `string.match` does with a pattern (Lua 5.4 manual §6.4.1 and §6.4.2), in the C locale, for names of ASCII characters:
 * an unanchored pattern is found anywhere, and what comes back is the first capture, or without captures what was matched.
 */

/** Characters of the classes `%a`, `%d` …; a capital letter stands for all others. */
const classes: Record<string, (code: number) => boolean> = {
  a: isLetter,
  c: (code) => code < 32 || code === 127,
  d: isDigit,
  g: (code) => code > 32 && code < 127,
  l: isLower,
  p: (code) => code > 32 && code < 127 && !isLetter(code) && !isDigit(code),
  s: (code) => code === 32 || (code >= 9 && code <= 13),
  u: isUpper,
  w: (code) => isLetter(code) || isDigit(code),
  x: (code) => isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102),
};

type Test = (code: number) => boolean;
type Quantifier = '' | '*' | '+' | '-' | '?';

type Item =
  | { is: 'one'; test: Test; quantifier: Quantifier }
  | { is: 'open' | 'position' }
  | { is: 'close'; capture: number }
  | { is: 'balanced'; open: number; close: number }
  | { is: 'frontier'; test: Test }
  | { is: 'again'; capture: number };

interface Pattern {
  items: Item[];
  fromStart: boolean;
  toEnd: boolean;
  captures: number;
}

/** Longest text and pattern that are matched, in characters. */
const longest = 1024;
/**
 * Steps after which a pattern with back references is given up; without them no step is made twice. A page is judged again and again,
 * each time against several addresses, so what one pattern costs has to be next to nothing.
 */
const mostSteps = 20_000;

/**
 * What `string.match` returns for a pattern and a text: null where it is not found.
 *
 * @returns `problem` where Lua refuses the pattern, or it is too much to tell
 */
export function luaMatch(pattern: string, text: string): { found: string | null } | { problem: string } {
  if (pattern.length > longest || text.length > longest) return { problem: 'it is too long to be tried' };
  const parsed = parse(pattern);
  return typeof parsed === 'string' ? { problem: parsed } : search(parsed, text);
}

/** Where a capture began and ended; an end of -1 stands for a position. */
type Captures = readonly (readonly [start: number, end: number])[];

function search({ items, fromStart, toEnd }: Pattern, text: string): { found: string | null } | { problem: string } {
  const isMemorable = items.every(({ is }) => is !== 'again');
  /** Item and place from which nothing matches, whatever came before. */
  const failed = new Set<number>();
  let steps = 0;

  /** Captures, with the whole match in front; null where the items from `at` on do not match. */
  function match(at: number, from: number, begun: number, captures: Captures): Captures | null {
    const key = at * (text.length + 2) + from;
    if (failed.has(key) || steps > mostSteps) return null;
    steps += 1;
    const found = matchItem(at, from, begun, captures);
    if (found === null && isMemorable) failed.add(key);
    return found;
  }

  function matchItem(at: number, from: number, begun: number, captures: Captures): Captures | null {
    const item = items[at];
    if (item === undefined) return toEnd && from !== text.length ? null : [[begun, from], ...captures];
    const go = (next: number, more: Captures = captures) => match(at + 1, next, begun, more);
    switch (item.is) {
      case 'one':
        return repeated(item, from, go);
      case 'open':
        return go(from, [...captures, [from, from]]);
      case 'position':
        return go(from, [...captures, [from, -1]]);
      case 'close':
        return go(
          from,
          captures.map((one, index) => (index === item.capture ? [one[0], from] : one)),
        );
      case 'balanced': {
        const end = endOfBalanced(text, from, item);
        return end === null ? null : go(end);
      }
      case 'frontier':
        return !item.test(codeAt(text, from - 1)) && item.test(codeAt(text, from)) ? go(from) : null;
      case 'again': {
        const [start, end] = captures[item.capture] ?? [0, 0];
        const said = text.slice(start, Math.max(start, end));
        return text.startsWith(said, from) ? go(from + said.length) : null;
      }
    }
  }

  function repeated(
    { test, quantifier }: Extract<Item, { is: 'one' }>,
    from: number,
    go: (next: number) => Captures | null,
  ): Captures | null {
    const fits = (place: number) => place < text.length && test(text.charCodeAt(place));
    if (quantifier === '') return fits(from) ? go(from + 1) : null;
    if (quantifier === '?') return (fits(from) ? go(from + 1) : null) ?? go(from);
    if (quantifier === '-') {
      for (let place = from; ; place += 1) {
        const found = go(place);
        if (found !== null || !fits(place)) return found;
      }
    }
    let end = from;
    while (fits(end)) end += 1;
    for (const least = quantifier === '+' ? from + 1 : from; end >= least; end -= 1) {
      const found = go(end);
      if (found !== null) return found;
    }
    return null;
  }

  for (let start = 0; start <= (fromStart ? 0 : text.length); start += 1) {
    const captures = match(0, start, start, []);
    if (captures) return { found: returned(captures, text) };
    if (steps > mostSteps) return { problem: 'it takes too long to be tried' };
  }
  return { found: null };
}

function returned([whole, first]: Captures, text: string): string {
  const [start, end] = first ?? whole ?? [0, 0];
  return end === -1 ? String(start + 1) : text.slice(start, end);
}

function endOfBalanced(text: string, from: number, { open, close }: { open: number; close: number }): number | null {
  if (codeAt(text, from) !== open || from >= text.length) return null;
  let depth = 1;
  for (let place = from + 1; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    // Lua asks for the closing one first, which counts where both are the same.
    if (code === close) {
      depth -= 1;
      if (depth === 0) return place + 1;
    } else if (code === open) depth += 1;
  }
  return null;
}

/** Before the first and behind the last character Lua sees a zero. */
function codeAt(text: string, place: number): number {
  return place < 0 || place >= text.length ? 0 : text.charCodeAt(place);
}

/** Quantifiers in a pattern as the server counts them; it knows no `]` in front of a set. */
export function countQuantifiers(pattern: string): number {
  let count = 0;
  let isInSet = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === '%') at += 1;
    else if (isInSet) isInSet = character !== ']';
    else if (character === '[') isInSet = true;
    else if ('*+-?'.includes(character)) count += 1;
  }
  return count;
}

/** Longest room name that the server tries against a pattern (`token_regex_room_max_length`). */
const longestRoom = 128;
/** Most quantifiers in a pattern that the server tries (`token_regex_max_quantifiers`). */
export const mostQuantifiers = 3;

/** What the server finds by a pattern in a room's name: null where it does not fit, undefined where it refuses to try or cannot. */
export function foundInRoom(pattern: string, room: string): string | null | undefined {
  if (room.length > longestRoom || countQuantifiers(pattern) > mostQuantifiers) return undefined;
  const answer = luaMatch(pattern, room);
  return 'found' in answer ? answer.found : undefined;
}

/** What is a regular expression of JavaScript and means nothing, or something else, in Lua; null where there is nothing of it. */
export function foreignIn(pattern: string): string | null {
  return /\\[dwsbDWSB]|\||\(\?[:=!<]|\{\d+(?:,\d*)?\}/.exec(pattern)?.[0] ?? null;
}

/** What is wrong with it, in words that follow "as a Lua pattern", where Lua refuses it. */
function parse(pattern: string): Pattern | string {
  const items: Item[] = [];
  const fromStart = pattern.startsWith('^');
  /** Captures that are not closed, the latest last. */
  const open: number[] = [];
  let captures = 0;
  let at = fromStart ? 1 : 0;
  while (at < pattern.length) {
    const character = pattern.charAt(at);
    const next = pattern.charAt(at + 1);
    if (character === '$' && at === pattern.length - 1) return done(true);
    if (character === '(') {
      const isPosition = next === ')';
      items.push({ is: isPosition ? 'position' : 'open' });
      if (!isPosition) open.push(captures);
      captures += 1;
      at += isPosition ? 2 : 1;
    } else if (character === ')') {
      const capture = open.pop();
      if (capture === undefined) return 'it closes a capture that none opens';
      items.push({ is: 'close', capture });
      at += 1;
    } else if (character === '%' && next === 'b') {
      if (at + 3 >= pattern.length) return '`%b` lacks its two characters';
      items.push({ is: 'balanced', open: pattern.charCodeAt(at + 2), close: pattern.charCodeAt(at + 3) });
      at += 4;
    } else if (character === '%' && next === 'f') {
      const set = pattern.charAt(at + 2) === '[' ? setAt(pattern, at + 2) : null;
      if (set === null) return '`%f` lacks its set';
      items.push({ is: 'frontier', test: set.test });
      at = set.end;
    } else if (character === '%' && /\d/.test(next)) {
      const capture = Number(next) - 1;
      if (capture < 0 || capture >= captures || open.includes(capture)) return `\`%${next}\` names no capture`;
      items.push({ is: 'again', capture });
      at += 2;
    } else {
      const one = oneAt(pattern, at);
      if (one === null) return character === '[' ? 'a set lacks its `]`' : 'it ends with `%`';
      const sign = pattern.charAt(one.end);
      const quantifier = sign !== '' && '*+-?'.includes(sign) ? (sign as Quantifier) : '';
      items.push({ is: 'one', test: one.test, quantifier });
      at = one.end + quantifier.length;
    }
    if (captures > 32) return 'it has more than 32 captures';
  }
  return done(false);

  function done(toEnd: boolean): Pattern | string {
    return open.length > 0 ? 'a capture is not closed' : { items, fromStart, toEnd, captures };
  }
}

interface One {
  test: Test;
  end: number;
}

function oneAt(pattern: string, at: number): One | null {
  const character = pattern.charAt(at);
  if (character === '.') return { test: () => true, end: at + 1 };
  if (character === '[') return setAt(pattern, at);
  if (character !== '%') return { test: equal(character), end: at + 1 };
  const next = pattern.charAt(at + 1);
  return next === '' ? null : { test: classOf(next), end: at + 2 };
}

function classOf(character: string): Test {
  const lower = character.toLowerCase();
  const test = Object.hasOwn(classes, lower) ? classes[lower] : undefined;
  if (!test) return equal(character);
  return character === lower ? test : (code) => !test(code);
}

function setAt(pattern: string, start: number): One | null {
  let at = start + 1;
  const isNegated = pattern.charAt(at) === '^';
  if (isNegated) at += 1;
  const tests: Test[] = [];
  const first = at;
  for (;;) {
    const character = pattern.charAt(at);
    if (character === '') return null;
    if (character === ']' && at > first) break;
    const last = pattern.charAt(at + 2);
    if (character === '%') {
      const next = pattern.charAt(at + 1);
      if (next === '') return null;
      tests.push(classOf(next));
      at += 2;
    } else if (pattern.charAt(at + 1) === '-' && last !== '' && last !== ']') {
      const [low, high] = [character.charCodeAt(0), last.charCodeAt(0)];
      tests.push((code) => code >= low && code <= high);
      at += 3;
    } else {
      tests.push(equal(character));
      at += 1;
    }
  }
  return { test: (code) => tests.some((test) => test(code)) !== isNegated, end: at + 1 };
}

function equal(character: string): Test {
  const wanted = character.charCodeAt(0);
  return (code) => code === wanted;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLower(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

function isLetter(code: number): boolean {
  return isLower(code) || isUpper(code);
}
