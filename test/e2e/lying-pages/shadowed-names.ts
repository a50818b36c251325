import { type LyingPage, quoted, script, token } from './lying-page.ts';

const hidden = (room: string) => `window.localStorage.real = ${quoted(`${room} local`)};
  window.sessionStorage.real = ${quoted(`${room} session`)}; document.cookie = 'real=${token(`${room} cookie`)}';`;

const empty = `{ length: 0, key: () => null, getItem: () => null }`;

/** Names of the page's own, which a script that says the name means instead of the window's. */
export const shadowedNames: readonly LyingPage[] = [
  {
    name: 'let localStorage',
    html: script(hidden('let storage')) + script(`let localStorage = ${empty}; let sessionStorage = ${empty}`),
  },
  {
    name: 'a class by the name of localStorage',
    html:
      script(hidden('class storage')) +
      script(`class localStorage { static length = 0; static key() { return null } static getItem() { return null } }`),
  },
  {
    name: 'const names for what its reading needs',
    html:
      script(
        `${hidden('const names')} history.replaceState({ real: ${quoted('const names state')} }, ''); window.name = ${quoted('const names name')}`,
      ) +
      script(`const Object = { defineProperty() {} }, Promise = null, setTimeout = null, Date = null, Set = null, Reflect = null,
        indexedDB = null, caches = undefined, performance = null, Number = null, JSON = null, Array = null, String = null, Math = null`),
    outcome: { none: 'told' },
  },
  {
    name: 'names of the window that are frozen',
    html: script(`${hidden('frozen')} for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { value: Object.freeze(${empty}), configurable: false, writable: false });
      Object.preventExtensions(window)`),
  },
  {
    name: 'globals that are deleted',
    html: script(`${hidden('no globals')} for (const name of ['Object', 'Array', 'Promise', 'Set', 'Map', 'JSON', 'Reflect', 'Error',
      'setTimeout', 'performance', 'indexedDB', 'caches', 'Storage', 'Document', 'Node', 'Element', 'HTMLIFrameElement']) delete window[name]`),
    outcome: { none: 'told' },
  },
  {
    name: 'names of the command line of devtools',
    html: script(`${hidden('command line')} for (const name of ['$', '$$', '$x', '$0', 'keys', 'values', 'inspect', 'copy', 'debug', 'dir'])
      Object.defineProperty(window, name, { get() { localStorage.clear(); return () => { localStorage.clear() } } })`),
  },
];
