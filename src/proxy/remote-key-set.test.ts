import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { now } from '../../test/builders/tokens.ts';
import { startUpstream } from '../../test/doubles/proxy-client.ts';
import { createFetchedKeys } from './fetched-keys.ts';
import { remoteKeySet } from './remote-key-set.ts';
import { realSurroundings } from './surroundings.ts';
import { UpstreamError } from './upstream.ts';

const pair = await generateKeyPair('RS256', { extractable: true });
const jwk = await exportJWK(pair.publicKey);

let upstream: Awaited<ReturnType<typeof startUpstream>>;
let served: { status: number; body: string };

beforeAll(async () => {
  upstream = await startUpstream((_, response) => {
    response.writeHead(served.status, { location: '/elsewhere' }).end(served.body);
  });
});
afterAll(() => upstream.close());
beforeEach(() => {
  upstream.asked.length = 0;
  serve('k1');
});

const serve = (...kids: (string | undefined)[]) => {
  served = { status: 200, body: JSON.stringify({ keys: kids.map((kid) => (kid ? { ...jwk, kid } : jwk)) }) };
};

/** Asks one set again and again, by a clock of the test's own. */
function start() {
  const clock = { now };
  const surroundings = {
    ...realSurroundings,
    now: () => clock.now,
    log: () => undefined,
    sleep: () => Promise.resolve(),
  };
  const fetched = createFetchedKeys(surroundings);
  const ask = async (kid?: string) => {
    const header = { alg: 'RS256', ...(kid === undefined ? {} : { kid }) };
    const [key] = await remoteKeySet(new URL(`${upstream.url}/jwks`), header, fetched, surroundings.now);
    return key?.kind === 'jwks' ? key.keys.map((one) => one.kid) : [];
  };
  return { clock, ask };
}

test('a set is fetched once, and anew when it is ten minutes old', async () => {
  const { clock, ask } = start();
  for (const seconds of [0, 100, 499]) {
    clock.now += seconds;
    expect(await ask('k1')).toEqual(['k1']);
  }
  expect(upstream.asked).toHaveLength(1);
  clock.now += 2;
  serve('k2');
  expect(await ask('k2')).toEqual(['k2']);
  expect(upstream.asked).toHaveLength(2);
});

test('an unknown key id has it fetched anew, when it was not just then', async () => {
  const { clock, ask } = start();
  expect(await ask('k1')).toEqual(['k1']);
  serve('k1', 'k2');
  expect(await ask('k2')).toEqual(['k1']);
  expect(upstream.asked).toHaveLength(1);
  clock.now += 31;
  expect(await ask('k2')).toEqual(['k1', 'k2']);
  for (let at = 0; at < 20; at += 1) expect(await ask(`made-up-${at}`)).toEqual(['k1', 'k2']);
  expect(upstream.asked).toHaveLength(2);
});

test('without a key id all keys are handed out, and a nameless one alone whatever the token names', async () => {
  const { clock, ask } = start();
  serve('k1', 'k2');
  expect(await ask()).toEqual(['k1', 'k2']);
  clock.now += 601;
  serve(undefined);
  expect(await ask('k1')).toEqual([undefined]);
  clock.now += 31;
  expect(await ask('k1')).toEqual([undefined]);
  expect(upstream.asked).toHaveLength(2);
});

test.each([302, 404, 500])('a status of %i gives no keys, and is not asked about again at once', async (status) => {
  const { clock, ask } = start();
  served = { status, body: served.body };
  await expect(ask('k1')).rejects.toBeInstanceOf(UpstreamError);
  const before = upstream.asked.length;
  await expect(ask('k1')).rejects.toBeInstanceOf(UpstreamError);
  expect(upstream.asked).toHaveLength(before);
  expect(upstream.asked).not.toContain('/elsewhere');
  clock.now += 31;
  serve('k1');
  expect(await ask('k1')).toEqual(['k1']);
});

test('what is known stays in use while the server fails, and no longer than ten minutes', async () => {
  const { clock, ask } = start();
  expect(await ask('k1')).toEqual(['k1']);
  served = { status: 500, body: '' };
  clock.now += 31;
  await expect(ask('new')).rejects.toBeInstanceOf(UpstreamError);
  expect(await ask('k1')).toEqual(['k1']);
  clock.now += 600;
  await expect(ask('k1')).rejects.toBeInstanceOf(UpstreamError);
});
