import { type Zippable, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readInput } from '../../test/builders/read-input.ts';
import { daily } from '../../test/builders/tokens.ts';
import { redactText } from '../engine/redact/redact-text.ts';
import { findAgain } from './find-again.ts';

const token = daily.host();
const utf8 = (text: string) => new TextEncoder().encode(text);
const zip = (files: Zippable = { 'inside/state.json': utf8(JSON.stringify({ a: { token }, b: 'x'.repeat(300) })) }) =>
  Buffer.from(zipSync(files));
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const wrapped = (text: string, end = '\n') => text.replace(/.{76}/g, `$&${end}`);
const har = (content: object) =>
  JSON.stringify({
    log: {
      creator: { name: 'x' },
      entries: [
        {
          startedDateTime: '2026-11-26T20:00:00.500Z',
          request: { method: 'GET', url: 'https://call.example/a', headers: [] },
          response: { status: 200, headers: [], content: { mimeType: 'application/zip', ...content } },
        },
      ],
    },
  });

test.each<[what: string, kind: string, content: string]>([
  ['a text', 'text', `archive: ${base64(zip())}\nthe end`],
  ['lines of a text', 'text', `archive:\n${wrapped(base64(zip()))}\nthe end`],
  ['quoted lines', 'text', `> archive:\n> ${wrapped(base64(zip()), '\n> ')}\nthe end`],
  ['JSON', 'json', JSON.stringify({ archive: base64(zip()) })],
  ['lines of JSON', 'json', JSON.stringify({ archive: wrapped(base64(zip()), '\r\n') })],
  ['a body of a HAR', 'har', har({ text: base64(zip()), encoding: 'base64' })],
  ['JSON in a body of a HAR', 'har', har({ text: JSON.stringify({ archive: base64(zip()), more: 'y'.repeat(600) }) })],
  [
    'a storage state',
    'storage-state',
    JSON.stringify({
      cookies: [],
      origins: [{ origin: 'https://call.example', localStorage: [{ name: 'archive', value: base64(zip()) }] }],
    }),
  ],
])('an archive in %s is opened, and said to be there', async (_, kind, content) => {
  const found = await readInput(content);
  expect(found).toMatchObject({ kind, failure: null });
  expect(found.sightings.map(({ token, path }) => [token, path])).toEqual([[token, '$.a.token']]);
  expect(found.sightings[0]?.place.label).toContain('inside/state.json');
  expect(found.problems.map(({ code }) => code)).toEqual(['body-packed']);
});

test('names and comments in it are searched', async () => {
  const found = await readInput(base64(zip({ [`${token}.txt`]: utf8('nothing'.repeat(40)) })));
  expect(found.sightings.map((one) => one.token)).toContain(token);
});

test.each<[what: string, content: string]>([
  ['cut off', `archive: ${base64(zip()).slice(0, 200)}`],
  ['damaged', `archive: ${base64(zip()).slice(0, -40)}${'A'.repeat(40)}`],
])('an archive that is %s is named, and the reading did not come to its end', async (_, content) => {
  expect((await readInput(content)).failure).toMatchObject({
    code: 'input-packed',
    message: 'holds a zip archive that could not be read to its end',
  });
  const inHar = await readInput(har({ text: content.slice(9), encoding: 'base64' }));
  expect(inHar.failure).toMatchObject({ code: 'input-packed', message: expect.stringContaining('(in entry 1)') });
});

test.each([
  ['what begins like one and is short', 'the magic of a zip archive is UEsDBBQACAgI in base64'],
  ['the middle of another run', `x${base64(zip())}`],
  ['letters like it', `UEsDBzzz${'A'.repeat(300)}`],
])('%s is none', async (_, content) => {
  expect((await readInput(content)).problems).toEqual([]);
});

test('a copy that holds one is not called safe', async () => {
  const { text } = redactText(har({ text: base64(zip()), encoding: 'base64' }));
  const { live, problems } = await findAgain('a', utf8(text), 0);
  expect(live.length + problems.filter(({ code }) => code === 'body-packed').length).toBeGreaterThan(0);
});

test('what is hostile takes no longer than what is not', async () => {
  for (const piece of ['UEsDBBQA', 'UEsDBBQA ', `${base64(zip()).slice(0, 150)} \n`, 'UEsDBBQA\n', 'UEsDBBQA=='])
    await readInput(piece.repeat(20_000));
});
