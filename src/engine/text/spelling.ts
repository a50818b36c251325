/**
 * The known name a misspelt one was probably meant to be, or null: equal but for case, `_` and `-`, or one letter off
 * (added, lost, changed, swapped) in names of five letters and more.
 */
export function closestName(name: string, known: readonly string[]): string | null {
  if (name.length === 0 || name.length > 64) return null;
  const folded = fold(name);
  return known.find((other) => fold(other) === folded) ?? known.find((other) => isOneOff(folded, fold(other))) ?? null;
}

const fold = (name: string) => name.toLowerCase().replace(/[-_\s]/g, '');

function isOneOff(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 5 || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const tail = (text: string, from: number) => text.slice(from);
  return (
    tail(a, start + 1) === tail(b, start) ||
    tail(a, start) === tail(b, start + 1) ||
    tail(a, start + 1) === tail(b, start + 1) ||
    (a[start] === b[start + 1] && a[start + 1] === b[start] && tail(a, start + 2) === tail(b, start + 2))
  );
}
