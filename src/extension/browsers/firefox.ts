import { channelName, receiveTraffic } from '../traffic/traffic-channel.ts';
import { type Browser, type BrowserFrame, type Evaluation, within } from './browser.ts';
import { listenToDevtools } from './devtools-events.ts';
import { evaluate, lost } from './evaluate.ts';
import { type Asked, call, hearTold } from './firefox-calls.ts';
import { kept } from './kept.ts';

/** Firefox gives a panel next to nothing but the inspected window; all else its background page does (`background/background.ts`). */
export function createFirefox(tabId: number): Browser {
  const { onVisibility, onSearch, openedAt } = listenToDevtools(tabId);
  const committedAt = listenToCommits(tabId);
  const settings = kept();
  const evaluateInPage = createEvaluate(tabId);
  return {
    evaluate: (expression, frameUrl) =>
      frameUrl === undefined ? evaluateInPage(expression) : Promise.resolve(noWayIn),
    runIsolated: (frameId, { id }, args) => call('run', tabId, frameId, id, args).catch(refused),
    listFrames: () => listFrames(tabId, committedAt),
    // There are no credentialless frames (https://developer.mozilla.org/docs/Web/HTML/Reference/Elements/iframe#credentialless, read
    // 2026-11), and of others no partition is told.
    partitionOf: async () => ({ kind: 'lasting' }),
    listCookies: (urls) => call('cookies', urls),
    hasAccess: (site) => call('hasAccess', site),
    requestAccess: (sites) => requestAccess(tabId, sites),
    grants,
    onChange: (listener) => onChange(tabId, listener),
    onTraffic: (listener) => receiveTraffic(new BroadcastChannel(channelName(tabId)), listener),
    onMessages: (sites, listener) => onMessages(tabId, sites, listener),
    openedAt,
    onVisibility,
    onSearch,
    reload: () => chrome.devtools.inspectedWindow.reload(),
    // Firefox's console has no breakpoints to set by script (`debug`).
    canTrace: false,
    isPrivate: () => call('isPrivate', tabId).catch(() => true),
    ...settings,
    // Without a policy of an administrator it rejects.
    settings: { ...settings.settings, preset: () => settings.settings.preset().catch(() => ({})) },
  };
}

/** What was asked of a document that another one takes over is at times never answered; then it is not found. */
function createEvaluate(tabId: number): (expression: string) => Promise<Evaluation> {
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
      void evaluateSomewhere(tabId, expression).then(answer);
    });
}

/** Each page of the extension has a way of its own into the inspected one: where the panel has lost it, the devtools page may have not. */
async function evaluateSomewhere(tabId: number, expression: string): Promise<Evaluation> {
  const answer = await evaluate(expression, undefined);
  if (answer.ok || answer.message !== lost) return answer;
  const other = await chrome.runtime
    .sendMessage<Asked, Evaluation | undefined>({ evaluate: expression, tabId })
    .catch(() => undefined);
  return other ?? answer;
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

/** When documents took the page over, as far as it was told since the panel opened, in seconds since the epoch. */
function listenToCommits(tabId: number): Map<string, number> {
  const times = new Map<string, number>();
  hearTold((told) => {
    if (told.kind !== 'committed' || told.tabId !== tabId) return;
    times.set(told.documentId, told.at);
    const [oldest] = times.keys();
    if (times.size > mostCommits && oldest !== undefined) times.delete(oldest);
  });
  return times;
}

/** Documents whose beginning is remembered. */
const mostCommits = 100;

async function listFrames(tabId: number, committedAt: Map<string, number>): Promise<BrowserFrame[] | null> {
  const frames = await call('frames', tabId);
  const page = frames?.find(({ id }) => id === 0);
  const isError = page !== undefined && (await isErrorPage(tabId, page));
  return (
    frames?.map((frame) => {
      const at = committedAt.get(frame.documentId);
      return { ...frame, isError: isError && frame.id === 0, ...(at !== undefined && { committedAt: at }) };
    }) ?? null
  );
}

/**
 * An error page has the address of the page that could not be loaded, and refuses devtools of extensions, which of pages from servers
 * only some of Mozilla's own do: `extensionAllowedToInspectPrincipal` in devtools/server/actors/addon/webextension-inspected-window.js
 * and `extensions.webextensions.restrictedDomains` of Firefox 153 (read 2026-11-28).
 */
async function isErrorPage(tabId: number, { url }: { url: string }): Promise<boolean> {
  if (!/^https?:/.test(url) || /^https:\/\/(?:[^/]*\.)?(?:mozilla\.(?:org|net)|firefox\.com)(?:[:/]|$)/.test(url))
    return false;
  const answer = await within(patience, evaluateSomewhere(tabId, '0'), null);
  return answer !== null && !answer.ok && answer.code === 'refused' && /not allowed/.test(answer.message);
}

/** Milliseconds to wait for a document. */
const patience = 500;

function onChange(tabId: number, listener: Parameters<Browser['onChange']>[0]): () => void {
  const stop = hearTold((told) => {
    if (told.kind === 'change' && (told.tabId === null || told.tabId === tabId)) listener(told.change, told.set);
  });
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
