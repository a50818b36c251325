import { type At, type LyingPage, quoted, script, token } from './lying-page.ts';

const holds = (room: string) =>
  script(`try { localStorage.real = ${quoted(`${room} local`)} } catch {}
  try { sessionStorage.real = ${quoted(`${room} session`)} } catch {}
  try { document.cookie = 'real=${token(`${room} cookie`)}' } catch {}`);

const lies = `for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, { get: () => ({ length: 0, key: () => null, getItem: () => null }) });
  Object.defineProperty(document, 'cookie', { get: () => '' });`;

const stateful = (room: string) =>
  script(`window.name = ${quoted(`${room} name`)}; history.replaceState({ t: ${quoted(`${room} state`)} }, '')`);

const host = `const host = document.createElement('div'); document.documentElement.append(host);`;

const blobFrame = (room: string, put: string) =>
  script(`const frame = document.createElement('iframe');
    frame.src = URL.createObjectURL(new Blob(['<script>window.name = "${token(room)}"</' + 'script>'], { type: 'text/html' })); ${put}`);

const unlisted = /The browser does not list this frame/;

const inShadow = (mode: 'open' | 'closed', src: string) =>
  script(
    `${host} const frame = document.createElement('iframe'); frame.src = ${JSON.stringify(src)}; host.attachShadow({ mode: '${mode}' }).append(frame)`,
  );

/** Frames that store apart, or not at all, and speak for others. */
export const framesApart: readonly LyingPage[] = [
  {
    name: 'a sandboxed frame of its own address beside the page',
    html: `${holds('sandbox sibling')}<iframe sandbox="allow-scripts" src="/frame"></iframe>`,
    more: { '/frame': { html: script(`window.name = ${quoted('sandboxed name')}`) } },
    outcome: { none: 'told', granted: 'told' },
  },
  {
    name: 'a sandboxed frame of another site and a sibling that stores',
    html: (at) =>
      `<iframe sandbox="allow-scripts" src="${at.other}/frame"></iframe><iframe src="${at.other}/frame"></iframe>`,
    more: { '/frame': { html: holds('sandboxed twin') } },
    outcome: { none: 'told' },
  },
  {
    name: 'a sandboxed frame of another site alone',
    html: (at) => `<iframe sandbox="allow-scripts" src="${at.other}/frame"></iframe>`,
    more: { '/frame': { html: holds('sandboxed alone') } },
    says: { none: /The browser does not let its tools into this frame/ },
  },
  {
    name: 'a frame of its own origin below another site',
    html: (at) =>
      `${script(`localStorage.top = ${quoted('partition top')}`)}<iframe src="${at.other}/between"></iframe>`,
    more: {
      '/between': { html: (at) => `<iframe src="${at.own}/inner"></iframe>` },
      '/inner': { html: script(`localStorage.inner = ${quoted('partition inner')}`) },
    },
  },
  {
    name: 'one site directly below it, and below another site',
    html: (at) => `<iframe src="${at.sibling}/frame?direct"></iframe><iframe src="${at.other}/between"></iframe>`,
    more: {
      '/between': { html: (at) => `<iframe src="${at.sibling}/frame?below"></iframe>` },
      '/frame': {
        html: script(
          `localStorage[location.search] = location.search === '?direct' ? ${quoted('site directly')} : ${quoted('site below')}`,
        ),
      },
    },
  },
  {
    name: 'one address directly below it, and below another site',
    html: (at) => `<iframe src="${at.sibling}/frame"></iframe><iframe src="${at.other}/between"></iframe>`,
    more: {
      '/between': { html: (at) => `<iframe src="${at.sibling}/frame"></iframe>` },
      '/frame': {
        html: script(
          `localStorage.real = location.ancestorOrigins.length === 1 ? ${quoted('address directly')} : ${quoted('address below')}`,
        ),
      },
    },
    outcome: { none: 'told' },
  },
  {
    name: 'a credentialless frame',
    html: `${script(`localStorage.page = ${quoted('beside credentialless')}`)}<iframe credentialless src="/inside"></iframe>`,
    more: { '/inside': { html: script(`localStorage.inside = ${quoted('in credentialless')}`) } },
  },
  {
    name: 'a credentialless frame of the page’s own address',
    html: script(`if (window === top) { localStorage.page = ${quoted('twin page')};
      document.write('<iframe credentialless src="/"></iframe>') } else localStorage.inside = ${quoted('twin credentialless')}`),
    outcome: { none: 'told' },
  },
  {
    name: 'a policy that sandboxes it',
    headers: { 'content-security-policy': 'sandbox allow-scripts' },
    html: script(`window.name = ${quoted('sandboxed page')}`),
    outcome: { none: 'told', granted: 'told' },
  },
  {
    name: 'frames of srcdoc, blob: and data:',
    html: `${holds('inherited')}<iframe srcdoc="<script>window.name = '${token('srcdoc name')}'</script>"></iframe>
      <iframe src="data:text/html,<script>window.name = '${token('data name')}'</script>"></iframe>
      ${script(`const frame = document.createElement('iframe');
        frame.src = URL.createObjectURL(new Blob(['<script>window.name = "${token('blob name')}"</' + 'script>'], { type: 'text/html' }));
        document.documentElement.append(frame)`)}`,
    settles: 300,
    outcome: { none: 'told', granted: 'told' },
  },
  {
    name: 'a document.domain shared with another origin',
    headers: { 'origin-agent-cluster': '?0' },
    html: (at) =>
      `${script(`document.domain = location.hostname; window.name = ${quoted('domain page')}`)}<iframe src="${at.sibling}/frame"></iframe>`,
    more: {
      '/frame': {
        headers: { 'origin-agent-cluster': '?0' },
        html: script(`document.domain = location.hostname.replace(/^sub\\./, ''); window.name = ${quoted('domain frame')};
          localStorage.real = ${quoted('domain storage')}; history.replaceState({ t: ${quoted('domain state')} }, '')`),
      },
    },
  },
  {
    name: 'a frame of its own that lies while the page does not',
    html: `${holds('honest page')}<iframe src="/frame"></iframe>`,
    more: { '/frame': { html: script(`${lies} window.name = ${quoted('lying frame name')}`) } },
  },
  {
    name: 'a frame of another site that lies while the page does not',
    html: (at) => `${holds('honest top')}<iframe src="${at.other}/frame"></iframe>`,
    more: { '/frame': { html: `${holds('lying other')}${script(lies)}` } },
  },
  {
    name: 'a frame that speaks for the page through its functions',
    html: `${holds('spoken for')}<iframe src="/frame"></iframe>`,
    more: {
      '/frame': { html: script(`${lies.replaceAll('window,', 'top,').replaceAll('(document', '(top.document')}`) },
    },
  },
  {
    name: 'a sandboxed frame of a blob: address',
    html: `${holds('beside a sandboxed blob')}${blobFrame('sandboxed blob', `frame.setAttribute('sandbox', 'allow-scripts'); document.documentElement.append(frame)`)}`,
    settles: 500,
    outcome: { none: 'told', granted: 'told' },
    says: { none: unlisted, granted: unlisted },
  },
  {
    name: 'a frame of a blob: address in an open shadow tree',
    html: blobFrame('open blob', `${host} host.attachShadow({ mode: 'open' }).append(frame)`),
    settles: 500,
  },
  {
    name: 'a sandboxed frame of a blob: address in an open shadow tree, beside one of another site',
    html: (at) =>
      `<iframe src="${at.other}/frame"></iframe>${blobFrame('hidden blob', `${host} frame.setAttribute('sandbox', 'allow-scripts'); host.attachShadow({ mode: 'open' }).append(frame)`)}`,
    more: { '/frame': { html: holds('beside a hidden blob') } },
    settles: 500,
    outcome: { none: 'told', granted: 'told' },
  },
  {
    name: 'a frame in a frame in an open shadow tree',
    html: inShadow('open', '/middle'),
    more: { '/middle': { html: '<iframe src="/inner"></iframe>' }, '/inner': { html: stateful('deep') } },
    settles: 800,
    // The page's own script, by which alone a state is read, is not asked for shadow trees.
    outcome: { granted: 'told' },
    says: { granted: /history.state of this frame was not read: it stands in a shadow tree/ },
    saysNot: /No document of the page reaches/,
  },
  {
    name: 'a frame in a closed shadow tree',
    html: inShadow('closed', '/inner'),
    more: { '/inner': { html: stateful('closed') } },
    settles: 800,
    outcome: { none: 'told', granted: 'told' },
    says: { none: /No document of the page reaches/, granted: /history.state of this frame was not read/ },
  },
  {
    name: 'a text in a closed shadow tree, and a frame below it',
    html: `${script(`${host} const root = host.attachShadow({ mode: 'closed' });
      root.innerHTML = '<p data-x="${token('text in a closed tree')}"></p><iframe src="/inner"></iframe>'`)}`,
    more: { '/inner': { html: script(`window.name = ${quoted('name in a closed tree')}`) } },
    holdsWithAccess: { 'page-content': ['text in a closed tree'] },
    settles: 800,
    outcome: { none: 'told' },
  },
  {
    name: 'a frame of another site in a closed shadow tree',
    html: (at) => inShadow('closed', `${at.other}/inner`),
    more: { '/inner': { html: stateful('far and closed') } },
    settles: 800,
    saysNot: /No document of the page reaches/,
  },
  {
    name: 'a frame of a blob: address in a closed shadow tree',
    html: blobFrame('closed blob', `${host} host.attachShadow({ mode: 'closed' }).append(frame)`),
    settles: 800,
    outcome: { none: 'told' },
    says: { none: unlisted },
  },
  {
    name: 'a sandboxed frame of a blob: address in a closed shadow tree',
    html: blobFrame(
      'closed and sandboxed blob',
      `${host} frame.setAttribute('sandbox', 'allow-scripts'); host.attachShadow({ mode: 'closed' }).append(frame)`,
    ),
    settles: 800,
    outcome: { none: 'told', granted: 'told' },
    says: { none: unlisted, granted: unlisted },
  },
  {
    name: 'frames that it has written anew',
    html: `<iframe id="a"></iframe><iframe id="b" src="about:blank?x#y"></iframe>${script(`addEventListener('load', () => {
      for (const frame of [a, b]) { const { contentDocument, contentWindow } = frame; contentDocument.open();
        contentDocument.write('<p>Written'); contentDocument.close(); contentWindow.name = ${quoted('written anew')} } })`)}`,
    settles: 800,
    saysNot: /No document of the page reaches/,
  },
  {
    name: 'an empty frame, and one like it in an open shadow tree',
    html: `<iframe></iframe>${script(`${host} const frame = document.createElement('iframe');
      host.attachShadow({ mode: 'open' }).append(frame); frame.contentWindow.name = ${quoted('empty twin')}`)}`,
    settles: 500,
    saysNot: /No document of the page reaches/,
  },
  {
    name: 'one address in a frame of its own, a sandboxed and a credentialless one',
    html: `<iframe src="/inner"></iframe><iframe src="/inner" sandbox="allow-scripts"></iframe><iframe src="/inner" credentialless></iframe>`,
    more: { '/inner': { html: script(`window.name = ${quoted('three alike')}`) } },
    outcome: { none: 'told' },
  },
  {
    name: 'frames of one address that differ by their fragments',
    html: (at) => `<iframe src="${at.other}/inner#a"></iframe><iframe src="${at.other}/inner#b"></iframe>`,
    more: {
      '/inner': {
        html: script(
          `window.name = location.hash === '#a' ? ${quoted('first fragment')} : ${quoted('second fragment')}`,
        ),
      },
    },
  },
  {
    name: 'a title and cookies that tell of windows which there are not',
    html: (at) =>
      `${inShadow('closed', '/inner')}${script(`const told = 'x\\nw${at.own}/inner\\nw${at.own}/inner\\nE';
      for (const name of ['title', 'cookie']) Object.defineProperty(document, name, { get: () => told })`)}`,
    more: { '/inner': { html: script(`window.name = ${quoted('behind a title')}`) } },
    settles: 800,
    outcome: { none: 'told' },
    says: { none: /No document of the page reaches/ },
  },
  {
    name: 'three hundred frames that come once it has loaded',
    html: script(`localStorage.real = ${quoted('beside three hundred')};
      addEventListener('load', () => setTimeout(() => { for (let i = 0; i < 300; i += 1) document.body.append(document.createElement('iframe'));
        document.body.lastChild.contentWindow.name = ${quoted('the last of three hundred')} }, 1000))`),
    settles: 3000,
  },
  {
    name: 'documents of three origins, one after the other, while it is read',
    html: moving,
    more: {
      '/end': { html: script(`localStorage.end = ${quoted('end of the way')}`) },
    },
    settles: 5000,
  },
];

/** A step of a way of eight: each is at another origin than the one before. */
function moving({ own, sibling, other }: At): string {
  return script(`const step = Number(new URLSearchParams(location.search).get('step') ?? 0), origins = ${JSON.stringify([own, sibling, other])};
    localStorage['step' + step] = ${quoted('on the way')};
    setTimeout(() => { location.href = step < 8 ? origins[(step + 1) % 3] + '/?step=' + (step + 1) : origins[0] + '/end' }, 350)`);
}
