import { type LyingPage, quoted, script, token } from './lying-page.ts';

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
  {
    name: 'a state of its history with texts as objects, causes of errors and keys of all kinds',
    html: script(
      `history.replaceState({ boxed: new String(${quoted('state boxed')}), list: [...${quoted('state in pieces')}],
        error: new Error('x', { cause: ${quoted('state cause')} }), keyed: new Map([[{ toString: null }, 1], ['t', ${quoted('state keyed')}]]) }, '')`,
    ),
    holds: { 'history-state': ['state boxed', 'state in pieces', 'state cause', 'state keyed'] },
  },
  {
    name: 'attributes that say how something looks',
    html: `<p class="a ${token('in a class')}"></p><p style="--t:${token('in a style')}"></p><img srcset="/${token('in a srcset')} 2x">
      <svg><path d="${token('in a path')}"/></svg><a href="data:application/json,%22${token('in a data address')}%22">x</a>`,
    holds: { 'page-content': ['in a class', 'in a style', 'in a srcset', 'in a path', 'in a data address'] },
  },
];
