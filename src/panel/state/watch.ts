import { batch, signal } from '@preact/signals';
import type { Host, HostEvent, PageState } from '../host.ts';
import type { InspectClient } from '../workers/inspect-client.ts';
import type { PageModel } from './page.ts';
import type { Search } from './search.ts';
import type { TraceModel } from './trace.ts';
import type { TrafficModel } from './traffic.ts';

export interface WatchOptions {
  host: Pick<Host, 'watch' | 'rescan'>;
  page: PageModel;
  search: Pick<Search, 'add' | 'forget'>;
  traffic: Pick<TrafficModel, 'add'>;
  trace: Pick<TraceModel, 'hear'>;
  client: Pick<InspectClient, 'ask' | 'isBusy'>;
  /** Seconds since the epoch. */
  now: () => number;
  /** Takes away what failed before. */
  dismiss: () => void;
}

/** Whether the page is watched. What is heard of it goes to the page, and its captures to the search. */
export function createWatch({ host, page, search, traffic, trace, client, now, dismiss }: WatchOptions) {
  const paused = signal(false);
  /** Whether a rescan was asked for and has not ended. */
  const waiting = signal(false);
  let stop: (() => void) | null = null;

  function receive(event: HostEvent): void {
    if (event.kind === 'capture') search.add(event.capture);
    else if (event.kind === 'traffic') traffic.add(event.traffic);
    else if (event.kind === 'trace') trace.hear(event.state);
    else if (event.kind === 'opened') page.openedAt.value = event.at;
    else batch(() => enter(event.state));
  }

  function enter(state: PageState): void {
    page.state.value = state;
    if (state.kind !== 'watching') waiting.value = false;
    if (state.kind !== 'unsupported') return;
    search.forget();
    page.origin.value = null;
    if (page.hasCapture.peek() || client.isBusy()) client.ask({ kind: 'leave', at: now() }).catch(page.fail);
  }

  function togglePause(): void {
    paused.value = !paused.value;
    stop?.();
    stop = paused.value ? null : host.watch(receive);
    if (paused.value) waiting.value = false;
  }

  return {
    paused,
    waiting,
    togglePause,

    rescan(): void {
      waiting.value = true;
      dismiss();
      if (paused.value) togglePause();
      host.rescan();
    },

    /** Forgets what is gone. What is still in the page stays: an empty list would not be true. */
    clear(): void {
      client.ask({ kind: 'forget-gone' }).catch(page.fail);
      dismiss();
    },

    open(): () => void {
      stop = host.watch(receive);
      return () => {
        stop?.();
        stop = null;
      };
    },
  };
}
