import type { HostEvent } from '../../panel/host.ts';
import type { Browser } from '../browsers/browser.ts';
import { type ReadMessages, readWindowMessages } from './window-messages.ts';

/** Hears the messages of windows on the sites of the page that were allowed, for as long as they are. */
export function hearMessages(browser: Browser, tell: (heard: ReadMessages) => void) {
  let sites = '';
  let stop: (() => void) | null = null;

  function hear(granted: readonly string[]): void {
    if (granted.join() === sites) return;
    sites = granted.join();
    stop?.();
    stop = null;
    if (granted.length === 0) return;
    stop = browser.onMessages(granted, (told) => {
      const heard = readWindowMessages(told);
      if (heard) tell(heard);
    });
  }

  return {
    /** Takes in which sites the page consists of. While it is loaded, or does not answer, they stay as they were. */
    follow(event: HostEvent): void {
      if (event.kind !== 'state' || event.state.kind === 'loading' || event.state.kind === 'failed') return;
      const all = event.state.kind === 'watching' ? event.state.sites : [];
      hear(all.flatMap(({ site, granted }) => (granted ? site : [])).sort());
    },
    stop: () => hear([]),
  };
}
