import { computed, signal } from '@preact/signals';
import type { Exchange, Problem } from '../../engine/model/capture.ts';
import type { Traffic, Unread } from '../../engine/model/traffic.ts';
import type { InspectClient } from '../workers/inspect-client.ts';

export interface TrafficOptions {
  client: Pick<InspectClient, 'ask'>;
  fail: (error: unknown) => void;
}

/** Exchanges that wait to be searched at most. */
const mostWaiting = 5000;

/** What the page's requests carry: searched in the order they became known, many at a time where they come fast. */
export function createTraffic({ client, fail }: TrafficOptions) {
  const unread = signal<Unread>({ media: 0, large: 0, lost: 0, skipped: 0 });
  /** How many could not even wait. */
  const overrun = signal(0);
  let waiting: Exchange[] = [];
  let isRunning = false;

  async function searchAll(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    while (waiting.length > 0) {
      const exchanges = waiting;
      waiting = [];
      await client.ask({ kind: 'traffic', exchanges }).catch(fail);
    }
    isRunning = false;
  }

  return {
    /** What was not read of it, in a sentence or none. */
    problems: computed<Problem[]>(() => problemsOf({ ...unread.value, skipped: unread.value.skipped + overrun.value })),

    add({ exchanges, unread: counts }: Traffic): void {
      unread.value = counts;
      waiting.push(...exchanges);
      const tooMany = waiting.length - mostWaiting;
      if (tooMany > 0) {
        waiting.splice(0, tooMany);
        overrun.value += tooMany;
      }
      void searchAll();
    },
  };
}

function problemsOf({ media, large, lost, skipped }: Unread): Problem[] {
  if (large + lost + skipped === 0) return [];
  const kinds = [
    [large, 'too large'],
    [lost, 'no longer there, or not handed over in time'],
    [media, 'media, fonts or styles'],
  ] as const;
  const told = kinds.filter(([count]) => count > 0).map(([count, what]) => `${count.toLocaleString('en')} ${what}`);
  const replies = told.length > 0 ? `Bodies of replies that were not read: ${told.join(', ')}.` : '';
  const requests =
    skipped > 0 ? `${skipped.toLocaleString('en')} requests were not searched: there were too many at once.` : '';
  return [{ code: 'traffic-unread', message: [replies, requests].filter(Boolean).join(' ') }];
}

export type TrafficModel = ReturnType<typeof createTraffic>;
