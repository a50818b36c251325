import { describe, expect, test } from 'vitest';
import { readInput } from '../../../test/builders/read-input.ts';
import { daily } from '../../../test/builders/tokens.ts';
import { toWide, type WideOrder } from '../../engine/text/wide-text.ts';

const token = daily.guest();

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
    const plain = await readInput(new TextEncoder().encode(text));
    expect([plain.kind, plain.sightings[0]?.place.source]).toEqual([kind, source]);
    for (const mark of ['', '\ufeff'])
      for (const piece of [Number.POSITIVE_INFINITY, 7]) {
        const { sightings, ...others } = await readInput(toWide(mark + text, order), piece);
        expect(others).toMatchObject({ kind, failure: plain.failure, problems: [] });
        expect(sightings).toEqual(plain.sightings);
      }
  });

  test('pairs of halves that two readings part are one character', async () => {
    const text = `\ufeff${'🎥'.repeat(5000)} ${token} 🎥`;
    const { sightings } = await readInput(toWide(text, order), 1001);
    expect(sightings).toMatchObject([{ token, lines: { line: 1, column: 10_002 } }]);
  });
});

test('a log with the colours of a terminal, and one that ends in half a character, are read by their mark', async () => {
  const coloured = toWide(`\ufeff\u001b[32mjoined\u001b[0m ${token}`, { unit: 2, isLittle: true });
  expect(await readInput(coloured)).toMatchObject({ kind: 'text', sightings: [{ token }] });
  expect(await readInput(coloured.subarray(0, -1))).toMatchObject({ kind: 'text', sightings: [{}] });
});

test('bytes that only look like it are searched as what they are', async () => {
  const small = new Uint8Array(4096).map((_, index) => (index % 2 === 0 ? index % 251 : 0));
  const bytes = new Uint8Array([...small, ...new TextEncoder().encode(` ${token} `)]);
  expect(await readInput(bytes)).toMatchObject({ kind: 'binary', sightings: [{ token }] });
});

describe('text that was appended in another encoding is read', () => {
  const [first, second, third] = [daily.guest({ r: 'a' }), daily.guest({ r: 'b' }), daily.guest({ r: 'c' })];
  const utf8 = (text: string) => new TextEncoder().encode(text);
  const joined = (...parts: Uint8Array[]) => new Uint8Array(parts.flatMap((part) => [...part]));
  const [little, big] = [{ unit: 2, isLittle: true } as const, { unit: 2, isLittle: false } as const];
  // 64 kB and more decide what an input is.
  const long = 'joined a room\n'.repeat(6000);

  test.each<[what: string, bytes: Uint8Array, tokens: string[]]>([
    ['UTF-8 behind UTF-16', joined(toWide(`\ufeff1 ${first}\r\n`, little), utf8(`2 ${second}\n`)), [first, second]],
    ['UTF-8 behind UTF-16 BE', joined(toWide(`\ufeff1 ${first}\r\n`, big), utf8(`2 ${second}\n`)), [first, second]],
    ['UTF-16 behind UTF-8', joined(utf8(`1 ${first}\n`), toWide(`2 ${second}\r\n`, little)), [first, second]],
    [
      'UTF-16 behind UTF-8 with a mark',
      joined(utf8(`\ufeff1 ${first}\n`), toWide(`2 ${second}\r\n`, little)),
      [first, second],
    ],
    ['UTF-16 BE behind UTF-8', joined(utf8(`1 ${first}\n`), toWide(`2 ${second}\r\n`, big)), [first, second]],
    [
      'UTF-8 of an odd length between UTF-16',
      joined(toWide(`\ufeff1 ${first}\r\n`, little), utf8(`${second}é\n`), toWide(`é ${third}\r\n`, little)),
      [first, second, third],
    ],
    ['UTF-16 far behind', joined(utf8(`${first}\n${long}`), toWide(second, little)), [first, second]],
    ['UTF-8 far behind', joined(toWide(`\ufeff${first}\n${long}`, little), utf8(second)), [first, second]],
  ])('%s', async (_, bytes, tokens) => {
    for (const piece of [Number.POSITIVE_INFINITY, 1001]) {
      const { kind, failure, problems, sightings } = await readInput(bytes, piece);
      expect([kind, failure, problems]).toEqual(['text', null, []]);
      expect(sightings.map(({ token }) => token)).toEqual(tokens);
    }
  });

  test('to a cookie file', async () => {
    const line = (name: string, value: string) => `call.example\tFALSE\t/\tTRUE\t0\t${name}\t${value}\r\n`;
    const { sightings } = await readInput(joined(utf8(`${line('a', first)}`), toWide(line('b', second), little)));
    expect(sightings.map(({ token, place }) => [token, place.source, place.key])).toEqual([
      [first, 'cookie', 'a'],
      [second, 'cookie', 'b'],
    ]);
  });
});

test('letters of other scripts in UTF-16 are no UTF-8', async () => {
  for (const word of ['नमस्तेदुनियाकोमेराप्रणामसबकोबहुतबहुत', '会議室に参加しました議事録', 'Встреча началась', 'ការប្រជុំ']) {
    const text = `${word.repeat(20)} ${token}`;
    const { sightings } = await readInput(toWide(`\ufeff${text}`, { unit: 2, isLittle: true }));
    expect(sightings).toMatchObject([{ token, lines: { line: 1, column: word.length * 20 + 2 } }]);
  }
});
