import { call, errorsOf } from './firefox-calls.ts';
import type { Requests } from './requests.ts';

/** The requests of the page of the extension that this runs in. Rules and failures are the background page's. */
export const firefoxRequests: Requests = {
  fetch: (input, init) => fetch(input, init),
  sendOrigin: (url, isSent) => call('sendOrigin', url, isSent),
  onRequestError(url, listener) {
    const port = chrome.runtime.connect({ name: errorsOf + url });
    port.onMessage.addListener((name: unknown) => {
      if (typeof name === 'string') listener(name);
    });
    return () => port.disconnect();
  },
};
