import { type LyingPage, quoted, script, token } from './lying-page.ts';

/** Functions by which storage is read are replaced. */
export const storageFunctions: readonly LyingPage[] = [
  {
    name: 'nothing to hide',
    html: script(`localStorage.plain = ${quoted('plain local')}; sessionStorage.plain = ${quoted('plain session')};
      document.cookie = 'plain=${token('plain cookie')}'; window.name = ${quoted('plain name')};
      history.replaceState({ plain: ${quoted('plain state')} }, '')`),
  },
  {
    name: 'Storage functions that answer nothing',
    html: script(`localStorage.real = ${quoted('answers nothing')};
      Storage.prototype.getItem = () => null; Storage.prototype.key = () => null;
      Object.defineProperty(Storage.prototype, 'length', { get: () => 0 })`),
  },
  {
    name: 'a getItem that changes one value',
    html: script(`localStorage.real = ${quoted('get-item real')}; localStorage.other = 'x';
      const { getItem } = Storage.prototype;
      Storage.prototype.getItem = function (key) {
        return key === 'real' ? ${quoted('get-item invented')} : getItem.call(this, key);
      }`),
  },
  {
    name: 'a key that leaves one out',
    html: script(`localStorage.aaa = ${quoted('key real')}; localStorage.zzz = 'z';
      const { key } = Storage.prototype;
      Storage.prototype.key = function (i) { return key.call(this, i) === 'aaa' ? 'zzz' : key.call(this, i); }`),
  },
  {
    name: 'a length of none and no names to list',
    html: script(`localStorage.length = ${quoted('length of none')};
      Object.defineProperty(Storage.prototype, 'length', { get: () => 0 })`),
  },
  {
    name: 'functions of storage that lie to some callers only',
    html: script(`localStorage.real = ${quoted('some callers')};
      const { key, getItem } = Storage.prototype;
      const own = () => new Error().stack.includes('/own.js');
      Storage.prototype.key = function (i) { return own() ? key.call(this, i) : null; };
      Storage.prototype.getItem = function (name) { return own() ? getItem.call(this, name) : ''; };
      Object.defineProperty(Storage.prototype, 'length', { get: () => 0 })`),
  },
  {
    name: 'functions of storage that invent an entry',
    html: script(`localStorage.real = ${quoted('entry real')};
      const { key, getItem } = Storage.prototype;
      Object.defineProperty(Storage.prototype, 'length', { get: () => 2 });
      Storage.prototype.key = function (i) { return i === 1 ? 'made' : key.call(this, i); };
      Storage.prototype.getItem = function (name) { return name === 'made' ? ${quoted('entry invented')} : getItem.call(this, name); }`),
  },
  {
    name: 'setters on Object.prototype',
    html: script(`localStorage.real = ${quoted('object setters')};
      for (let i = 0; i < 50; i += 1) Object.defineProperty(Object.prototype, i, { set() {}, get: () => '' });
      Object.defineProperty(Object.prototype, '$real', { set() {}, get: () => '' })`),
  },
  {
    name: 'enumerable names on Storage.prototype',
    html: script(
      `localStorage.real = ${quoted('prototype names')}; Storage.prototype.extra = ${quoted('prototype invented')}`,
    ),
  },
  {
    name: 'methods of texts and lists that answer nothing',
    html: script(`localStorage.real = ${quoted('text methods')}; sessionStorage.real = ${quoted('text methods session')};
      for (const proto of [String.prototype, Array.prototype, RegExp.prototype])
        for (const name of Object.getOwnPropertyNames(proto))
          if (name !== 'constructor' && name !== 'length') try { proto[name] = () => '' } catch {}`),
  },
  {
    name: 'keys that are called as methods are',
    html: script(`for (const key of ['length', 'key', 'getItem', '__proto__', 'constructor', 'toString', 'hasOwnProperty'])
      Storage.prototype.setItem.call(localStorage, key, ${quoted('method keys')} + '.' + key)`),
  },
];
