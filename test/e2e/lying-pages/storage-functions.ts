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
    name: 'setters on Object.prototype',
    html: script(`localStorage.real = ${quoted('object setters')};
      for (let i = 0; i < 50; i += 1) Object.defineProperty(Object.prototype, i, { set() {}, get: () => '' });
      Object.defineProperty(Object.prototype, '$real', { set() {}, get: () => '' })`),
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
