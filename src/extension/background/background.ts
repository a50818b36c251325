import type { Cookies } from 'webextension-polyfill';
import { type Calls, errorsOf, isListening, isOwn, type Reply, type Told } from '../browsers/firefox-calls.ts';
import { pattern } from '../browsers/match-pattern.ts';
import { toCookie } from '../browsers/to-cookie.ts';
import { calls } from './calls.ts';

// Firefox stops this page when it is idle, and starts it again for any of these events: whatever is listened to is so from the
// first turn, and nothing is kept here.

chrome.runtime.onMessage.addListener((message: unknown, sender, reply: (reply: Reply) => void) => {
  if (sender.id === chrome.runtime.id && isOfPage(message) && sender.tab?.id !== undefined) {
    void passOn({ kind: 'posted', tabId: sender.tab.id, told: message }).then(reply);
    return true;
  }
  if (!isOwn(sender) || typeof message !== 'object' || message === null || !('call' in message)) return false;
  const { call, args } = message as { call: keyof Calls; args: unknown[] };
  if (!Object.hasOwn(calls, call) || !Array.isArray(args)) return false;
  const run = calls[call] as (...args: unknown[]) => Promise<unknown>;
  run(...args).then(
    (value) => reply({ value }),
    (error: unknown) => reply({ error: String(error) }),
  );
  return true;
});

const { onCommitted, onDOMContentLoaded, onErrorOccurred, onHistoryStateUpdated, onReferenceFragmentUpdated } =
  chrome.webNavigation;

interface Navigation {
  tabId: number;
  frameId: number;
  timeStamp: number;
}

const tellLoad = ({ tabId, frameId }: Navigation) =>
  tell({ kind: 'change', change: frameId === 0 ? 'page' : 'frames', tabId });
const tellMove = ({ tabId, frameId }: Navigation) =>
  tell({ kind: 'change', change: frameId === 0 ? 'address' : 'frames', tabId });

onCommitted.addListener((navigation) => {
  const { tabId, frameId, timeStamp, documentId } = navigation;
  if (frameId === 0) tell({ kind: 'committed', tabId, documentId, at: timeStamp / 1000 });
  tellLoad(navigation);
});
onDOMContentLoaded.addListener((navigation) => {
  const { tabId, documentId, url } = navigation;
  // Of an error page only this event has its own address, `about:neterror?…`; all others that of the page that could not be loaded. Seen on 28 November 2026.
  const isError = /^about:(?!blank|srcdoc)/.test(url);
  tell({ kind: 'loaded', tabId, documentId, isError });
  tellLoad(navigation);
});
onErrorOccurred.addListener(tellLoad);
onHistoryStateUpdated.addListener(tellMove);
onReferenceFragmentUpdated.addListener(tellMove);

// Only of sites that were granted.
chrome.cookies.onChanged.addListener(({ removed, cookie }) =>
  tell({
    kind: 'cookie',
    storeId: cookie.storeId,
    ...(!removed && { set: toCookie(cookie as Cookies.Cookie, '') }),
  }),
);

const tellAccess = () => tell({ kind: 'change', change: 'access', tabId: null });
chrome.permissions.onAdded.addListener(tellAccess);
chrome.permissions.onRemoved.addListener(tellAccess);
chrome.tabs.onRemoved.addListener((tabId) => tell({ kind: 'closed', tabId }));

/** While a backend is asked, whoever asks holds a port, over which it is told why its requests to that address failed. */
chrome.runtime.onConnect.addListener((port) => {
  if (!port.sender || !isOwn(port.sender) || !port.name.startsWith(errorsOf)) return;
  const url = port.name.slice(errorsOf.length);
  const failed = (details: { url: string; originUrl?: string; error: string }) => {
    if (details.url === url && details.originUrl?.startsWith(chrome.runtime.getURL('/')))
      port.postMessage(details.error);
  };
  chrome.webRequest.onErrorOccurred.addListener(failed, { urls: [pattern(url)], types: ['xmlhttprequest'] });
  port.postMessage(isListening);
  port.onDisconnect.addListener(() => chrome.webRequest.onErrorOccurred.removeListener(failed));
});

/** From `capture/message-listener.ts`, which no panel hears in Firefox. */
function isOfPage(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'window-messages';
}

/** What a panel answered; nothing where none is open. */
function passOn(told: Told) {
  return chrome.runtime.sendMessage({ told }).catch(() => undefined);
}

function tell(told: Told): void {
  void passOn(told);
}
