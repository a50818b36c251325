/** What the server needs from the world, so that tests can give it another. */
export interface Surroundings {
  /** Seconds since the epoch. */
  now(): number;
  fetch: typeof fetch;
  /** Waits; rejects when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Aborts when so much time has passed. */
  deadline(ms: number): AbortSignal;
  log(entry: LogEntry): void;
}

/** One line of the structured log. No member ever holds a token or a key. */
export interface LogEntry {
  event: 'started' | 'warning' | 'stopping' | 'request' | 'upstream' | 'error';
  [member: string]: string | number | boolean | null;
}

export const realSurroundings: Surroundings = {
  now: () => Date.now() / 1000,
  fetch: (...args) => fetch(...args),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    }),
  deadline: (ms) => AbortSignal.timeout(ms),
  log: (entry) => console.log(JSON.stringify({ time: new Date().toISOString(), ...entry })),
};
