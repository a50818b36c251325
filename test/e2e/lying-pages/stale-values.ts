import { type LyingPage, quoted, script, token } from './lying-page.ts';

/** Long texts around a token, of which a look that samples would see nothing change. */
const around = (room: string) => `'x '.repeat(150_000) + ${quoted(room)} + ' y'.repeat(150_000)`;

/** Texts that change where a stamp of samples would not see it. Rooms of one page are names of one length, so tokens are, too. */
export const staleValues: readonly LyingPage[] = [
  {
    name: 'a token that changes in the middle of a long value',
    html: script(`localStorage.long = ${around('stale middle 1')}`),
    next: `localStorage.long = ${around('stale middle 2')}`,
  },
  {
    name: 'a token that changes in the middle of a long value of the session',
    html: script(`sessionStorage.long = ${around('stale session 1')}`),
    next: `sessionStorage.long = ${around('stale session 2')}`,
  },
  {
    name: 'a token that changes in a long name of the window',
    html: script(`window.name = ${around('stale name 1')}`),
    next: `window.name = ${around('stale name 2')}`,
    settles: 3000,
  },
  {
    name: 'a long state of its history that changes, and that it reads itself',
    html: script(`history.replaceState({ t: ${around('stale state 1')} }, ''); setInterval(() => history.state, 200)`),
    next: `history.replaceState({ t: ${around('stale state 2')} }, ''); history.state`,
    settles: 3000,
  },
  {
    name: 'two values that change places',
    html: script(`localStorage.one = ${quoted('stale place 1')}; localStorage.two = ${quoted('stale place 2')}`),
    next: `[localStorage.one, localStorage.two] = [localStorage.two, localStorage.one]`,
  },
  {
    name: 'a value that changes its name',
    html: script(`localStorage.before = ${quoted('stale name of a value')}`),
    next: `localStorage.after_ = localStorage.before; delete localStorage.before`,
  },
  {
    name: 'a token that comes back as it was',
    html: script(`localStorage.back = ${quoted('stale back 1')}`),
    next: `localStorage.back = ${quoted('stale back 2')}; setTimeout(() => { localStorage.back = ${quoted('stale back 1')} }, 1500)`,
    settles: 2500,
  },
  {
    name: 'a token that changes among a thousand long values',
    html: script(`for (let i = 0; i < 900; i += 1) localStorage['k' + i] = 'x'.repeat(5000) + i;
      localStorage.k450 = 'x'.repeat(2000) + ' ' + ${quoted('stale many 1')} + ' ' + 'x'.repeat(2000)`),
    next: `localStorage.k450 = 'x'.repeat(2000) + ' ' + ${quoted('stale many 2')} + ' ' + 'x'.repeat(2000)`,
  },
  {
    name: 'a cookie that changes',
    html: script(`document.cookie = 'stale=${token('stale cookie 1')}'`),
    next: `document.cookie = 'stale=${token('stale cookie 2')}'`,
  },
];
