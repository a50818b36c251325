import { walkJson } from './json.ts';

/** What a JSON string may be made of (RFC 8259 §7): plain characters, then some escapes. */
const wellFormed = /[^\u0000-\u001f"\\]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})){0,100}/y;

/** Offset of the first thing in a text that keeps it from being one JSON value; null when nothing does. Linear, no recursion. */
export function jsonFault(text: string): number | null {
  let inString: number | null = null;
  const check = (start: number, end: number) => {
    if (inString !== null) return;
    // A stretch at a time: an expression over all of a long string would run out of stack.
    for (let at = start, before = -1; at > before; at = wellFormed.lastIndex) {
      before = at;
      wellFormed.lastIndex = at;
      wellFormed.test(text);
    }
    if (wellFormed.lastIndex < end) inString = wellFormed.lastIndex;
  };
  const end = walkJson(text, { string: check, member: check });
  if (inString !== null) return inString;
  if (end < 0) return -end - 1;
  // What follows the end may be white space, of which JSON knows less than the platform.
  const more = text.slice(end).search(/[^ \t\n\r]/);
  return more < 0 ? null : end + more;
}

/** Where in a text something stands, for people: "line 2, column 5". */
export function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n?|\n/);
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
