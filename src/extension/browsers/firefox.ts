import { channelName, receiveTraffic } from '../traffic/traffic-channel.ts';
import { type Browser, type BrowserFrame, type Evaluation, within } from './browser.ts';
import { listenToDevtools } from './devtools-events.ts';
import { call, hearTold } from './firefox-calls.ts';
import { createAsking, type Shown } from './firefox-ways.ts';
import { kept } from './kept.ts';

/** Firefox gives a panel next to nothing but the inspected window; all else its background page does (`background/background.ts`). */
export function createFirefox(tabId: number): Browser {
  const { onVisibility, onSearch, openedAt } = listenToDevtools(tabId);
  const documents = listenToDocuments(tabId);
  const settings = kept();
  let shown: Shown | null = null;
  const ask = createAsking(() => shown);
  const evaluateInPage = createEvaluate(tabId, ask);
  return {
    evaluate: (expression, frameUrl) =>
      frameUrl === undefined ? evaluateInPage(expression) : Promise.resolve(noWayIn),
    runIsolated: (frameId, { id }, args) => call('run', tabId, frameId, id, args).catch(refused),
    async listFrames() {
      const frames = await call('frames', tabId);
      shown = frames?.find(({ id }) => id === 0) ?? null;
      return frames && withErrors(frames, documents, ask);
    },
    // There are no credentialless frames (https://developer.mozilla.org/docs/Web/HTML/Reference/Elements/iframe#credentialless, read
    // 2026-11), and of others no partition is told.
    partitionOf: async () => ({ kind: 'lasting' }),
    listCookies: (urls) => call('cookies', tabId, urls),
    hasAccess: (site) => call('hasAccess', site),
    requestAccess: (sites) => requestAccess(tabId, sites),
    grants,
    onChange: (listener) => onChange(tabId, listener),
    onTraffic: (listener) => receiveTraffic(new BroadcastChannel(channelName(tabId)), listener),
    onMessages: (sites, listener) => onMessages(tabId, sites, listener),
    openedAt,
    onVisibility,
    onSearch,
    // Firefox's console has no breakpoints to set by script (`debug`).
    canTrace: false,
    reload: () => chrome.devtools.inspectedWindow.reload(),
    isPrivate: () => call('isPrivate', tabId).catch(() => true),
    ...settings,
    // Without a policy of an administrator it rejects.
    settings: { ...settings.settings, preset: () => settings.settings.preset().catch(() => ({})) },
  };
}

type Ask = (expression: string) => Promise<Evaluation>;

/** What was asked of a document that another one takes over is at times never answered; then it is not found. */
function createEvaluate(tabId: number, ask: Ask): Ask {
  const waiting = new Set<(answer: Evaluation) => void>();
  hearTold((told) => {
    if (told.kind !== 'change' || told.change !== 'page' || told.tabId !== tabId) return;
    const before = [...waiting];
    setTimeout(() => {
      for (const answer of before) answer({ ok: false, code: 'not-found', message: 'The page has gone.' });
    }, grace);
  });
  return (expression) =>
    new Promise((resolve) => {
      const answer = (evaluation: Evaluation) => {
        waiting.delete(answer);
        resolve(evaluation);
      };
      waiting.add(answer);
      void ask(expression).then(answer);
    });
}

/** Milliseconds that a document which is left has to answer. */
const grace = 1000;

const noWayIn: Evaluation = {
  ok: false,
  code: 'needs-access',
  message: 'Firefox has no way into frames of other sites but with access.',
};

const refused = (error: unknown): Evaluation => ({ ok: false, code: 'refused', message: String(error) });

const grants: Browser['grants'] = {
  list: () => call('grants'),
  withdraw: (site) => call('withdraw', site),
  onChange: (listener) => hearTold((told) => told.kind === 'change' && told.change === 'access' && listener()),
  words: {
    withoutIt:
      'hidden cookies, whatever frames of other sites store, changes of databases and messages between windows are not seen',
    asking: 'Firefox asks in a tab of its own. It opens at this press and closes when you have answered.',
  },
};

/** Asked for by a page in a tab, as a panel cannot; answered once that tab has closed. */
async function requestAccess(tabId: number, sites: string[]): Promise<boolean> {
  if (await hasAll(sites)) return true;
  let asking: number | undefined;
  const closed = new Set<number>();
  await new Promise<void>((resolve, reject) => {
    const stop = hearTold((told) => {
      if (told.kind !== 'closed') return;
      closed.add(told.tabId);
      end();
    });
    const end = () => {
      if (asking === undefined || !closed.has(asking)) return;
      stop();
      resolve();
    };
    call('openAllow', tabId, sites).then(
      (id) => {
        asking = id;
        end();
      },
      (error: unknown) => {
        stop();
        reject(error);
      },
    );
  });
  return hasAll(sites);
}

async function hasAll(sites: string[]): Promise<boolean> {
  const given = await Promise.all(sites.map((site) => call('hasAccess', site)));
  return given.every(Boolean);
}

/** What was told of documents since the panel opened, by their ids. */
interface Documents {
  /** When they took the page over, in seconds since the epoch. */
  committedAt: Map<string, number>;
  /** Whether they are error pages. */
  areErrors: Map<string, boolean>;
}

function listenToDocuments(tabId: number): Documents {
  const documents: Documents = { committedAt: new Map(), areErrors: new Map() };
  hearTold((told) => {
    if ((told.kind !== 'committed' && told.kind !== 'loaded') || told.tabId !== tabId) return;
    if (told.kind === 'committed') remember(documents.committedAt, told.documentId, told.at);
    else remember(documents.areErrors, told.documentId, told.isError);
  });
  return documents;
}

function remember<T>(map: Map<string, T>, documentId: string, value: T): void {
  map.delete(documentId);
  map.set(documentId, value);
  const [oldest] = map.keys();
  if (map.size > mostDocuments && oldest !== undefined) map.delete(oldest);
}

/** Documents that are remembered, of pages and frames. */
const mostDocuments = 1000;

type TellingFrame = Omit<BrowserFrame, 'isError' | 'committedAt'>;

/** Frames with what was told of their documents. */
async function withErrors(
  frames: readonly TellingFrame[],
  { committedAt, areErrors }: Documents,
  ask: Ask,
): Promise<BrowserFrame[]> {
  const page = frames.find(({ id }) => id === 0);
  const isError = page !== undefined && !areErrors.has(page.documentId) && (await isErrorPage(page, ask));
  return frames.map((frame) => {
    const at = committedAt.get(frame.documentId);
    return {
      ...frame,
      // Pages of the browser's own have such an address from the start.
      isError: !frame.url.startsWith('about:') && (areErrors.get(frame.documentId) ?? (isError && frame.id === 0)),
      ...(at !== undefined && { committedAt: at }),
    };
  });
}

/**
 * Of a page that was there before the panel was. An error page has the address of the page that could not be loaded, and refuses devtools of
 * extensions, which of pages from servers only some of Mozilla's own do: `extensionAllowedToInspectPrincipal` in
 * devtools/server/actors/addon/webextension-inspected-window.js and `extensions.webextensions.restrictedDomains` of Firefox 153 (read 2026-11-28).
 */
async function isErrorPage({ url }: { url: string }, ask: Ask): Promise<boolean> {
  if (!/^https?:/.test(url) || /^https:\/\/(?:[^/]*\.)?(?:mozilla\.(?:org|net)|firefox\.com)(?:[:/]|$)/.test(url))
    return false;
  const answer = await within(patience, ask('0'), null);
  return answer !== null && !answer.ok && answer.code === 'forbidden';
}

/** Milliseconds to wait for a document. */
const patience = 500;

function onChange(tabId: number, listener: Parameters<Browser['onChange']>[0]): () => void {
  const stop = hearTold((told) => {
    if (told.kind === 'cookie' && told.storeId === store) listener('cookies', told.set);
    else if (told.kind === 'change' && (told.tabId === null || told.tabId === tabId)) listener(told.change);
  });
  let store = '';
  void call('cookieStore', tabId).then(
    (id) => {
      store = id;
      listener('cookies');
    },
    () => {},
  );
  const page = () => listener('address');
  chrome.devtools.network.onNavigated.addListener(page);
  return () => {
    stop();
    chrome.devtools.network.onNavigated.removeListener(page);
  };
}

function onMessages(tabId: number, sites: readonly string[], listener: (told: unknown) => void): () => void {
  const stop = hearTold((told) => {
    if (told.kind !== 'posted' || told.tabId !== tabId) return undefined;
    listener(told.told);
    return 'heard';
  });
  const end = () => {
    stop();
    removeEventListener('pagehide', end);
    void call('listen', tabId, []).catch(() => {});
  };
  addEventListener('pagehide', end);
  void call('listen', tabId, sites).catch(() => {});
  return end;
}
