import type { Cookie } from '../../engine/model.ts';
import type { Browser, BrowserFrame, Change, Evaluation } from '../browsers/browser.ts';

/** A browser for tests: frames, storage and cookies are plain values, and probes run as text, as they do in a page. */
export interface FakeBrowser extends Browser {
  frames: BrowserFrame[];
  /** By origin. */
  stores: Map<string, { local: Map<string, string>; session: Map<string, string>; cookie: string }>;
  cookies: Cookie[];
  granted: Set<string>;
  /** Frame URLs (undefined = the page) that refuse, or never answer. */
  refusing: Set<string | undefined>;
  silent: Set<string | undefined>;
  /** What was evaluated, and where. */
  evaluated: { frameUrl: string | undefined; characters: number }[];
  happen(change: Change): void;
  answerNow(): void;
}

export function createFakeBrowser(url: string): FakeBrowser {
  const listeners = new Set<(change: Change) => void>();
  let waiting: (() => void)[] = [];
  const browser: FakeBrowser = {
    frames: [{ id: 0, parentId: -1, url, documentId: 'A', isError: false }],
    stores: new Map(),
    cookies: [],
    granted: new Set(),
    refusing: new Set(),
    silent: new Set(),
    evaluated: [],
    evaluate: async (expression, frameUrl) => {
      browser.evaluated.push({ frameUrl, characters: expression.length });
      if (browser.silent.has(frameUrl)) await new Promise<void>((resolve) => waiting.push(resolve));
      if (browser.refusing.has(frameUrl)) return { ok: false, code: 'refused', message: 'Permission denied' };
      const frame = browser.frames.find((one) => (frameUrl === undefined ? one.id === 0 : one.url === frameUrl));
      return frame ? run(expression, frame) : { ok: false, code: 'not-found', message: 'E_NOTFOUND' };
    },
    runIsolated: async (frameId, probe, args) => {
      const frame = browser.frames.find(({ id }) => id === frameId);
      if (!frame) return { ok: false, code: 'not-found', message: 'No frame' };
      return run(`(${probe})(${args.map((one) => JSON.stringify(one)).join(',')})`, frame);
    },
    listFrames: async () => browser.frames,
    listCookies: async () => browser.cookies,
    hasAccess: async (site) => browser.granted.has(site),
    requestAccess: async () => true,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onVisibility: () => () => {},
    onSearch: () => () => {},
    settings: { load: async () => undefined, save: async () => {}, preset: async () => ({}) },
    secrets: { load: async () => undefined, save: async () => {} },
    fetch: async () => Response.error(),
    sendOrigin: async () => {},
    onRequestError: () => () => {},
    happen: (change) => {
      for (const listener of listeners) listener(change);
    },
    answerNow: () => {
      const all = waiting;
      waiting = [];
      for (const answer of all) answer();
    },
  };
  return browser;

  function run(expression: string, frame: BrowserFrame): Evaluation {
    const { origin } = new URL(frame.url);
    const stored = browser.stores.get(origin) ?? { local: new Map(), session: new Map(), cookie: '' };
    const document = { cookie: stored.cookie, title: 'A page', scripts: [] };
    try {
      const code = new Function(
        'localStorage',
        'sessionStorage',
        'document',
        'performance',
        'window',
        `return ${expression}`,
      ) as (...globals: unknown[]) => unknown;
      const value = code(
        createStorage(stored.local),
        createStorage(stored.session),
        document,
        { getEntriesByType: () => [] },
        { length: 0 },
      );
      return { ok: true, value };
    } catch (error) {
      return { ok: false, code: 'threw', message: String(error) };
    }
  }
}

/** Storage as browsers make it: methods on the prototype, entries as enumerable properties. */
export function createStorage(entries: Map<string, string>): Storage {
  const prototype = {
    key: (index: number) => [...entries.keys()][index] ?? null,
    getItem: (key: string) => entries.get(key) ?? null,
  };
  const storage = Object.create(prototype) as Storage;
  Object.defineProperties(prototype, {
    key: { enumerable: false },
    getItem: { enumerable: false },
    length: { get: () => entries.size, enumerable: false },
  });
  for (const [key, text] of entries)
    if (!['key', 'getItem', 'length', '__proto__'].includes(key))
      Object.defineProperty(storage, key, { value: text, enumerable: true });
  return storage;
}
