/** Wrong access keys that are free, so that a typing mistake costs nothing. */
const free = 5;
/** Longest wait after one more, in seconds. */
const longestWait = 60;
/** After so long without a wrong key a client starts afresh, in seconds. */
const forgetAfter = 900;
/** Most clients that are remembered; the longest quiet ones make room. */
const mostClients = 10_000;

/**
 * Slows down who sends wrong access keys: from the fifth on, each doubles the wait, up to a minute. Counted by client, so
 * that nobody can lock out another. While a client waits its keys are not looked at, or guessing would go on.
 */
export function createWrongKeys(now: () => number) {
  const clients = new Map<string, { wrong: number; at: number; until: number }>();
  return {
    /** Seconds until a key of this client is looked at again; 0 for now. */
    waitSeconds(client: string): number {
      const left = (clients.get(client)?.until ?? 0) - now();
      // A clock that was set back must not lock anybody out for longer.
      return left > 0 && left <= longestWait ? Math.ceil(left) : 0;
    },
    wrong(client: string): void {
      const at = now();
      const known = clients.get(client);
      const wrong = (known && Math.abs(at - known.at) < forgetAfter ? known.wrong : 0) + 1;
      const wait = wrong < free ? 0 : Math.min(2 ** (wrong - free), longestWait);
      clients.delete(client);
      for (const longestQuiet of clients.keys()) {
        if (clients.size < mostClients) break;
        clients.delete(longestQuiet);
      }
      clients.set(client, { wrong, at, until: at + wait });
    },
    right(client: string): void {
      clients.delete(client);
    },
  };
}
