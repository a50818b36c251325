import { list, record, seconds } from '../../engine/text/narrow.ts';
import type { Network } from './network.ts';

/** What Chromium's devtools hear. Needs no access to any site. */
export const chromiumNetwork: Network = {
  onFinished(listener) {
    const heard = (entry: chrome.devtools.network.Request) =>
      listener(
        entry,
        () =>
          new Promise((resolve) => {
            // There may be no text, whatever the types say: null, or nothing at all where a navigation took it along.
            entry.getContent((text: string | null | undefined, encoding) =>
              resolve(typeof text === 'string' ? { text, isBase64: encoding === 'base64' } : null),
            );
          }),
      );
    chrome.devtools.network.onRequestFinished.addListener(heard);
    return () => chrome.devtools.network.onRequestFinished.removeListener(heard);
  },

  // On pages that no extension may read, an error takes the place of the log.
  log: () =>
    new Promise((resolve) => {
      chrome.devtools.network.getHAR((log) => {
        const { entries, pages } = record(log);
        if (!Array.isArray(entries)) return resolve(null);
        const loads = list(pages).map((page) => seconds(record(page).startedDateTime));
        resolve({ entries, pages: loads.filter((at) => at !== null) });
      });
    }),

  onNavigated(listener) {
    chrome.devtools.network.onNavigated.addListener(listener);
    return () => chrome.devtools.network.onNavigated.removeListener(listener);
  },
};
