import { channelName, receiveTraffic } from '../traffic/traffic-channel.ts';
import type { Browser, BrowserFrame, Evaluation } from './browser.ts';
import { listenToDevtools } from './devtools-events.ts';
import { evaluate } from './evaluate.ts';
import { call, hearTold } from './firefox-calls.ts';
import { kept } from './kept.ts';

/** Firefox gives a panel next to nothing but the inspected window; all else its background page does (`background/background.ts`). */
export function createFirefox(tabId: number): Browser {
  const { onVisibility, onSearch, openedAt } = listenToDevtools(tabId);
  const documents = followDocuments(tabId);
  const settings = kept();
  return {
    evaluate: (expression, frameUrl) =>
      frameUrl === undefined ? evaluate(expression, undefined) : Promise.resolve(noWayIn),
    runIsolated: (frameId, { id }, args) => call('run', tabId, frameId, id, args).catch(refused),
    listFrames: async () => (await call('frames', tabId))?.map(documents.of) ?? null,
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
    isPrivate: () => call('isPrivate', tabId).catch(() => true),
    ...settings,
    // Without a policy of an administrator it rejects.
    settings: { ...settings.settings, preset: () => settings.settings.preset().catch(() => ({})) },
  };
}

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
  const given = await Promise.all(sites.map((site) => call('hasAccess', site)));
  return given.every(Boolean);
}

/** Firefox tells no documents apart, so each that takes a frame over gets a number here. */
function followDocuments(tabId: number) {
  const seen = new Map<number, { number: number; at: number }>();
  let count = 0;
  hearTold((told) => {
    if (told.kind !== 'committed' || told.tabId !== tabId) return;
    count += 1;
    if (told.frameId === 0) seen.clear();
    seen.set(told.frameId, { number: count, at: told.at });
  });
  return {
    of(frame: Omit<BrowserFrame, 'documentId'>): BrowserFrame {
      const document = seen.get(frame.id);
      return {
        ...frame,
        documentId: `${document?.number ?? 0} in ${frame.id}`,
        ...(document && frame.id === 0 && { committedAt: document.at }),
      };
    },
  };
}

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
  const heard = (told: unknown, { tab }: chrome.runtime.MessageSender, answer: (text: string) => void) => {
    if (tab?.id !== tabId) return;
    answer('heard');
    listener(told);
  };
  const end = () => {
    chrome.runtime.onMessage.removeListener(heard);
    removeEventListener('pagehide', end);
    void call('listen', tabId, []).catch(() => {});
  };
  chrome.runtime.onMessage.addListener(heard);
  addEventListener('pagehide', end);
  void call('listen', tabId, sites).catch(() => {});
  return end;
}
