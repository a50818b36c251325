import { expect, test } from 'vitest';
import { cacheTexts } from './cache-texts.ts';
import { parseStore } from './parse-store.ts';

type Cached = [url: string, body: BodyInit, type?: string];

/** Caches as browsers hand them out. */
function cachesOf(caches: Record<string, Cached[]>, log: string[] = []) {
  return {
    async keys() {
      log.push('keys');
      // What is asked in the turn that hears the answer comes before what a page asks in the next.
      setTimeout(() => log.push('next turn'));
      return Object.keys(caches);
    },
    has: async (name: string) => name in caches,
    async open(name: string) {
      log.push(`open ${name}`);
      const held = (caches[name] ?? []).map(([url, body, type = 'application/json']) => ({
        request: new Request(url),
        response: new Response(body, { headers: { 'content-type': type } }),
      }));
      return {
        keys: async () => held.map(({ request }) => request),
        match: async (asked: Request) => held.find(({ request }) => request === asked)?.response,
      };
    },
  };
}

/** Runs the probe as a page would: as text. */
async function probe(caches: object, storageBuckets?: object, place: object = { serial: 0, seed: 7 }) {
  const run = new Function('navigator', 'caches', `return (${cacheTexts})(...arguments[2])`);
  const answer = parseStore(await run({ storageBuckets }, caches, ['', '', {}, 1e7, 1000, place, true]));
  return answer.kind === 'read' ? answer : { ...answer, entries: [], missed: 0 };
}

const url = 'https://call.example/join';
const text = (end: string) => `a-text-that-may-hold-a-token-${end}`;
const wide = (one: string) => new Uint8Array(Uint16Array.from(one, (sign) => sign.charCodeAt(0)).buffer);
const bodies = (entries: { key: string; text: string | null }[]) =>
  entries.filter(({ key }) => key.includes('"body')).map((entry) => [JSON.parse(entry.key)[2], entry.text]);

test('of answers to one address each is kept', async () => {
  const { entries } = await probe(
    cachesOf({
      v: [
        [url, text('1')],
        [url, text('2')],
      ],
    }),
  );
  expect(bodies(entries)).toEqual([
    ['body', text('1')],
    ['body (2)', text('2')],
  ]);
});

test.each(['text/plain', 'text/plain;charset=utf-16le', 'image/png'])(
  'a body of two bytes a sign is read (%s)',
  async (type) => {
    const { entries } = await probe(cachesOf({ v: [[url, wide(`{"t":"${text('é').slice(0, -1)}"}`), type]] }));
    expect(bodies(entries)[0]?.[1]).toContain(`{"t":"${text('')}"}`);
  },
);

test('of a long body the first megabyte is read and the rest counted', async () => {
  const { entries, missed } = await probe(cachesOf({ v: [[url, `${text('é')}${'x'.repeat(1 << 20)}`]] }));
  expect(bodies(entries)[0]?.[1]?.startsWith(text('é'))).toBe(true);
  expect([missed, entries.some(({ isCut }) => isCut)]).toEqual([1, false]);
});

test('caches are opened in the turn that lists them, and buckets once only', async () => {
  const log: string[] = [];
  const inner = cachesOf({ v: [[url, text('1')]] });
  const buckets = {
    keys: async () => ['drafts'],
    async open(name: string) {
      log.push(`bucket ${name}`);
      return { caches: inner, indexedDB: { databases: async () => [] } };
    },
  };
  const place = { serial: 0, seed: 7 };
  for (let look = 0; look < 2; look += 1)
    expect(bodies((await probe(cachesOf({ a: [[url, text('a')]], b: [] }, log), buckets, place)).entries)).toEqual([
      ['body', text('a')],
      ['body', text('1')],
    ]);
  expect(log.filter((line) => line.startsWith('bucket'))).toEqual(['bucket drafts']);
  const at = log.indexOf('keys');
  expect(log.slice(at, at + 4)).toEqual(['keys', 'open a', 'open b', 'next turn']);
});

test('a bucket that was deleted meanwhile is counted, and opened anew only when it is listed again', async () => {
  let opened = 0;
  const buckets = {
    keys: async () => ['drafts'],
    async open() {
      opened += 1;
      return { caches: cachesOf({}), indexedDB: { databases: () => Promise.reject(new Error('UnknownError')) } };
    },
  };
  const place = { serial: 0, seed: 7 };
  expect(await probe(cachesOf({}), buckets, place)).toMatchObject({ missed: 1 });
  await probe(cachesOf({}), { ...buckets, keys: async () => [] }, place);
  expect(opened).toBe(1);
});
