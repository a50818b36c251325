import { describe, expect, test } from 'vitest';
import { daily, now } from '../../../test/builders/tokens.ts';
import { toWide, type WideOrder } from '../../engine/text/wide-text.ts';
import { createGatherer } from '../gather.ts';
import { recogniseInput } from '../recognise-input.ts';
import { ByteWindow } from './byte-window.ts';

const token = daily.guest();

/** Reads bytes that come so many at a time. */
async function read(bytes: Uint8Array, piece = Number.POSITIVE_INFINITY) {
  const open = () =>
    new ByteWindow(async (into, at) => {
      const some = bytes.subarray(at, at + Math.min(into.length, piece));
      into.set(some);
      return some.length;
    });
  const reopen = async () => ({ window: open(), close: async () => {} });
  const input = await recogniseInput(open(), { name: 'a', bytes: bytes.length, reopen });
  const gatherer = createGatherer();
  const failure = await gatherer.add(input, now);
  return { kind: input.kind, failure, ...gatherer.finish() };
}

const orders: [name: string, order: WideOrder][] = [
  ['UTF-16 LE', { unit: 2, isLittle: true }],
  ['UTF-16 BE', { unit: 2, isLittle: false }],
  ['UTF-32 LE', { unit: 4, isLittle: true }],
  ['UTF-32 BE', { unit: 4, isLittle: false }],
];
const state = JSON.stringify({
  cookies: [
    { name: 'auth', value: token, domain: 'call.example', path: '/', expires: -1, httpOnly: false, secure: true },
  ],
  origins: [{ origin: 'https://call.example', localStorage: [{ name: 'call', value: daily.host() }] }],
});
const har = JSON.stringify({
  log: {
    entries: [
      {
        request: {
          method: 'GET',
          url: 'https://call.example/',
          headers: [{ name: 'Authorization', value: `Bearer ${token}` }],
        },
        response: {},
      },
    ],
  },
});
const jar = `# Netscape HTTP Cookie File\ncall.example\tFALSE\t/\tTRUE\t0\tauth\t${token}\n`;
const message = `GET / HTTP/1.1\r\nHost: call.example\r\nAuthorization: Bearer ${token}\r\n\r\n`;

describe.each(orders)('%s', (_, order) => {
  test.each<[kind: string, text: string, source: string]>([
    ['text', `2026-11-27 joined with ${token}`, 'text'],
    ['storage-state', state, 'cookie'],
    ['har', har, 'request-header'],
    ['cookie-jar', jar, 'cookie'],
    ['http-message', message, 'request-header'],
    ['json', JSON.stringify({ token }), 'text'],
  ])('is read as the %s that it is, with a mark and without', async (kind, text, source) => {
    const plain = await read(new TextEncoder().encode(text));
    expect([plain.kind, plain.sightings[0]?.place.source]).toEqual([kind, source]);
    for (const mark of ['', '\ufeff'])
      for (const piece of [Number.POSITIVE_INFINITY, 7]) {
        const { sightings, ...others } = await read(toWide(mark + text, order), piece);
        expect(others).toMatchObject({ kind, failure: plain.failure, problems: [] });
        expect(sightings).toEqual(plain.sightings);
      }
  });

  test('pairs of halves that two readings part are one character', async () => {
    const text = `\ufeff${'🎥'.repeat(5000)} ${token} 🎥`;
    const { sightings } = await read(toWide(text, order), 1001);
    expect(sightings).toMatchObject([{ token, lines: { line: 1, column: 10_002 } }]);
  });
});

test('a log with the colours of a terminal, and one that ends in half a character, are read by their mark', async () => {
  const coloured = toWide(`\ufeff\u001b[32mjoined\u001b[0m ${token}`, { unit: 2, isLittle: true });
  expect(await read(coloured)).toMatchObject({ kind: 'text', sightings: [{ token }] });
  expect(await read(coloured.subarray(0, -1))).toMatchObject({ kind: 'text', sightings: [{}] });
});

test('bytes that only look like it are searched as what they are', async () => {
  const small = new Uint8Array(4096).map((_, index) => (index % 2 === 0 ? index % 251 : 0));
  const bytes = new Uint8Array([...small, ...new TextEncoder().encode(` ${token} `)]);
  expect(await read(bytes)).toMatchObject({ kind: 'binary', sightings: [{ token }] });
});
