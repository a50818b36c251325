import browser from 'webextension-polyfill';
import type { Browser } from './browser.ts';

/** What the browser keeps for the panel, alike in every browser. */
export const kept = (): Pick<Browser, 'view' | 'expectations' | 'settings' | 'secrets'> => ({
  view: {
    load: async () => (await browser.storage.local.get('view')).view,
    save: (view) => browser.storage.local.set({ view }),
  },
  expectations,
  settings: {
    load: async () => (await browser.storage.local.get('settings')).settings,
    save: (settings) => browser.storage.local.set({ settings }),
    preset: () => browser.storage.managed.get(),
  },
  secrets: {
    load: async () => (await chrome.storage.session.get('secrets')).secrets,
    save: (secrets) => chrome.storage.session.set({ secrets }),
  },
});

/** No origin begins as other names in the storage do. */
const expectationsOf = 'expectations ';

const expectations: Browser['expectations'] = {
  load: async (origin) => (await browser.storage.local.get(expectationsOf + origin))[expectationsOf + origin],
  save: (origin, kept) =>
    kept === null
      ? browser.storage.local.remove(expectationsOf + origin)
      : browser.storage.local.set({ [expectationsOf + origin]: kept }),
  onChange(listener) {
    const hear = (changes: object, area: string) => {
      if (area !== 'local') return;
      for (const name of Object.keys(changes))
        if (name.startsWith(expectationsOf)) listener(name.slice(expectationsOf.length));
    };
    browser.storage.onChanged.addListener(hear);
    return () => browser.storage.onChanged.removeListener(hear);
  },
};
