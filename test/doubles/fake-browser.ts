import type { Capture, Cookie, Problem } from '../../src/engine/model/capture.ts';
import { isNote } from '../../src/engine/model/notes.ts';
// What is loaded once the panel is open has been loaded: no clock of a test moves that on.
import '../../src/probes/cache-texts.ts';
import '../../src/probes/database-texts.ts';
import '../../src/probes/document-texts.ts';
import '../../src/probes/file-texts.ts';
import { type Context, createContext, runInContext } from 'node:vm';
import type { Browser, BrowserFrame, Change, Evaluation } from '../../src/extension/browsers/browser.ts';
import { refused, withGetters } from './with-getters.ts';

/** A browser for tests: frames, storage and cookies are plain values, and probes run as text, as they do in a page. */
export interface FakeBrowser extends Browser {
  frames: BrowserFrame[];
  /** By origin. */
  stores: Map<string, { local: Map<string, string>; session: Map<string, string>; cookie: string }>;
  /** By id of a frame that stores apart from others of its origin. */
  frameStores: Map<number, { local: Map<string, string>; session: Map<string, string>; cookie: string }>;
  /** What is said of frames, by id; nothing of the others. */
  partitions: Map<number, Awaited<ReturnType<Browser['partitionOf']>>>;
  /** Ids of frames without an origin. */
  sandboxed: Set<number>;
  cookies: Cookie[];
  granted: Set<string>;
  /** Frame URLs (undefined = the page) that refuse, or never answer. */
  refusing: Set<string | undefined>;
  silent: Set<string | undefined>;
  /** What was evaluated, and where. */
  evaluated: { frameUrl: string | undefined; characters: number }[];
  /** The window of the document that a frame shows now. */
  windowOf(frame: BrowserFrame): Record<string, unknown>;
  /** What a page’s own script finds when it lists its variables, and those of its window. */
  variablesOf(url: string): string[];
  happen(change: Change, set?: Cookie): void;
  answerNow(): void;
}

export function createFakeBrowser(url: string): FakeBrowser {
  const listeners = new Set<(change: Change, set?: Cookie) => void>();
  const windows = createWindows();
  let waiting: (() => void)[] = [];
  const browser: FakeBrowser = {
    ...bystanders,
    canTrace: true,
    ...plainPage(url),
    evaluate: async (expression, frameUrl) => {
      browser.evaluated.push({ frameUrl, characters: expression.length });
      if (browser.silent.has(frameUrl)) await new Promise<void>((resolve) => waiting.push(resolve));
      if (browser.refusing.has(frameUrl)) return { ok: false, code: 'refused', message: 'Permission denied' };
      const frame = browser.frames.find((one) => (frameUrl === undefined ? one.id === 0 : one.url === frameUrl));
      if (!frame) return { ok: false, code: 'not-found', message: 'E_NOTFOUND' };
      return evaluate(expression, windows.contextOf(frame, 'page', globalsOf(frame)));
    },
    runIsolated: async (frameId, { run }, args) => {
      const frame = browser.frames.find(({ id }) => id === frameId);
      if (!frame) return { ok: false, code: 'not-found', message: 'No frame' };
      const context = windows.contextOf(frame, 'isolated', globalsOf(frame));
      return runIsolated(`(${run})(${args.map((one) => JSON.stringify(one)).join(',')})`, context);
    },
    listFrames: async () => browser.frames,
    partitionOf: async (frameId) => browser.partitions.get(frameId) ?? null,
    listCookies: async () => browser.cookies,
    hasAccess: async (site) => browser.granted.has(site),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    windowOf: windows.of,
    variablesOf: (url) => {
      const frame = browser.frames.find((one) => one.url === url);
      if (!frame) return [];
      const context = windows.contextOf(frame, 'page', globalsOf(frame));
      return [...Object.getOwnPropertyNames(context), ...Object.getOwnPropertyNames(windows.of(frame))];
    },
    happen: (change, set) => {
      for (const listener of listeners) listener(change, set);
    },
    answerNow: () => {
      const all = waiting;
      waiting = [];
      for (const answer of all) answer();
    },
  };
  return browser;

  function globalsOf(frame: BrowserFrame): Record<string, unknown> {
    const { origin } = new URL(frame.url);
    const { local, session, cookie } = browser.frameStores.get(frame.id) ?? browser.stores.get(origin) ?? nothingStored;
    const window = windows.of(frame);
    const document = withGetters({ cookie }, { title: 'A page', scripts: [], location: { origin } });
    Object.assign(window, emptyDocument, { document, location: { href: '', origin } });
    window.top = window;
    window.origin = browser.sandboxed.has(frame.id) ? 'null' : origin;
    window.credentialless = browser.partitions.get(frame.id)?.kind === 'ephemeral';
    const isRefused = browser.sandboxed.has(frame.id);
    withGetters(
      {
        localStorage: isRefused ? refused : createStorage(local),
        sessionStorage: isRefused ? refused : createStorage(session),
        name: window.name ?? '',
        history: withGetters({ state: null }),
      },
      window,
    );
    return {
      document,
      indexedDB: { databases: async () => [] },
      caches: { keys: async () => [] },
      performance: { getEntriesByType: () => [] },
      window,
    };
  }
}

/** One frame, nothing stored, no access. */
function plainPage(
  url: string,
): Pick<
  FakeBrowser,
  | 'frames'
  | 'stores'
  | 'frameStores'
  | 'partitions'
  | 'sandboxed'
  | 'cookies'
  | 'granted'
  | 'refusing'
  | 'silent'
  | 'evaluated'
> {
  return {
    frames: [{ id: 0, parentId: -1, url, documentId: 'A', isError: false }],
    stores: new Map(),
    frameStores: new Map(),
    partitions: new Map(),
    sandboxed: new Set(),
    cookies: [],
    granted: new Set(),
    refusing: new Set(),
    silent: new Set(),
    evaluated: [],
  };
}

const nothingStored = { local: new Map<string, string>(), session: new Map<string, string>(), cookie: '' };

/** What takes no part in reading a page. */
const bystanders: Pick<
  Browser,
  | 'requestAccess'
  | 'grants'
  | 'onTraffic'
  | 'onMessages'
  | 'openedAt'
  | 'onVisibility'
  | 'onSearch'
  | 'reload'
  | 'isPrivate'
  | 'settings'
  | 'view'
  | 'expectations'
  | 'secrets'
> = {
  requestAccess: async () => true,
  grants: { list: async () => [], withdraw: async () => false, onChange: () => () => {} },
  onTraffic: () => () => {},
  onMessages: () => () => {},
  openedAt: async () => 0,
  onVisibility: () => () => {},
  onSearch: () => () => {},
  reload: () => {},
  isPrivate: async () => false,
  view: { load: async () => undefined, save: async () => {} },
  expectations: { load: async () => undefined, save: async () => {}, onChange: () => () => {} },
  settings: { load: async () => undefined, save: async () => {}, preset: async () => ({}) },
  secrets: { load: async () => undefined, save: async () => {} },
};

/** Of a document that holds an empty comment and nothing else, as much as it takes to find that out. */
const emptyComment = { data: '' };
const nothing = { all: [emptyComment] };
/** Functions of a browser refuse what is not of their kind. */
const refusing = (run: (it: { left: number }) => unknown) =>
  function (this: { left: number }) {
    if (Object.keys(this).length === 0) throw new TypeError('Illegal invocation');
    return run(this);
  };
const emptyDocument = {
  Reflect,
  document: nothing,
  location: { href: '' },
  Document: {
    prototype: { createNodeIterator: refusing(() => ({ left: 1 })), getElementsByTagName: () => [emptyComment] },
  },
  NodeIterator: {
    prototype: {
      nextNode: refusing((it) => {
        it.left -= 1;
        return it.left < 0 ? null : emptyComment;
      }),
    },
  },
  Node: { prototype: Object.defineProperty({}, 'nodeType', { get: refusing(() => 8) }) },
  Attr: { prototype: {} },
  CharacterData: { prototype: Object.defineProperty({}, 'data', { get: refusing(() => '') }) },
  Element: { prototype: {} },
  HTMLTemplateElement: { prototype: {} },
};

/** A window for each document, with what was left in it, and what scripts of the page and of the extension declared there. */
function createWindows() {
  const windows = new Map<string, Record<string, unknown>>();
  const contexts = new Map<string, Context>();
  return {
    contextOf: ({ id, documentId }: BrowserFrame, world: 'page' | 'isolated', globals: object): Context => {
      const name = `${id} ${documentId} ${world}`;
      const context = contexts.get(name) ?? createContext({});
      contexts.set(name, context);
      // The clock is the test's.
      return Object.assign(context, { Date, setTimeout, clearTimeout }, globals);
    },
    of: ({ id, documentId }: BrowserFrame): Record<string, unknown> => {
      const name = `${id} ${documentId}`;
      const window = windows.get(name) ?? { length: 0 };
      windows.set(name, window);
      return window;
    },
  };
}

/** Devtools wait for no promise: what comes back has gone through JSON. */
function evaluate(expression: string, context: Context): Evaluation {
  try {
    return { ok: true, value: JSON.parse(JSON.stringify(runInContext(expression, context) ?? null)) };
  } catch (error) {
    return { ok: false, code: 'threw', message: String(error) };
  }
}

/** Scripts of the extension are waited for, and what they throw comes back as nothing. */
async function runIsolated(expression: string, context: Context): Promise<Evaluation> {
  try {
    return { ok: true, value: await runInContext(expression, context) };
  } catch {
    return { ok: true, value: null };
  }
}

/** Storage as browsers make it: methods on the prototype, entries as enumerable properties. */
export function createStorage(entries: Map<string, string>): Storage {
  const only = (of: unknown) => {
    if (of !== storage) throw new TypeError('Illegal invocation');
  };
  const prototype = {
    key(index: number) {
      only(this);
      return [...entries.keys()][index] ?? null;
    },
    getItem(key: string) {
      only(this);
      return entries.get(key) ?? null;
    },
  };
  const storage = Object.create(prototype) as Storage;
  Object.defineProperties(prototype, {
    key: { enumerable: false },
    getItem: { enumerable: false },
    length: {
      get() {
        only(this);
        return entries.size;
      },
      enumerable: false,
    },
  });
  for (const [key, text] of entries)
    if (!['key', 'getItem', 'length', '__proto__'].includes(key))
      Object.defineProperty(storage, key, { value: text, enumerable: true });
  return storage;
}

/** What went wrong: that a page was read through its own script is said of each that was, and wrong of none. */
export function wrongIn(capture: Capture | undefined): Problem[] | undefined {
  return capture?.problems.filter((problem) => !isNote(problem));
}
