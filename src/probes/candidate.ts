/** Whether a text could hold a token at all, in whatever encoding: a cheap superset that spares copying the rest about. */
export function isCandidate(text: string): boolean {
  return text.length >= 16 && (/[A-Za-z0-9+/_-]{16}/.test(text) || /(?:[^\0-\x7f][\s\S]{0,4}){8}/.test(text));
}
