import { type LyingPage, quoted, script, token } from './lying-page.ts';

/** Values that are others while they are looked at. */
export const changingValues: readonly LyingPage[] = [
  {
    name: 'a value that is swapped while it is read, and put back',
    html: script(`localStorage.real = ${quoted('swapped real')};
      const { getItem, setItem } = Storage.prototype; const length = Object.getOwnPropertyDescriptor(Storage.prototype, 'length').get;
      Object.defineProperty(Storage.prototype, 'length', { get() {
        setItem.call(this, 'real', 'harmless'); queueMicrotask(() => setItem.call(this, 'real', ${quoted('swapped real')}));
        return length.call(this); } })`),
    // The page's own function is asked, whoever asks, and passes on whatever it is.
    outcome: { none: 'told' },
  },
  {
    name: 'a cookie that is taken away while it is read',
    html: script(`document.cookie = 'real=${token('cookie swapped')}';
      const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
      Object.defineProperty(document, 'cookie', { configurable: true, get() {
        set.call(document, 'real=; max-age=0'); queueMicrotask(() => set.call(document, 'real=${token('cookie swapped')}'));
        return get.call(document); } })`),
  },
  {
    name: 'a storage that is emptied when its window is asked for it',
    html: script(`const store = localStorage; store.real = ${quoted('emptied real')};
      Object.defineProperty(window, 'localStorage', { get() { store.removeItem('real');
        setTimeout(() => { store.real = ${quoted('emptied real')} }); return store } })`),
  },
  {
    name: 'a replaced value, once it has been read',
    html: script(`localStorage.real = ${quoted('before read')}`),
    next: `localStorage.real = ${quoted('after read')}`,
  },
  {
    name: 'functions that are replaced once it has been read',
    html: script(`localStorage.real = ${quoted('read first')}`),
    next: `localStorage.second = ${quoted('read second')}; Storage.prototype.key = () => 'real'; Storage.prototype.getItem = () => 'x';
      Object.defineProperty(Storage.prototype, 'length', { get: () => 1 })`,
  },
];
