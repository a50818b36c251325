import { expect, test } from 'vitest';
import { messageText } from './message-text.ts';

const text = 'a-text-that-may-hold-a-token';
const read = (data: unknown) => messageText(structuredClone(data));

test.each<[string, unknown, unknown]>([
  ['a list', [1, text], [null, text]],
  ['a list with a hole', Object.assign([], { 1: text }), { 1: text }],
  ['a list with a member', Object.assign([1], { token: text }), { 0: null, token: text }],
  ['a set', new Set([text, 1]), [text, null]],
  ['a map with keys that are objects', new Map([[{ at: text }, 1]]), { [`{"at":"${text}"}`]: null }],
  [
    'a map with a key that becomes no text',
    new Map<unknown, unknown>([
      [{ toString: null, valueOf: null }, 1],
      ['t', text],
    ]),
    { '{"toString":null,"valueOf":null}': null, t: text },
  ],
  ['a part of a buffer', { part: new TextEncoder().encode(`beside ${text}`).subarray(7) }, { part: text }],
  ['characters of two bytes', Uint16Array.from(text, (one) => one.charCodeAt(0)), `${text}\0`],
  [
    'characters of two bytes, the greater first',
    Uint8Array.from([...text].flatMap((one) => [0, one.charCodeAt(0)])),
    `\0${text}`,
  ],
  ['characters of four bytes', Uint32Array.from(text, (one) => one.charCodeAt(0)), `${text}\0\0\0`],
  ['words between zeros', new TextEncoder().encode(`a\0b${text}\0${text}`), `a\0b${text}\0${text}`],
  ['a text as an object, and a pattern', [new String(text), new RegExp(text)], [text, `/${text}/`]],
  ['what holds no text', [new Date(), new Number(1), true, null, undefined], [null, null, null, null, null]],
])('%s is read whole', (_, data, json) => {
  const { text: found, isCut } = read(data);
  expect(JSON.parse(found)).toEqual(json);
  expect(isCut).toBe(false);
});

test('of an error its message, cause and stack are read, and each once', () => {
  const { text: found, isCut } = messageText(new Error('went wrong', { cause: { token: text } }));
  expect(JSON.parse(found)).toMatchObject({
    message: 'went wrong',
    cause: { token: text },
    stack: expect.not.stringMatching(/went wrong/),
  });
  expect(isCut).toBe(false);
});

test.each<[string, unknown]>([
  ['a file', { file: new Blob([text]) }],
  ['many values', Array.from({ length: 6000 }, () => ({}))],
  ['a long list', [...Array(5500).fill('x'), text]],
  ['many members', Object.fromEntries(Array.from({ length: 6000 }, (_, at) => [`m${at}`, 1]))],
  ['a large map', new Map(Array.from({ length: 6000 }, (_, at) => [at, text]))],
  ['many bytes', new Uint8Array(1e6)],
  ['a long text', 'x'.repeat(300_000)],
  ['a long key', { ['x'.repeat(300_000)]: 1 }],
  ['a deep nest', Array.from({ length: 50 }).reduce((inner) => [inner], text)],
])('of %s it is said that it was not read to the end', (_, data) => {
  expect(read(data).isCut).toBe(true);
});

test('a list of holes costs no more than it may say', () => {
  const holes: unknown[] = [];
  holes.length = 4e9;
  const began = performance.now();
  expect(messageText({ holes, after: text }).isCut).toBe(true);
  expect(performance.now() - began).toBeLessThan(100);
});

test('what cannot be read takes nothing else along', () => {
  const throws = {
    get token() {
      throw new Error('x');
    },
  };
  const { text: found, isCut } = messageText({ before: text, throws, after: text });
  expect(JSON.parse(found)).toEqual({ before: text, throws: null, after: text });
  expect(isCut).toBe(true);
});
