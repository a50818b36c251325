import { type LyingPage, quoted, script, token } from './lying-page.ts';

const shown = (...rooms: string[]) => ({ 'page-content': rooms });

const define = `const put = (on, name, parts) => Object.defineProperty(on, name, Object.assign(Object.create(null), parts));`;

/** Documents that answer otherwise than they are, or are of an odd kind. */
export const oddDocuments: readonly LyingPage[] = [
  {
    name: 'the attributes of another element in the place of each',
    html: `<p data-x="${token('hidden attributes')}">${script(`const other = document.createElement('i');
      const { get } = Object.getOwnPropertyDescriptor(Element.prototype, 'attributes');
      Object.defineProperty(Element.prototype, 'attributes', { get() { return get.call(other) } })`)}`,
    holds: shown('hidden attributes'),
  },
  {
    name: 'names and values of attributes of its own',
    html: `<p data-x="${token('hidden names')}">${script(`for (const name of ['name', 'localName', 'value'])
      Object.defineProperty(Attr.prototype, name, { get: () => 'class' })`)}`,
    holds: shown('hidden names'),
  },
  {
    name: 'texts that say they are empty, all of them and one by itself',
    html: `<p>${script(`const text = document.createTextNode(${quoted('text of its own data')});
      document.querySelector('p').append(document.createComment(${quoted('empty comment')}), text);
      Object.defineProperty(CharacterData.prototype, 'data', { get: () => '' }); Object.defineProperty(text, 'data', { value: '' })`)}`,
    holds: shown('empty comment', 'text of its own data'),
  },
  {
    name: 'a walk through its nodes that ends early',
    html: script(`const { nextNode } = NodeIterator.prototype; let count = 0;
      NodeIterator.prototype.nextNode = function () { return (count += 1) % 300 > 200 ? null : nextNode.call(this) };
      for (let i = 0; i < 300; i += 1) document.documentElement.append(document.createElement('p'));
      document.documentElement.lastChild.dataset.x = ${quoted('behind a walk')}`),
    holds: shown('behind a walk'),
  },
  {
    name: 'numbers on every object and in every list',
    html: `<p data-x="${token('beside numbers')}">${script(`localStorage.real = ${quoted('numbers local')};
      for (let i = 0; i < 50; i += 1) { Object.defineProperty(Array.prototype, i, { get: () => 'x', set() {}, configurable: true });
        Object.defineProperty(Object.prototype, i, { get() { throw 1 }, set() { throw 2 }, configurable: true }) }`)}`,
    holds: shown('beside numbers'),
    outcome: { none: 'told' },
  },
  {
    name: 'members on every object by which properties are described and answers held',
    html: `<p data-x="${token('beside members')}">${script(`localStorage.real = ${quoted('members local')}; ${define}
      for (const name of ['then', 'text', 'stamp', 'kind', 'late', 'inside', 'apply', 'length', 'get', 'set', 'value'])
        put(Object.prototype, name, { get() {}, set() {}, configurable: true })`)}`,
    holds: shown('beside members'),
  },
  {
    name: 'nodes before the one that counts which come and go all the time',
    html: `<body>${script(`for (let i = 0; i < 600; i += 1) document.body.append(document.createElement('p'));
      const last = document.createElement('p'); last.dataset.x = ${quoted('behind passing nodes')}; document.body.append(last);
      setInterval(() => { for (let i = 0; i < 20; i += 1) { document.body.firstChild.remove(); document.body.prepend(document.createElement('p')) } }, 5)`)}`,
    holds: shown('behind passing nodes'),
  },
  {
    name: 'a document of XML, with sections and instructions, and functions of its own',
    type: 'application/xml',
    html: `<?xml version="1.0"?><root xmlns:h="http://www.w3.org/1999/xhtml" data-x="${token('xml attribute')}">
      <h:script>localStorage.real = ${quoted('xml local')}; Storage.prototype.getItem = () => null;
        window.size = () => document.documentElement.childNodes.length; window.before = size()</h:script>
      <?app ${token('xml instruction')}?><![CDATA[${token('xml section')}]]></root>`,
    holds: shown('xml attribute', 'xml instruction', 'xml section'),
  },
  {
    name: 'a picture of SVG as its document',
    type: 'image/svg+xml',
    html: `<svg xmlns="http://www.w3.org/2000/svg" data-x="${token('svg attribute')}"><script>localStorage.real = ${quoted('svg local')}</script></svg>`,
    holds: shown('svg attribute'),
  },
  {
    name: 'a token in two texts that touch, and a frame whose document has no root',
    html: `<p id="p"></p><iframe id="f"></iframe>${script(`const whole = ${quoted('in two texts')}; p.append(whole.slice(0, 60), whole.slice(60));
      addEventListener('load', () => { f.contentDocument.documentElement.remove() })`)}`,
    holds: shown('in two texts'),
    settles: 1500,
    saysNot: /replaced functions/,
  },
  {
    name: 'nothing but JSON as its document',
    type: 'application/json',
    html: JSON.stringify({ token: token('json document') }),
    holds: shown('json document'),
  },
  {
    // That it was made ready is seen by what it stores: its origin's storage is the page's, too.
    name: 'another document that is made ready before anybody goes there',
    html: `<script type="speculationrules">{"prerender": [{"urls": ["/ahead?token=${token('address ahead')}"], "eagerness": "immediate"}]}</script>
      ${script(`localStorage.here = ${quoted('page in front')}`)}`,
    more: {
      '/ahead': {
        html: `<p>${token('text ahead')}</p>${script(`window.name = ${quoted('name ahead')}; sessionStorage.ahead = ${quoted('session ahead')};
          if (document.prerendering) localStorage.ahead = ${quoted('stored ahead')}`)}`,
      },
    },
    holds: { 'local-storage': ['stored ahead', 'page in front'] },
    settles: 2500,
    saysNot: /text ahead|name ahead|session ahead/,
  },
  {
    name: 'a policy that allows no frame, and a cookie that it hides and sends',
    headers: { 'content-security-policy': "frame-src 'none'; child-src 'none'" },
    html: script(`document.cookie = 'real=${token('hidden and sent')}';
      const { get } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
      Object.defineProperty(Document.prototype, 'cookie', { get() { return get.call(this) && '' }, set() {} });
      for (let i = 1; i < 4; i += 1) setTimeout(() => fetch('/leaf?' + i).catch(() => {}), i * 1200);
      let n = 0; setInterval(() => { localStorage.n = n += 1 }, 1500)`),
    more: { '/leaf': { html: 'leaf' } },
    settles: 4500,
    says: { none: /the page’s own script did not show it at/ },
  },
];
