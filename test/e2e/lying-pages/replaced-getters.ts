import { type LyingPage, quoted, script, token } from './lying-page.ts';

const hidden = (
  room: string,
) => `localStorage.real = ${quoted(`${room} local`)}; sessionStorage.real = ${quoted(`${room} session`)};
  document.cookie = 'real=${token(`${room} cookie`)}';`;

const fake = (room: string) => `Object.assign(Object.create(Storage.prototype), { made: ${quoted(room)} })`;

/** What window and document are asked for is answered by the page. */
export const replacedGetters: readonly LyingPage[] = [
  {
    name: 'a getter for localStorage that gives another storage',
    html: script(`${hidden('storage swapped')} const other = sessionStorage; sessionStorage.only = ${quoted('swapped only')};
      Object.defineProperty(window, 'localStorage', { get: () => other })`),
  },
  {
    name: 'an empty stand-in for both storages',
    html: script(`${hidden('stand-in')} for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { value: { length: 0, key: () => null, getItem: () => null } })`),
  },
  {
    name: 'a stand-in for storage that holds an invented token',
    html: script(`${hidden('invented stand-in')} const made = { made: ${quoted('stand-in invented')} };
      Object.defineProperty(made, 'length', { value: 1 }); Object.defineProperty(made, 'key', { value: () => 'made' });
      Object.defineProperty(made, 'getItem', { value: () => made.made });
      Object.defineProperty(window, 'localStorage', { value: made })`),
  },
  {
    name: 'a Proxy around storage',
    html: script(`${hidden('proxy')} const real = localStorage;
      const proxy = new Proxy(real, {
        get: (at, name) => name === 'length' ? 0 : typeof at[name] === 'function' ? () => null : undefined,
        ownKeys: () => [], getOwnPropertyDescriptor: () => undefined });
      Object.defineProperty(window, 'localStorage', { get: () => proxy })`),
  },
  {
    name: 'an object below Storage.prototype in place of storage',
    html: script(`${hidden('below prototype')} const made = ${fake('below invented')};
      Object.defineProperty(window, 'localStorage', { get: () => made })`),
  },
  {
    name: 'a getter for localStorage that throws',
    html: script(`${hidden('throwing getter')}
      Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError') } })`),
  },
  {
    name: 'localStorage that is null',
    html: script(`${hidden('null storage')} Object.defineProperty(window, 'localStorage', { value: null })`),
  },
  {
    name: 'storages that are deleted from the window',
    html: script(
      `${hidden('deleted')} delete window.localStorage; delete window.sessionStorage; delete Window.prototype.localStorage`,
    ),
  },
  {
    name: 'a getter for document.cookie on the document',
    html: script(`document.cookie = 'real=${token('own cookie getter')}';
      Object.defineProperty(document, 'cookie', { get: () => 'theme=dark', set() {} })`),
  },
  {
    name: 'a getter for cookie on Document.prototype',
    html: script(`document.cookie = 'real=${token('prototype cookie getter')}';
      Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set() {} })`),
  },
  {
    name: 'a getter for document.cookie that invents a cookie',
    html: script(`document.cookie = 'real=${token('cookie not told')}';
      Object.defineProperty(document, 'cookie', { get: () => 'made=${token('cookie invented')}', set() {} })`),
  },
  {
    name: 'a getter for document.cookie that throws',
    html: script(`document.cookie = 'real=${token('cookie thrown')}';
      Object.defineProperty(document, 'cookie', { get() { throw new Error('no') }, set() {} })`),
  },
  {
    name: 'a cookie of traffic that its getter hides',
    headers: { 'set-cookie': `answered=${token('cookie of traffic')}; Path=/` },
    html: script(`Object.defineProperty(document, 'cookie', { get: () => '', set() {} })`),
    says: { none: /Accounts of it disagree: The page has replaced functions of the browser by which cookie/ },
  },
  {
    name: 'HttpOnly cookies',
    headers: { 'set-cookie': `guarded=${token('guarded cookie')}; Path=/; HttpOnly` },
    html: script(''),
  },
  {
    name: 'HttpOnly cookies below whose path no document lies',
    headers: {
      'set-cookie': [
        `elsewhere=${token('cookie of another path')}; Path=/api; HttpOnly`,
        `below=${token('cookie of a path below')}; Path=/api/v2/; HttpOnly`,
      ],
    },
    html: script(''),
  },
  {
    name: 'a getter for window.name',
    html: script(
      `window.name = ${quoted('window-name real')}; Object.defineProperty(window, 'name', { get: () => '' })`,
    ),
    outcome: { none: 'told' },
  },
  {
    name: 'a getter for window.name that invents',
    html: script(
      `window.name = ''; Object.defineProperty(window, 'name', { get: () => ${quoted('window-name invented')} })`,
    ),
  },
  {
    name: 'a getter for history.state',
    html: script(`history.replaceState({ real: ${quoted('state real')} }, '');
      Object.defineProperty(history, 'state', { get: () => null })`),
    outcome: { none: 'told' },
  },
  {
    name: 'a getter for state on History.prototype, and no history',
    html: script(`history.replaceState({ real: ${quoted('state prototype')} }, '');
      Object.defineProperty(History.prototype, 'state', { get: () => null });
      Object.defineProperty(window, 'history', { get: () => ({ state: null }) })`),
    // The empty frame by which it is seen through would show in the page.
    outcome: { none: 'told', granted: 'told' },
  },
  {
    name: 'a window.origin of another site',
    html: (at) =>
      script(`localStorage.real = ${quoted('origin replaced')};
      Object.defineProperty(window, 'origin', { get: () => '${at.other}' })`),
  },
  {
    name: 'a window.origin of none',
    html: script(
      `localStorage.real = ${quoted('origin null')}; Object.defineProperty(window, 'origin', { get: () => 'null' })`,
    ),
  },
  {
    name: 'a window that says it is credentialless',
    html: script(`localStorage.real = ${quoted('credentialless said')}; window.credentialless = true;
      Object.defineProperty(window, 'credentialless', { get: () => true })`),
  },
];
