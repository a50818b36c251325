import browser, { type Cookies } from 'webextension-polyfill';
import type { Cookie, Partition } from '../../engine/model/capture.ts';
import { channelName, receiveTraffic } from '../traffic/traffic-channel.ts';
import { type Browser, type BrowserFrame, type Change, type Evaluation, within } from './browser.ts';
import { listenToDevtools } from './devtools-events.ts';
import { evaluate } from './evaluate.ts';
import { grantedSites, withdrawSite } from './granted.ts';
import { kept } from './kept.ts';
import { listCookies } from './list-cookies.ts';
import { pattern } from './match-pattern.ts';
import { toCookie } from './to-cookie.ts';

/** Chromium gives a panel every API it needs directly; no background page takes part. */
export function createChromium(tabId: number): Browser {
  const { onVisibility, onSearch, openedAt } = listenToDevtools(tabId);
  const committedAt = listenToCommits(tabId);
  const isErrorPage = createErrorPages(tabId);
  return {
    evaluate: (expression, frameUrl) => evaluate(expression, frameUrl ? { frameURL: frameUrl } : {}),
    runIsolated: (frameId, { run }, args) => runIsolated({ tabId, frameIds: [frameId] }, run, args),
    canTrace: true,
    listFrames: () => listFrames(tabId, committedAt, isErrorPage),
    listDocuments,
    partitionOf: (frameId) => partitionOf({ tabId, frameId }),
    listCookies: (urls) => listCookies(urls, (filter) => browser.cookies.getAll(filter)),
    hasAccess: (site) => browser.permissions.contains({ origins: [pattern(site)] }),
    requestAccess: (sites) => browser.permissions.request({ origins: sites.map(pattern) }),
    grants,
    onChange: (listener) => onChange(tabId, listener),
    onTraffic: (listener) => receiveTraffic(new BroadcastChannel(channelName(tabId)), listener),
    onMessages: (sites, listener) => onMessages(tabId, sites, listener),
    openedAt,
    onVisibility,
    onSearch,
    reload: () => chrome.devtools.inspectedWindow.reload({}),
    ...networkPanel(),
    openResource,
    isPrivate: () => isPrivate(tabId),
    ...kept(),
  };
}

const grants: Browser['grants'] = {
  list: grantedSites,
  withdraw: withdrawSite,
  onChange: (listener) => whenAccessChanges(listener),
};

function whenAccessChanges(listener: () => void): () => void {
  const { onAdded, onRemoved } = browser.permissions;
  onAdded.addListener(listener);
  onRemoved.addListener(listener);
  return () => {
    onAdded.removeListener(listener);
    onRemoved.removeListener(listener);
  };
}

/** A tab that cannot be asked for is taken for private: what is not known to be open to all is not kept. */
async function isPrivate(tabId: number): Promise<boolean> {
  try {
    return (await browser.tabs.get(tabId)).incognito;
  } catch {
    return true;
  }
}

/** Newer versions of Chromium show extensions the way to the Network panel (`devtools.panels.network.show`); its types do not know yet. */
function networkPanel(): Pick<Browser, 'showRequests'> {
  const { network } = chrome.devtools.panels as { network?: { show?: (options: { filter: string }) => unknown } };
  return typeof network?.show === 'function' ? { showRequests: (filter) => void network.show?.({ filter }) } : {};
}

/** Documents open in Sources, requests in Network. The browser answers "not found" for what it has no entry of. */
function openResource(url: string, line = 0): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      chrome.devtools.panels.openResource(url, line, (answer?: unknown) => resolve(!isFailure(answer)));
    } catch {
      resolve(false);
    }
  });
}

function isFailure(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'isError' in answer && answer.isError === true;
}

async function runIsolated(
  target: { tabId: number; frameIds: number[] },
  run: (...args: never[]) => string | Promise<string>,
  args: unknown[],
): Promise<Evaluation> {
  try {
    const [injected] = await browser.scripting.executeScript({
      target,
      // Without this the call waits for ever on pages that hold an `about:blank#…` frame.
      injectImmediately: true,
      func: run as (...args: unknown[]) => unknown,
      args,
    });
    if (!injected) return { ok: false, code: 'not-found', message: 'The frame has gone.' };
    return { ok: true, value: injected.result };
  } catch (error) {
    const message = String(error);
    return { ok: false, code: /no (frame|tab)|removed/i.test(message) ? 'not-found' : 'refused', message };
  }
}

/** Seconds since the epoch at which a document took its frame over last, by its id; undefined for those that were there before. */
function listenToCommits(tabId: number): (documentId: string) => number | undefined {
  const times = new Map<string, number>();
  browser.webNavigation.onCommitted.addListener((details) => {
    if (details.tabId !== tabId || details.frameId !== 0 || !('documentId' in details)) return;
    times.set(String(details.documentId), details.timeStamp / 1000);
    const [oldest] = times.keys();
    if (times.size > mostCommits && oldest !== undefined) times.delete(oldest);
  });
  return (documentId) => times.get(documentId);
}

/** Documents whose beginning is remembered. */
const mostCommits = 100;

async function listFrames(
  tabId: number,
  committedAt: (documentId: string) => number | undefined,
  isErrorPage: (frame: BrowserFrame) => Promise<boolean>,
): Promise<BrowserFrame[] | null> {
  const frames = await browser.webNavigation.getAllFrames({ tabId });
  if (!frames) return null;
  return Promise.all(
    frames.filter(isOnPage).map(async (frame) => {
      const documentId = 'documentId' in frame ? String(frame.documentId) : '';
      const at = committedAt(documentId);
      const listed = {
        id: frame.frameId,
        parentId: frame.parentFrameId,
        url: frame.url,
        documentId,
        ...(at !== undefined && { committedAt: at }),
        isError: frame.errorOccurred ?? false,
      };
      return listed.isError ? { ...listed, isError: await isErrorPage(listed) } : listed;
    }),
  );
}

/** A document that is made ready before anybody goes there (speculation rules) is none of the page's, though it is listed with them. */
function isOnPage(frame: object): boolean {
  return !('documentLifecycle' in frame && frame.documentLifecycle === 'prerender');
}

/** Devtools know of every document, of frames of `blob:` addresses and in closed shadow trees too. Tried on 28 November 2026 in Chromium 156. */
function listDocuments(): Promise<string[]> {
  return new Promise((resolve) =>
    chrome.devtools.inspectedWindow.getResources((all) =>
      // Its types do not know yet what a resource is.
      resolve((all as { url: string; type?: string }[]).flatMap(({ url, type }) => (type === 'document' ? url : []))),
    ),
  );
}

/**
 * Tells error pages from documents whose loading went wrong or was stopped (`window.stop()`), of which the browser says alike that an
 * error occurred: into an error page it lets no script. Without access it finds no frame by the address of one that shows an error,
 * which is kept for each document; of the page itself it only says no, as it does of one that is sandboxed.
 * Tried on 28 November 2026 in Chromium 156.
 */
function createErrorPages(tabId: number): (frame: BrowserFrame) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>();
  async function ask({ id, url }: BrowserFrame): Promise<boolean> {
    const ran = await runIsolated({ tabId, frameIds: [id] }, () => '', []);
    if (ran.ok || /error page/i.test(ran.message)) return !ran.ok;
    if (id === 0) return isRefusal(await within(patience, evaluate('0', {}), null));
    // One loaded with a fragment goes without.
    const answers = [url, url.replace(/#[\s\S]*$/, '')].map((one) =>
      within(patience, evaluate('0', { frameURL: one }), null),
    );
    return (await Promise.all(answers)).every((one) => isRefusal(one) && one.code === 'not-found');
  }
  return (frame) => {
    if (frame.id === 0) return ask(frame);
    const answer = known.get(frame.documentId) ?? ask(frame);
    known.set(frame.documentId, answer);
    const [oldest] = known.keys();
    if (known.size > mostErrors && oldest !== undefined) known.delete(oldest);
    return answer;
  };
}

/** Nobody who does not answer shows an error page, which would. */
function isRefusal(answer: Evaluation | null): answer is Evaluation & { ok: false } {
  return answer !== null && !answer.ok;
}

/** Milliseconds to wait for a document; documents of frames that are remembered. */
const patience = 500;
const mostErrors = 2000;

/**
 * The partition of cookies is made of the same parts as that of storage. Chromium tells it since version 132; of credentialless
 * frames it says, without access to any site, that their key "is not serializable".
 */
async function partitionOf(frame: { tabId: number; frameId: number }): Promise<Partition | { kind: 'lasting' } | null> {
  try {
    const { partitionKey } = await chrome.cookies.getPartitionKey(frame);
    const { topLevelSite, hasCrossSiteAncestor } = partitionKey;
    if (hasCrossSiteAncestor === false) return { kind: 'first-party' };
    return hasCrossSiteAncestor && topLevelSite ? { kind: 'third-party', topLevelSite } : null;
  } catch (error) {
    const message = String(error);
    if (/not serializable/i.test(message)) return { kind: 'ephemeral' };
    return /no host permission/i.test(message) ? { kind: 'lasting' } : null;
  }
}

function onChange(tabId: number, listener: (change: Change, set?: Cookie) => void): () => void {
  const committed = (details: { tabId: number; frameId: number }) => {
    if (details.tabId === tabId) listener(details.frameId === 0 ? 'page' : 'frames');
  };
  const moved = (details: { tabId: number; frameId: number }) => {
    if (details.tabId === tabId) listener(details.frameId === 0 ? 'address' : 'frames');
  };
  const cookies = ({ removed, cookie }: Cookies.OnChangedChangeInfoType) =>
    removed ? listener('cookies') : listener('cookies', toCookie(cookie, ''));
  // It tells changes of the address as well, and of loads nothing that is not told otherwise.
  const page = () => listener('address');
  const events = [
    browser.webNavigation.onCommitted,
    browser.webNavigation.onDOMContentLoaded,
    browser.webNavigation.onErrorOccurred,
  ];
  const moves = [browser.webNavigation.onHistoryStateUpdated, browser.webNavigation.onReferenceFragmentUpdated];
  for (const event of events) event.addListener(committed);
  for (const event of moves) event.addListener(moved);
  browser.cookies.onChanged.addListener(cookies);
  const stopAccess = whenAccessChanges(() => listener('access'));
  chrome.devtools.network.onNavigated.addListener(page);
  return () => {
    for (const event of events) event.removeListener(committed);
    for (const event of moves) event.removeListener(moved);
    browser.cookies.onChanged.removeListener(cookies);
    stopAccess();
    chrome.devtools.network.onNavigated.removeListener(page);
  };
}

/** Where access was granted, so what listens is loaded then. */
function onMessages(tabId: number, sites: readonly string[], listener: (told: unknown) => void): () => void {
  let isOn = true;
  let end = () => {
    isOn = false;
  };
  void import('./chromium-messages.ts').then(({ listenToMessages }) => {
    if (isOn) end = listenToMessages(tabId, sites, listener);
  });
  return () => end();
}
