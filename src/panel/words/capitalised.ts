/** Words that begin small, because others put a name before them, as the beginning of a line. */
export function capitalised(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
