import type { CDPSession, Frame, Page } from 'puppeteer-core';
import { roomsIn } from './lying-page.ts';

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
  const [top, ...frames] = page.frames();
  const ask = async (frame: Frame) => {
    try {
      await ofFrame(frame, keys, add);
    } catch (error) {
      // A frame that goes while it is asked holds nothing, nor does one that is listed of an earlier document still.
      if (!frame.detached && (await frameIds(page)).has(idOf(frame))) throw error;
    }
  };
  if (top) await ask(top);
  for (let from = 0; from < frames.length; from += 50) await Promise.all(frames.slice(from, from + 50).map(ask));
  return [...held.values()];
}

const clientOf = (frame: Frame) => (frame as unknown as { client: CDPSession }).client;
const idOf = (frame: Frame) => (frame as unknown as { _id: string })._id;

/** The frames that there are by the browser's own account, those of processes of their own included. */
async function frameIds(page: Page): Promise<Set<string>> {
  interface Tree {
    frame: { id: string };
    childFrames?: Tree[];
  }
  const ids = new Set<string>();
  const addAll = ({ frame, childFrames = [] }: Tree) => {
    ids.add(frame.id);
    childFrames.forEach(addAll);
  };
  for (const client of new Set(page.frames().map(clientOf))) {
    const told = await client.send('Page.getFrameTree').catch(() => null);
    if (told) addAll(told.frameTree);
  }
  const session = await page.createCDPSession();
  const { targetInfos } = await session.send('Target.getTargets');
  await session.detach();
  for (const { targetId } of targetInfos) ids.add(targetId);
  return ids;
}

async function ofFrame(frame: Frame, keys: Set<string>, add: Add) {
  const client = clientOf(frame);
  const frameId = idOf(frame);
  const { executionContextId: contextId } = await client.send('Page.createIsolatedWorld', { frameId });
  const ask = async (expression: string) =>
    JSON.parse((await client.send('Runtime.evaluate', { expression, contextId })).result.value as string);
  const { origin, name, url } = await ask(stateOfDocument);
  add('window-name', origin, name);
  add('history-state', origin, String(await frame.evaluate(`window.stateThatIsHeld?.() ?? ''`)));
  if (frame.parentFrame()) add('frame-url', origin, url);
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
  await ofStorageKey(client, storageKey, (source, text, under) => add(source, origin, text, under));
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
