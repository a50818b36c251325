import { type LyingPage, quoted, script, token } from './lying-page.ts';

const stopped = (room: string) => `localStorage.real = ${quoted(`${room} local`)}; window.stop()`;

/** Lines of their own in the address of a script, which is no address: what documents tell of themselves is told by lines. */
const lines = (line: string) => `const odd = document.createElement('script'); odd.type = 'text/plain';
  odd.src = 'https://[\\n${line}'; document.documentElement.append(odd);`;

const shadowFrame = `const host = document.createElement('div'); document.documentElement.append(host);
  const frame = document.createElement('iframe'); frame.src = '/frame'; host.attachShadow({ mode: 'closed' }).append(frame);`;

const named = (room: string) => ({ '/frame': { html: script(`window.name = ${quoted(room)}`) } });

/** What makes the browser, or the documents themselves, say something else of documents than they are. */
export const stoppedLoading: readonly LyingPage[] = [
  {
    name: 'a stop to its own loading',
    html: script(`${stopped('stopped')}; document.cookie = 'real=${token('stopped cookie')}'`),
  },
  {
    name: 'a frame of another site that stops its own loading',
    html: (at) => `<iframe src="${at.other}/frame"></iframe>`,
    more: { '/frame': { html: script(stopped('stopped frame')) } },
  },
  {
    name: 'an invented frame in the address of a script',
    html: (at) =>
      script(`localStorage.real = ${quoted('beside an invented frame')};
        ${lines(`wblob:${at.own}/invented?token=${token('invented frame')}`)}`),
  },
  {
    name: 'a frame that nobody reaches, and says that it is reached',
    html: (at) => script(`${shadowFrame} ${lines(`w${at.own}/frame`)}`),
    more: named('unreached frame'),
    settles: 500,
    outcome: { none: 'told', granted: 'told' },
    says: {
      none: /No document of the page reaches this frame/,
      granted: /history\.state of this frame was not read: it stands in a shadow tree/,
    },
  },
];
