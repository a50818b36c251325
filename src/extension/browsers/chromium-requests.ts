import { pattern } from './match-pattern.ts';
import { sendOrigin } from './origin-rule.ts';
import type { Requests } from './requests.ts';

/** The requests of the page of the extension that this runs in. */
export const chromiumRequests: Requests = {
  fetch: (input, init) => fetch(input, init),
  sendOrigin: (url, isSent) => sendOrigin(url, isSent, chrome.runtime.id),
  onRequestError,
};

/**
 * A fetch that fails says "Failed to fetch" and no more; only this event tells a refused connection from an unknown name or a
 * bad certificate. It needs the permission from the start: granted later, it stays silent until the browser restarts.
 */
function onRequestError(url: string, listener: (name: string) => void): () => void {
  const failed = (details: { url: string; initiator?: string; error: string }) => {
    if (details.url === url && details.initiator === location.origin) listener(details.error);
  };
  chrome.webRequest.onErrorOccurred.addListener(failed, { urls: [pattern(url)], types: ['xmlhttprequest'] });
  return () => chrome.webRequest.onErrorOccurred.removeListener(failed);
}
