/**
 * First characters of compressed text kept as text: gzip and zlib, a character a byte, and lz-string's four spellings
 * of what begins with `{`, `[` or `"`, as its bit stream makes them.
 */
const first =
  /(?:\x1f\x8b|\\u001f\x8b|\\u001f\\u008b|x[\x01\x5e\x9c\xda]|[\u08a0-\u08bf\u1100-\u113f\u1b60-\u1b7f\u1be0-\u1bff\u3680-\u36bf\u3780-\u37bf])/y;
const inString =
  /"(?:\x1f\x8b|\\u001f\x8b|\\u001f\\u008b|x[\x9c\xda]|[\u08a0-\u08bf\u1100-\u113f\u1b60-\u1b7f\u1be0-\u1bff\u3680-\u36bf\u3780-\u37bf])/;

/** Whether compressed text may start here. */
export function startsCompressed(text: string, at: number): boolean {
  first.lastIndex = at;
  return first.test(text);
}

/** Whether a string of a JSON text may hold compressed text. */
export function hasCompressedString(text: string): boolean {
  return inString.test(text);
}
