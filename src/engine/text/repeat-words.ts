/**
 * "and 4,997 more times, 12 of them at other addresses, last at 2026-11-20 13:00:00 UTC". `count` is 1 or more, `elsewhere`
 * at most that; `lastAt`, in seconds since the epoch or null, is written by `timeWords`.
 */
export function repeatWords(
  { count, elsewhere, lastAt }: { count: number; elsewhere: number; lastAt: number | null },
  timeWords: (at: number) => string,
): string {
  const last = lastAt === null ? null : timeWords(lastAt);
  if (count === 1) {
    return `and once more${elsewhere > 0 ? ' at another address' : ''}${last === null ? '' : `, at ${last}`}`;
  }
  const others = elsewhere === count ? ' at other addresses' : `, ${counted(elsewhere)} of them at other addresses`;
  return `and ${counted(count)} more times${elsewhere > 0 ? others : ''}${last === null ? '' : `, last at ${last}`}`;
}

function counted(count: number): string {
  return count.toLocaleString('en-US');
}
