import { call, errorsOf, isListening } from './firefox-calls.ts';
import type { Requests } from './requests.ts';

/** The requests of the page of the extension that this runs in. Rules and failures are the background page's. */
export const firefoxRequests: Requests = {
  async fetch(input, init) {
    await listening;
    return fetch(input, init);
  },
  sendOrigin: (url, isSent) => call('sendOrigin', url, isSent),
  onRequestError(url, listener) {
    const port = chrome.runtime.connect({ name: errorsOf + url });
    listening = new Promise((resolve) => {
      port.onDisconnect.addListener(() => resolve());
      port.onMessage.addListener((name: unknown) => {
        if (name === isListening) resolve();
        else if (typeof name === 'string') listener(name);
      });
    });
    return () => port.disconnect();
  },
};

/** Until the background page, which may have to be started, hears of failures: one is over in no time. */
let listening = Promise.resolve();
