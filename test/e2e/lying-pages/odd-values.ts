import { type LyingPage, quoted, script } from './lying-page.ts';

/** Kinds of values that are kept whole and hold a text elsewhere than among what can be listed, by their names. */
const values = (room: string) => `{
  boxed: new String(${quoted(`${room} boxed`)}),
  pattern: new RegExp(${quoted(`${room} pattern`)}),
  error: new Error(${quoted(`${room} error`)}),
  beside: Object.assign([1], { token: ${quoted(`${room} beside`)} }),
  bytes: new TextEncoder().encode(${quoted(`${room} bytes`)}),
  keyed: new Map([[{ token: ${quoted(`${room} key`)} }, 1]]),
}`;

const rooms = (room: string) =>
  ['boxed', 'pattern', 'error', 'beside', 'bytes', 'key'].map((kind) => `${room} ${kind}`);

/** Values of which a plain reading finds no text. */
export const oddValues: readonly LyingPage[] = [
  {
    name: 'a database of texts, patterns, errors, bytes and keys as objects',
    html: script(`const request = indexedDB.open('odd');
      request.onupgradeneeded = () => request.result.createObjectStore('odd').add(${values('record')}, 1)`),
    holds: { 'indexed-db': rooms('record') },
    settles: 300,
    outcome: { none: 'told' },
  },
];
