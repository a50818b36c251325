import type { Network } from './network.ts';

/** What Chromium's devtools hear. Needs no access to any site. */
export const chromiumNetwork: Network = {
  onFinished(listener) {
    const heard = (entry: chrome.devtools.network.Request) =>
      listener(
        entry,
        () =>
          new Promise((resolve) => {
            // The text is null where there is none, whatever the types say.
            entry.getContent((text: string | null, encoding) =>
              resolve(text === null ? null : { text, isBase64: encoding === 'base64' }),
            );
          }),
      );
    chrome.devtools.network.onRequestFinished.addListener(heard);
    return () => chrome.devtools.network.onRequestFinished.removeListener(heard);
  },

  // On pages that no extension may read, an error takes the place of the log.
  entries: () =>
    new Promise((resolve) => {
      chrome.devtools.network.getHAR((log) => resolve(Array.isArray(log?.entries) ? log.entries : null));
    }),

  onNavigated(listener) {
    chrome.devtools.network.onNavigated.addListener(listener);
    return () => chrome.devtools.network.onNavigated.removeListener(listener);
  },
};
