import browser from 'webextension-polyfill';
import { portName, receive } from '../messages.ts';
import type { Browser } from './browser.ts';

/** What only the devtools page can see, passed on by it for as long as the panel lives. */
export function listenToDevtools(tabId: number): Pick<Browser, 'onVisibility' | 'onSearch' | 'openedAt'> {
  const searches = createListeners<string | null>();
  const visibility = createListeners<boolean>();
  let tellOpened: (at: number) => void = () => {};
  const opened = new Promise<number>((resolve) => {
    tellOpened = resolve;
  });
  connect();
  return { onVisibility: visibility.add, onSearch: searches.add, openedAt: () => opened };

  function connect() {
    const port = browser.runtime.connect({ name: portName(tabId) });
    receive(port, (message) => {
      if (message.name === 'visible') visibility.tell(message.value);
      else if (message.name === 'opened') tellOpened(message.value);
      else searches.tell(message.value);
    });
    // The browser closes ports when a page is frozen; the devtools page is still there afterwards.
    port.onDisconnect.addListener(() => setTimeout(connect, 1000));
  }
}

function createListeners<T>() {
  const listeners = new Set<(value: T) => void>();
  return {
    add: (listener: (value: T) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell: (value: T) => {
      for (const listener of listeners) listener(value);
    },
  };
}
