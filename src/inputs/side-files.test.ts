import { expect, test } from 'vitest';
import { readInput } from '../../test/builders/read-input.ts';
import { daily } from '../../test/builders/tokens.ts';
import type { ReadBeside } from './input.ts';
import { isWithin } from './side-files.ts';

const [host, guest] = [daily.host(), daily.guest()];
const url = 'https://call.example/join';
const har = (entry: object) => JSON.stringify({ log: { entries: [entry] } });
const entry = {
  startedDateTime: '2026-11-26T12:00:00.000Z',
  request: {
    method: 'POST',
    url,
    headers: [],
    postData: { mimeType: 'application/json', text: '', params: [], _file: 'bodies/a.json' },
  },
  response: { status: 200, headers: [], content: { size: 9, mimeType: 'application/json', _file: 'b.json' } },
};
const files: Record<string, string> = {
  'bodies/a.json': JSON.stringify({ token: host }),
  'b.json': JSON.stringify({ token: guest }),
  'c.jsonl': [
    { type: 'send', time: 1, opcode: 1, data: host },
    { type: 'receive', time: 2, opcode: 2, data: btoa(guest) },
  ]
    .map((one) => `${JSON.stringify(one)}\n`)
    .join(''),
  'resources/d.json': JSON.stringify({ token: guest }),
};
const beside: ReadBeside = async (path) => (path in files ? new TextEncoder().encode(files[path]) : null);
const placesOf = ({ sightings }: Awaited<ReturnType<typeof readInput>>) =>
  sightings.map(({ token, place, path }) => [token, place.source, path, place.origin]);
const [https, wss] = ['https://call.example', 'wss://call.example'];

test('bodies that lie beside a recording stand in their exchange', async () => {
  const read = await readInput(har(entry), 100, beside);
  expect(placesOf(read)).toEqual([
    [host, 'request-body', '$.token', https],
    [guest, 'response-body', '$.token', https],
  ]);
  expect([read.failure, read.problems]).toEqual([null, []]);
});

test('messages of a socket that lie beside it are its messages', async () => {
  const socket = {
    ...entry,
    _resourceType: 'websocket',
    request: { method: 'GET', url: 'wss://call.example/', headers: [] },
  };
  const read = await readInput(
    har({ ...socket, response: { status: 101, content: { _file: 'c.jsonl' } } }),
    100,
    beside,
  );
  expect(placesOf(read)).toEqual([
    [host, 'websocket-message', '', wss],
    [guest, 'websocket-message', '', wss],
  ]);
});

test.each([{ _sha1: 'd.json' }, { _file: 'resources/d.json' }])('bodies of a trace, too: %o', async (content) => {
  const line = JSON.stringify({
    type: 'resource-snapshot',
    snapshot: {
      ...entry,
      request: { method: 'GET', url, headers: [] },
      response: { status: 200, headers: [], content },
    },
  });
  expect(placesOf(await readInput(line, 100, beside))).toEqual([[guest, 'response-body', '$.token', https]]);
});

test('a recording that lies alone says what it lacks, and one that lacks some of them', async () => {
  expect((await readInput(har(entry))).problems).toEqual([
    {
      code: 'body-elsewhere',
      message:
        '2 bodies lie in files of their own (bodies/a.json, b.json), which were not read with it: give the folder or the archive that holds them.',
    },
  ]);
  const lacking = {
    ...entry,
    request: { method: 'GET', url, headers: [] },
    response: { content: { _file: '../b.json' } },
  };
  expect((await readInput(har(lacking), 100, beside)).problems).toMatchObject([
    { message: 'A body lies in a file of its own (../b.json), that could not be read with it.' },
  ]);
});

test('no path leads out of the folder', () => {
  for (const path of ['a', 'a.json', 'resources/a b.json', '..a']) expect(isWithin(path)).toBe(true);
  for (const path of [
    '',
    '/etc/passwd',
    '..',
    '../a',
    'a/../../b',
    './a',
    'a//b',
    'C:a',
    'a\\..\\b',
    'a\0',
    'a'.repeat(2000),
  ])
    expect(isWithin(path)).toBe(false);
});
