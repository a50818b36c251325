import { type LyingPage, quoted, script } from './lying-page.ts';

const post = (...messages: string[]) =>
  script(`setTimeout(() => { ${messages.map((one) => `postMessage(${one}, '*');`).join(' ')} }, 1500)`);

/** Windows that post each other what is hard to hear. */
export const postedMessages: readonly LyingPage[] = [
  {
    name: 'messages of odd kinds, among them a list of two hundred million holes and a file',
    html: post(
      `(() => { const holes = []; holes.length = 2e8; return holes })()`,
      `new Blob(['unread'])`,
      `{ token: ${quoted('message after holes')} }`,
      `new Map([[{ toString: null, valueOf: null }, 1], [{ token: ${quoted('message key')} }, 1]])`,
      `new Error('x', { cause: ${quoted('message cause')} })`,
      `Object.assign([1, 2], { token: ${quoted('message beside')} })`,
      `Uint16Array.from(${quoted('message in two bytes')}, (one) => one.charCodeAt(0))`,
    ),
    holdsWithAccess: {
      message: ['message after holes', 'message key', 'message cause', 'message beside', 'message in two bytes'],
    },
    says: { granted: /2 messages between windows were not read, or not to the end/ },
    settles: 2000,
  },
  {
    name: 'a document that is opened anew before a message is posted',
    html: script(`setTimeout(() => { const own = window; document.open(); document.write('<title>Opened anew</title>'); document.close();
      own.setTimeout(() => own.postMessage({ token: ${quoted('after opening anew')} }, '*'), 300) }, 1500)`),
    holdsWithAccess: { message: ['after opening anew'] },
    says: { granted: /opened a document anew \d+ times?,/ },
    settles: 2000,
  },
];
