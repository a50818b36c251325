/** Characters of ASCII that belong together, for finding where a run of them ends without an expression's memory. */
export interface CharacterClass {
  has: Uint8Array;
  /** As many of them as make a run worth a look. */
  enough: RegExp;
}

/** A class by its characters as in brackets of an expression, and the least length of a run. */
export function characterClass(characters: string, least: number): CharacterClass {
  const one = new RegExp(`[${characters}]`);
  const has = new Uint8Array(128);
  for (let code = 0; code < 128; code += 1) if (one.test(String.fromCharCode(code))) has[code] = 1;
  return { has, enough: new RegExp(`[${characters}]{${least}}`, 'g') };
}

/** Offset after the last character of the class from `from` on. */
export function runEnd(text: string, from: number, { has }: CharacterClass): number {
  let end = from;
  for (let code = text.charCodeAt(end); code < 128 && has[code] === 1; code = text.charCodeAt(end)) end += 1;
  return end;
}

/** Offset of the first character of the class that leads up to `to` without a break, not before `floor`. */
export function runStart(text: string, to: number, { has }: CharacterClass, floor = 0): number {
  let start = to;
  while (start > floor) {
    const code = text.charCodeAt(start - 1);
    if (code >= 128 || has[code] !== 1) break;
    start -= 1;
  }
  return start;
}

/** The next run of the class at `from` or later; null when there is none. */
export function nextRun(text: string, from: number, one: CharacterClass): { start: number; end: number } | null {
  one.enough.lastIndex = from;
  const found = one.enough.exec(text);
  return found ? { start: found.index, end: runEnd(text, found.index, one) } : null;
}

/** Where the first character that ends a value stands from `from` on; the end of the text when there is none. `stop` is global. */
export function stopAt(text: string, from: number, stop: RegExp): number {
  stop.lastIndex = from;
  return stop.exec(text)?.index ?? text.length;
}
