import { pattern } from './match-pattern.ts';
import type { Requests } from './requests.ts';

/** The requests of the page of the extension that this runs in. */
export const chromiumRequests: Requests = { fetch: (input, init) => fetch(input, init), sendOrigin, onRequestError };

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

/** A rule about the extension's own requests to one URL, until the browser closes. Pages cannot be meant by it. */
async function sendOrigin(url: string, isSent: boolean): Promise<void> {
  const rules = await chrome.declarativeNetRequest.getSessionRules();
  const urlFilter = `|${url}|`;
  const known = rules.find(({ condition }) => condition.urlFilter === urlFilter);
  if (isSent === !known) return;
  if (known) return chrome.declarativeNetRequest.updateSessionRules({ removeRuleIds: [known.id] });
  await chrome.declarativeNetRequest.updateSessionRules({
    addRules: [
      {
        id: Math.max(0, ...rules.map(({ id }) => id)) + 1,
        condition: {
          urlFilter,
          isUrlFilterCaseSensitive: true,
          initiatorDomains: [chrome.runtime.id],
          requestMethods: ['post'],
          resourceTypes: ['xmlhttprequest'],
        },
        action: { type: 'modifyHeaders', requestHeaders: [{ header: 'origin', operation: 'remove' }] },
      },
    ],
  });
}
