import { type LyingPage, quoted, script, token } from './lying-page.ts';

const hidden = (
  room: string,
) => `localStorage.real = ${quoted(`${room} local`)}; sessionStorage.real = ${quoted(`${room} session`)};
  document.cookie = 'real=${token(`${room} cookie`)}'; const none = { length: 0, key: () => null, getItem: () => null };
  const spoil = (view) => { for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(view, name, { get: () => none, configurable: true });
    Object.defineProperty(view.Document.prototype, 'cookie', { get: () => '', configurable: true });
    view.Storage.prototype.getItem = view.Storage.prototype.key = () => null; };`;

/** Whoever makes a clean frame to read through it is given a dirty one. */
export const doctoredFrames: readonly LyingPage[] = [
  {
    name: 'a contentWindow that is the page itself',
    html: script(`${hidden('content window')} spoil(window);
      Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', { get: () => window });
      Object.defineProperty(HTMLIFrameElement.prototype, 'contentDocument', { get: () => document })`),
    outcome: { none: 'told' },
  },
  {
    name: 'a createElement that makes spoiled frames',
    html: script(`${hidden('create element')} spoil(window); const { createElement } = document;
      Document.prototype.createElement = function (tag) {
        if (!/^(?:div|iframe)$/i.test(tag)) return createElement.call(this, tag);
        const fake = createElement.call(document, 'div'); Object.defineProperty(fake, 'firstChild', { value: { contentWindow: window } });
        return fake; }`),
    outcome: { none: 'told' },
  },
  {
    name: 'functions that put nodes into the page, and spoil each frame that comes',
    html: script(`${hidden('append')} spoil(window);
      const done = () => { for (let i = 0; window[i]; i += 1) try { spoil(window[i]) } catch {} };
      for (const [proto, names] of [[Node.prototype, ['appendChild', 'insertBefore', 'replaceChild']],
        [Element.prototype, ['append', 'prepend', 'before', 'after', 'replaceWith', 'replaceChildren', 'insertAdjacentElement', 'insertAdjacentHTML']]])
        for (const name of names) { const real = proto[name];
          proto[name] = function (...args) { const out = real.apply(this, args); done(); return out; } }
      const { set, get } = Object.getOwnPropertyDescriptor(Element.prototype, 'innerHTML');
      Object.defineProperty(Element.prototype, 'innerHTML', { get, set(text) { set.call(this, text); done() } })`),
    outcome: { none: 'told' },
  },
  {
    name: 'an observer that spoils each frame that comes',
    html: script(`${hidden('observer')} spoil(window);
      new MutationObserver(() => { for (let i = 0; window[i]; i += 1) try { spoil(window[i]) } catch {} })
        .observe(document, { childList: true, subtree: true })`),
  },
  {
    name: 'a custom element and old mutation events that spoil frames',
    html: script(`${hidden('custom element')} spoil(window);
      for (const event of ['DOMNodeInserted', 'DOMSubtreeModified', 'load'])
        document.addEventListener(event, () => { for (let i = 0; window[i]; i += 1) try { spoil(window[i]) } catch {} }, true);
      customElements.define('x-spoil', class extends HTMLElement {})`),
  },
  {
    name: 'no frames allowed by its policy',
    headers: {
      'content-security-policy':
        "frame-src 'none'; child-src 'none'; require-trusted-types-for 'script'; default-src 'self' 'unsafe-inline'",
    },
    html: script(`${hidden('no frames')} spoil(window)`),
  },
  {
    name: 'other windows by the names of frames, top and parent',
    html: script(`${hidden('frames replaced')}
      for (const name of ['frames', 'parent', 'self', 'length', 'opener'])
        Object.defineProperty(window, name, { get: () => ({ length: 0, localStorage: none }), configurable: true });
      spoil(window)`),
  },
];
