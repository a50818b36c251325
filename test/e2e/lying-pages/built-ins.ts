import { type LyingPage, quoted, script, token } from './lying-page.ts';

const hidden = (
  room: string,
) => `localStorage.real = ${quoted(`${room} local`)}; sessionStorage.real = ${quoted(`${room} session`)};
  document.cookie = 'real=${token(`${room} cookie`)}';`;

/** Functions of the language are replaced. */
export const builtIns: readonly LyingPage[] = [
  {
    name: 'JSON and toJSON of its own',
    html: script(`${hidden('json')} history.replaceState({ real: ${quoted('json state')} }, '');
      JSON.stringify = () => '{}'; JSON.parse = () => ({});
      for (const proto of [Object.prototype, String.prototype, Array.prototype, Storage.prototype])
        Object.defineProperty(proto, 'toJSON', { value: () => 'gone' })`),
  },
  {
    name: 'iterators of its own',
    html: script(`${hidden('iterators')} const none = function* () {};
      for (const proto of [Array.prototype, String.prototype, Set.prototype, Map.prototype, NodeList.prototype, HTMLCollection.prototype])
        proto[Symbol.iterator] = none`),
  },
  {
    name: 'calls by Reflect, call, apply and bind that answer nothing',
    html: script(`${hidden('calls')} Reflect.apply = Reflect.get = Reflect.ownKeys = () => undefined;
      Reflect.getOwnPropertyDescriptor = Object.getOwnPropertyDescriptor = () => undefined;
      Function.prototype.call = Function.prototype.apply = () => undefined; Function.prototype.bind = () => () => undefined`),
  },
  {
    name: 'conversions of its own',
    html: script(`${hidden('conversions')} String.prototype.toString = String.prototype.valueOf = () => 'gone';
      Number.prototype.toString = () => 'gone'; Object.prototype.toString = Object.prototype.valueOf = () => 'gone';
      Symbol.toPrimitive; String.prototype[Symbol.toPrimitive] = () => 'gone'; Number.prototype[Symbol.toPrimitive] = () => 0`),
  },
  {
    name: 'symbols and prototypes that are changed',
    html: script(`${hidden('prototypes')} Object.setPrototypeOf(Storage.prototype, null);
      try { Object.setPrototypeOf(localStorage, { get length() { return 0 } }) } catch {}
      Object.setPrototypeOf(sessionStorage, null)`),
  },
  {
    name: 'promises and timers of its own',
    html: script(`${hidden('promises')} Promise.prototype.then = Promise.prototype.catch = () => new Promise(() => {});
      window.setTimeout = window.queueMicrotask = window.requestAnimationFrame = () => 0; Date.now = () => Number.NaN`),
  },
  {
    name: 'errors and stacks of its own',
    html: script(`${hidden('errors')} Error.prepareStackTrace = () => { localStorage.removeItem('real') };
      Error.stackTraceLimit = 0; window.Error = window.TypeError = function () { localStorage.removeItem('real') };
      window.onerror = window.onunhandledrejection = () => localStorage.removeItem('real')`),
  },
];
