/** Look-ups that may be made at once, after a quiet time. */
const most = 20;
/** Seconds until there is one more. */
const everySeconds = 1.5;
/** Most names that wait for their turn. */
const mostWaiting = 1000;

/**
 * Whose turn it is to be looked up at a server that anybody can have asked for made-up names. What is asked for most often
 * goes first: a made-up name has its turn once and is known then, while a genuine one comes back with every token, so
 * that no flood of names keeps it out.
 */
export function createLookupTurns(now: () => number) {
  const waiting = new Map<string, number>();
  let left = most;
  let at = now();

  /** Names to look up now, since this one is asked for; without this one where it has to wait. */
  return function turnsFor(name: string): string[] {
    refill();
    const asked = (waiting.get(name) ?? 0) + 1;
    if (!waiting.has(name)) makeRoom();
    waiting.set(name, asked);
    const turns: string[] = [];
    while (left >= 1 && waiting.size > 0 && !turns.includes(name)) {
      const next = first();
      waiting.delete(next);
      turns.push(next);
      left -= 1;
    }
    return turns;
  };

  function refill() {
    // A clock that was set back must not stop the look-ups.
    const passed = Math.abs(now() - at);
    at = now();
    left = Math.min(most, left + passed / everySeconds);
    // So long a silence has made an end of whatever was asked before.
    if (left === most) waiting.clear();
  }

  /** The name that was asked for most; of several, the one that waits longest. */
  function first(): string {
    let best = '';
    let count = 0;
    for (const [name, asked] of waiting) if (asked > count) [best, count] = [name, asked];
    return best;
  }

  /** The oldest of those that were asked for least goes. */
  function makeRoom() {
    if (waiting.size < mostWaiting) return;
    let least = '';
    let count = Number.POSITIVE_INFINITY;
    for (const [name, asked] of waiting) if (asked < count) [least, count] = [name, asked];
    waiting.delete(least);
  }
}
