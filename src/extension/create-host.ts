import { defaultSettings, type Host, type HostEvent } from '../panel/host.ts';
import { createBackendHost } from './backends.ts';
import type { Browser } from './browsers/browser.ts';
import { EarlierRequests, trafficTeller } from './capture/earlier-requests.ts';
import { hearMessages } from './capture/hear-messages.ts';
import { type PageWatch, watchPage } from './capture/watch-page.ts';
import { shareWithTabs } from './other-tabs.ts';
import { createTracing } from './trace/tracing.ts';

/** The panel's surroundings inside a browser's devtools. */
export function createHost(browser: Browser): Host {
  const watches = new Set<PageWatch>();
  const earlier = new EarlierRequests();
  const tracing = createTracing(browser);
  let answer: Promise<boolean> | null = null;
  // A tab stays in its window's profile.
  const isPrivate = () => {
    answer ??= browser.isPrivate();
    return answer;
  };
  return {
    watch(listener) {
      const { onEarlier, onTraced, onTraffic, onWindowMessages } = trafficTeller(listener);
      const messages = hearMessages(browser, onWindowMessages);
      const followed = (event: HostEvent) => {
        messages.follow(event);
        listener(event);
      };
      const watch = watchPage(browser, followed, { earlier, onEarlier });
      watches.add(watch);
      const stopVisibility = browser.onVisibility((visible) => (visible ? watch.resume() : watch.pause()));
      const stopTracing = tracing.follow({ tell: onTraced, listener });
      const stopTraffic = browser.onTraffic(onTraffic);
      void browser.openedAt().then((at) => listener({ kind: 'opened', at }));
      return () => {
        stopTraffic();
        stopTracing();
        messages.stop();
        stopVisibility();
        watch.stop();
        watches.delete(watch);
      };
    },
    rescan() {
      for (const watch of watches) watch.rescan();
    },
    ...(browser.canTrace && { trace: tracing.set }),
    reloadPage: () => browser.reload(),
    ...(browser.showRequests && { showRequests: browser.showRequests }),
    otherTabs: shareWithTabs(() => browser.isPrivate()),
    requestAccess: (sites) => browser.requestAccess(sites),
    grants: browser.grants,
    copy,
    save,
    ...(browser.openResource && { openResource: browser.openResource }),
    isPrivate,
    ...keptBy(browser, isPrivate),
    onSearch: (listener) => browser.onSearch(listener),
    backends: createBackendHost(browser),
  };
}

/** What the browser keeps. From a private window, nothing. */
function keptBy(browser: Browser, isPrivate: () => Promise<boolean>): Pick<Host, 'settings' | 'view' | 'expectations'> {
  return {
    settings: {
      load: async () => {
        const stored = await browser.settings.load();
        return stored === undefined ? { value: defaultSettings, leftOut: [] } : (await reader()).loadSettings(stored);
      },
      save: async (settings) => {
        if (!(await isPrivate())) await browser.settings.save(settings);
      },
      preset: async () => {
        const preset = await browser.settings.preset();
        return isEmpty(preset) ? { policy: null } : (await reader()).readPreset(preset);
      },
    },
    view: {
      load: async () => {
        const stored = await browser.view.load();
        return stored === undefined ? { value: {}, leftOut: [] } : (await reader()).loadView(stored);
      },
      save: async (view) => {
        if (!(await isPrivate())) await browser.view.save(view);
      },
    },
    expectations: {
      load: async (origin) => {
        const stored = await browser.expectations.load(origin);
        return stored === undefined ? null : (await reader()).readKeptExpectations(stored);
      },
      save: async (origin, kept) => {
        if (!(await isPrivate())) await browser.expectations.save(origin, kept);
      },
      onChange: (listener) => browser.expectations.onChange(listener),
    },
  };
}

/** What narrows what was stored: loaded where something is. */
const reader = () => import('../panel/stored-settings.ts');

const isEmpty = (stored: unknown) => typeof stored === 'object' && stored !== null && Object.keys(stored).length === 0;

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Browsers refuse the clipboard to a panel that has no focus; the older way asks less.
    if (!copyBySelection(text))
      throw new Error('The browser does not allow copying now. Click into the panel and try again.');
  }
}

function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  const focused = document.activeElement;
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}

async function save({ name, type, text }: { name: string; type: string; text: string }): Promise<void> {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download reads the blob after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
