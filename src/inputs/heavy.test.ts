import { expect, test } from 'vitest';
import { daily, now } from '../../test/builders/tokens.ts';
import type { Capture } from '../engine/model/capture.ts';
import { ByteWindow } from './bytes/byte-window.ts';
import { createGatherer } from './gather.ts';
import { recogniseInput } from './recognise-input.ts';

const token = daily.guest();

async function read(content: string) {
  const bytes = new TextEncoder().encode(content);
  const window = new ByteWindow(async (into, at) => {
    const piece = bytes.subarray(at, at + into.length);
    into.set(piece);
    return piece.length;
  });
  const input = await recogniseInput(window, { name: 'a', bytes: bytes.length, reopen: null });
  const gatherer = createGatherer();
  let largest = 0;
  const failure = await gatherer.add(
    {
      ...input,
      read: (at, emit) =>
        input.read(at, (capture) => {
          largest = Math.max(largest, itemsOf(capture));
          return emit(capture);
        }),
    },
    now,
  );
  return { kind: input.kind, failure, largest, ...gatherer.finish() };
}

/** What of a capture is searched one by one, and held in memory all at once. */
function itemsOf({ cookies, stores, exchanges }: Capture): number {
  const headers = (exchanges ?? []).flatMap(({ requestHeaders, responseHeaders }) => [
    requestHeaders.length + responseHeaders.length,
  ]);
  return [...stores.map(({ entries }) => entries.length), ...headers].reduce((sum, one) => sum + one, cookies.length);
}

const many = (piece: string) => piece.repeat(60_000);

test.each([
  ['http-message', `GET / HTTP/1.1\r\n${many('a:\r\n')}Authorization: Bearer ${token}\r\n\r\n`],
  ['http-message', `HTTP/1.1 200 OK\n${many('a\n')}Set-Cookie: a=${token}\n`],
  ['cookie-jar', `# Netscape HTTP Cookie File\n${many('a\tTRUE\t/\tTRUE\t0\t\t\n')}a\tTRUE\t/\tTRUE\t0\tb\t${token}\n`],
  ['cookie-jar', `# Netscape HTTP Cookie File\n${many('no cookie\n')}${token}\n`],
  ['storage-state', `{"cookies":[${many('{},')}{"name":"a","value":"${token}"}],"origins":[]}`],
  ['storage-state', `{"cookies":[],"origins":[${many('{},')}{"localStorage":[{"name":"a","value":"${token}"}]}]}`],
  ['storage-state', `{"cookies":[],"origins":[{"localStorage":[${many('{},')}{"name":"a","value":"${token}"}]}]}`],
  ['storage-state', `{"origins":[{"sessionStorage":[${many('{},')}{}],"indexedDB":"${token}"}],"cookies":[]}`],
  ['json', `{"a":1,"cookies":[${many('{},')}{"name":"a","value":"${token}"}],"origins":[]}`],
])('a %s of ever so many parts is searched a bounded number at a time, to the last one', async (kind, content) => {
  const found = await read(content);
  expect([found.kind, found.failure]).toEqual([kind, null]);
  expect(found.sightings.map((sighting) => sighting.token)).toEqual([token]);
  expect(found.largest).toBeLessThanOrEqual(10_000);
});

test.each(['cookies', 'origins'])(
  'a storage state with too many %s to be parsed is searched as text, and says so',
  async (name) => {
    const other = name === 'cookies' ? 'origins' : 'cookies';
    const { failure, sightings, inputs } = await read(
      `{"${name}":[${'0,'.repeat(1_000_001)}"${token}"],"${other}":[]}`,
    );
    expect(failure?.message).toBe('holds more than 1,000,000 values; it was searched as text');
    expect([sightings.length, inputs[0]?.readable]).toEqual([1, true]);
  },
);

test('other JSON may hold as many values as it likes', async () => {
  const { failure, sightings } = await read(
    `{"a":{"cookies":0,"origins":0},"b":[${'0,'.repeat(1_000_001)}"${token}"]}`,
  );
  expect([failure, sightings.length]).toEqual([null, 1]);
});

test.each([20, 200_000])(
  'a storage state cut off %i bytes before its end still shows the tokens before that',
  async (cut) => {
    const whole = JSON.stringify({
      cookies: [{ name: 'a', value: token, domain: 'a.example', path: '/' }],
      origins: [{ origin: 'https://a.example', localStorage: [{ name: 'k', value: 'x'.repeat(1_500_000) }] }],
    });
    const { failure, sightings, inputs } = await read(whole.slice(0, -cut));
    expect(failure?.message).toBe('is not valid JSON; it was searched as text');
    expect(sightings.map((sighting) => sighting.token)).toEqual([token]);
    expect(inputs[0]?.readable).toBe(true);
  },
);

test('an entry of a recording with too many values to be parsed is searched as text, and says so', async () => {
  const headers = `${'{},'.repeat(500_001)}{"name":"a","value":"${token}"}`;
  const { failure, sightings, inputs } = await read(
    `{"log":{"entries":[{"request":{"url":"https://a.example/","headers":[${headers}]}}]}}`,
  );
  expect([failure, sightings.length]).toEqual([null, 1]);
  expect(inputs[0]?.problems.map(({ message }) => message)).toEqual([
    'entry 1 holds more than 500,000 values; it was searched as text.',
  ]);
});
