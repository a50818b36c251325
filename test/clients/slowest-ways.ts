/** Of the ways of one client's tokens, the one that was listed last after it had been gone. */
export interface SlowestWay {
  client: string;
  /** How many ways there were. */
  ways: number;
  way: string;
  /** Milliseconds from the moment the stub, or the page, had it to the moment it was seen in the panel. */
  delay: number;
}

/** What a user waits for at most, in milliseconds. Told by `npm run clients`; no test fails for the machine's being busy. */
const mostDelay = 3000;

export function slowestOf(client: string, listed: readonly { way: string; delay: number | null }[]): SlowestWay {
  const [slowest] = [...listed].sort((a, b) => (b.delay ?? 0) - (a.delay ?? 0));
  return { client, ways: listed.length, way: slowest?.way ?? '', delay: slowest?.delay ?? 0 };
}

export const isLate = ({ delay }: SlowestWay) => delay > mostDelay;

/** `Twilio: 2 ways, the slowest listed after 0.41 s: …`. */
export function words({ client, ways, way, delay }: SlowestWay): string {
  return `${client}: ${ways} ways, the slowest listed after ${seconds(delay)}: ${way}`;
}

/** One line for each client, the slowest way of each beside it. */
export function table(slowest: readonly SlowestWay[]): string {
  const width = Math.max(...slowest.map(({ client }) => client.length), 0);
  return slowest
    .map((one) => {
      const late = isLate(one) ? `  over ${mostDelay / 1000} s` : '';
      return `${one.client.padEnd(width)}  ${String(one.ways).padStart(2)} ways  ${seconds(one.delay).padStart(7)}${late}  ${one.way}`;
    })
    .join('\n');
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;

declare module 'vitest' {
  interface TaskMeta {
    slowest?: SlowestWay;
  }
}
