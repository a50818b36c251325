import type { CDPSession, Page } from 'puppeteer-core';
import { heldUp, roomsIn } from './lying-page.ts';

/** A token where the browser holds it. */
export interface Held {
  room: string;
  source: string;
  origin: string;
  /** In storage, the key that it lies under. */
  key: string | null;
}

type Add = (source: string, origin: string, text: string, key?: string) => void;

/** What runs in a world of its own in each document: what the protocol has no command for. */
const stateOfDocument = `JSON.stringify({ origin, name: window.name, url: location.href })`;

/**
 * Lets the texts in the state of each document's history be asked for by the browser's getter as it was before the page's script: a world of
 * its own may read a state that is out of date, and the page's own is out of date once it was read there. To run before every document.
 */
export const stateWitness = `{
  const { get } = Object.getOwnPropertyDescriptor(History.prototype, 'state'), { apply } = Reflect, own = history;
  const textsIn = (value) => {
    let all = typeof value === 'string' ? value : '';
    if (typeof value === 'object') for (const name in value) all += ' ' + textsIn(value[name]);
    return all;
  };
  Object.defineProperty(window, 'stateThatIsHeld', { value: () => textsIn(apply(get, own, [])) });
}`;

const storesOfDocument = `JSON.stringify(Object.fromEntries(['localStorage', 'sessionStorage'].map((area) => {
  try {
    return [area, Array.from({ length: window[area].length }, (_, i) => window[area].getItem(window[area].key(i)))];
  } catch { return [area, []]; }
})))`;

/** Every token of the tests that the browser holds for a page and its frames, asked of the browser, not of the page. */
export async function reallyHeld(page: Page): Promise<Held[]> {
  const held = new Map<string, Held>();
  const add: Add = (source, origin, text, key) => {
    for (const room of roomsIn(text))
      held.set(JSON.stringify([source, origin, room, key]), { room, source, origin, key: key ?? null });
  };
  const keys = new Set<string>();
  const root = await page.createCDPSession();
  try {
    const documents = await documentsOf(root);
    const frames = [...(await framesOf(documents)).values()];
    const ask = async (frame: OpenFrame) => {
      // A document may take the place of another while it is asked, more often than it is asked.
      for (let turn = 1; ; turn += 1)
        try {
          await ofFrame(frame, keys, add);
          return;
        } catch (error) {
          const still = (await framesOf(documents)).get(frame.id);
          // One that went while it was asked holds nothing.
          if (!still) return;
          if (turn === 5) throw error;
          frame = still;
        }
    };
    const [top, ...others] = frames;
    if (top) await ask(top);
    for (let from = 0; from < others.length; from += 50) await Promise.all(others.slice(from, from + 50).map(ask));
  } finally {
    await root.detach().catch(() => {});
  }
  return [...held.values()];
}

/** The documents of one process, with the world that each one's own script runs in, by the ids of their frames. */
interface Documents {
  session: CDPSession;
  worlds: Map<string, number>;
}

/** A frame by the browser's own account, which is neither late nor of an earlier document. */
interface OpenFrame extends Documents {
  id: string;
  isTop: boolean;
}

/** Those of a page, and of the frames that have processes of their own, which come and go. */
async function documentsOf(root: CDPSession): Promise<Documents[]> {
  const all: Documents[] = [];
  const follow = async (session: CDPSession) => {
    const worlds = new Map<string, number>();
    all.push({ session, worlds });
    const below: Promise<void>[] = [];
    session.on('sessionattached', (child) => below.push(follow(child).catch(() => {})));
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.auxData?.isDefault) worlds.set(String(context.auxData.frameId), context.id);
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      for (const [frameId, world] of worlds) if (world === executionContextId) worlds.delete(frameId);
    });
    session.on('Runtime.executionContextsCleared', () => worlds.clear());
    await session.send('Page.enable');
    await session.send('Runtime.enable');
    await session.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: true,
      filter: [{ type: 'iframe' }],
    });
    await Promise.all(below);
  };
  await follow(root);
  return all;
}

async function framesOf(documents: readonly Documents[]): Promise<Map<string, OpenFrame>> {
  interface Tree {
    frame: { id: string };
    childFrames?: Tree[];
  }
  const frames = new Map<string, OpenFrame>();
  for (const [index, one] of documents.entries()) {
    const addAll = ({ frame, childFrames = [] }: Tree, isTop: boolean) => {
      frames.set(frame.id, { ...one, id: frame.id, isTop });
      for (const child of childFrames) addAll(child, false);
    };
    // One whose process has ended has no documents any more.
    const told = await one.session.send('Page.getFrameTree').catch(() => null);
    if (told) addAll(told.frameTree, index === 0);
  }
  return frames;
}

async function ofFrame({ session: client, id: frameId, worlds, isTop }: OpenFrame, keys: Set<string>, add: Add) {
  const { executionContextId: contextId } = await client.send('Page.createIsolatedWorld', { frameId });
  const ask = async (expression: string) =>
    JSON.parse((await client.send('Runtime.evaluate', { expression, contextId })).result.value as string);
  const { origin, name, url } = await ask(stateOfDocument);
  add('window-name', origin, name);
  const world = worlds.get(frameId);
  // Where no script has run, nothing was put into the history.
  if (world !== undefined) {
    const expression = `window.stateThatIsHeld?.() ?? ''`;
    const { result } = await client.send('Runtime.evaluate', { expression, contextId: world });
    add('history-state', origin, String(result.value));
  }
  if (!isTop) add('frame-url', origin, url);
  if (/^https?:/.test(url) && origin !== 'null')
    // Requests carry those of other paths, too: below this one lie all that the pages set.
    for (const { value } of (await client.send('Network.getCookies', { urls: [url, `${origin}/api/v2/all`] })).cookies)
      add('cookie', origin, value);
  const stores = await ask(storesOfDocument);
  const key = await client.send('Storage.getStorageKeyForFrame', { frameId }).catch(() => null);
  // One that is not to be written down, as of credentialless and sandboxed documents, cannot be asked for by it.
  if (origin === 'null' || !key) {
    for (const text of stores.localStorage) add('local-storage', origin, text);
    for (const text of stores.sessionStorage) add('session-storage', origin, text);
    return;
  }
  const { storageKey } = key;
  if (keys.has(storageKey)) return;
  keys.add(storageKey);
  try {
    await ofStorageKey(client, storageKey, (source, text, under) => add(source, origin, text, under));
  } catch (error) {
    keys.delete(storageKey);
    throw error;
  }
}

async function ofStorageKey(
  client: CDPSession,
  storageKey: string,
  add: (source: string, text: string, key?: string) => void,
) {
  await client.send('DOMStorage.enable');
  for (const isLocalStorage of [true, false]) {
    const { entries } = await client
      .send('DOMStorage.getDOMStorageItems', { storageId: { storageKey, isLocalStorage } })
      .catch(() => ({ entries: [] as string[][] }));
    for (const [under, value = ''] of entries) add(isLocalStorage ? 'local-storage' : 'session-storage', value, under);
  }
  await client.send('IndexedDB.enable');
  const { databaseNames } = await client
    .send('IndexedDB.requestDatabaseNames', { storageKey })
    .catch(() => ({ databaseNames: [] as string[] }));
  for (const databaseName of databaseNames) {
    const { databaseWithObjectStores } = await client.send('IndexedDB.requestDatabase', { storageKey, databaseName });
    for (const { name: objectStoreName } of databaseWithObjectStores.objectStores) {
      if (objectStoreName === heldUp) continue;
      const where = { storageKey, databaseName, objectStoreName };
      const { objectStoreDataEntries } = await client.send('IndexedDB.requestData', {
        ...where,
        skipCount: 0,
        pageSize: 1000,
      });
      for (const { value } of objectStoreDataEntries) add('indexed-db', await textOf(client, value));
    }
  }
  const { caches } = await client
    .send('CacheStorage.requestCacheNames', { storageKey })
    .catch(() => ({ caches: [] as { cacheId: string }[] }));
  for (const { cacheId } of caches) {
    const { cacheDataEntries } = await client.send('CacheStorage.requestEntries', { cacheId });
    for (const { requestURL, requestHeaders } of cacheDataEntries) {
      const { response } = await client.send('CacheStorage.requestCachedResponse', {
        cacheId,
        requestURL,
        requestHeaders,
      });
      add('cache-storage', Buffer.from(response.body, 'base64').toString());
    }
  }
}

/** A value of a record is told as an object of the page, which is written out. */
async function textOf(client: CDPSession, value: { objectId?: string; value?: unknown }): Promise<string> {
  if (!value.objectId) return String(value.value);
  const { result } = await client.send('Runtime.getProperties', { objectId: value.objectId, ownProperties: true });
  return result.map((one) => String(one.value?.value)).join(' ');
}
