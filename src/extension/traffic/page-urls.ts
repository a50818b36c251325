/** Changes of the page's address that are remembered. */
const mostRemembered = 100;

/**
 * Knows which page a request was made for, when it is told of only after another page was loaded.
 *
 * @param clock milliseconds since the epoch
 */
export function createPageUrls(clock: () => number) {
  /** The latest last, each with the time it became known, in seconds since the epoch. */
  let changes: { url: string; at: number }[] = [];

  const latest = () => changes.at(-1)?.url ?? null;

  return {
    latest,

    change(url: string): void {
      changes = [...changes.slice(1 - mostRemembered), { url, at: clock() / 1000 }];
    },

    /**
     * The page that was there at a time; that of now where no load is known to have come after it. A load begins before the address
     * changes, so what was the address then is that of the page before.
     *
     * @param startedAt in seconds since the epoch; null where that is not known
     * @param loads when pages were loaded, in seconds since the epoch
     */
    at(startedAt: number | null, loads: readonly number[]): string | null {
      const next = startedAt === null ? [] : loads.filter((load) => load > startedAt);
      if (next.length === 0) return latest();
      const left = Math.min(...next);
      return changes.findLast(({ at }) => at < left)?.url ?? null;
    },
  };
}
