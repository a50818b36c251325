import { afterAll, beforeAll, expect, test } from 'vitest';
import { base64url, jwt, rawJwt } from '../builders/tokens.ts';
import { violations } from './axe.ts';
import { type PageServer, servePages } from './page-server.ts';
import { eventually, openSession, press, reportOf, type Session, shownText } from './session.ts';

const now = Math.floor(Date.now() / 1000);
const token = (room: string) => jwt({ r: room, d: 'd-hard', iat: now, exp: now + 3600 });
const html = (script: string) => `<!doctype html><title>Hard page</title><script>${script}</script>`;

// As much as browsers let one origin store: ten megabytes of UTF-16.
const enormous = rawJwt({ alg: 'HS256', typ: 'JWT' }, { r: 'enormous', d: 'd-hard', pad: 'p'.repeat(3_700_000) });
const deep = rawJwt(
  { alg: 'HS256', typ: 'JWT' },
  `{"r":"deep","d":"d-hard","nested":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
);
const odd = rawJwt(
  { alg: 'HS256', typ: 'JWT' },
  `{"r":"odd","d":"d-hard","__proto__":{"polluted":true},"u":"<img src=x onerror=document.title='hacked'>\\ud800","exp":${now + 60}}`,
);

let server: PageServer;
let session: Session;

beforeAll(async () => {
  server = await servePages(
    {
      '/plain': html(`localStorage.clear(); localStorage.plain = ${JSON.stringify(token('plain'))}`),
      '/enormous': html(`localStorage.clear(); localStorage.enormous = ${JSON.stringify(enormous)}`),
      '/deep':
        html(`localStorage.clear(); localStorage.deep = ${JSON.stringify(deep)}; localStorage.odd = ${JSON.stringify(odd)};
        localStorage.setItem('__proto__', ${JSON.stringify(token('proto-key'))});
        localStorage.setItem('length', ${JSON.stringify(token('length-key'))})`),
      '/full': html(`localStorage.clear(); localStorage.full = ${JSON.stringify(token('full'))};
        let size = 1 << 20; while (size) try { localStorage['pad' + Math.random()] = 'x'.repeat(size) } catch { size >>= 1 }`),
      '/hostile': html(`localStorage.clear(); localStorage.hidden = ${JSON.stringify(token('hidden'))};
        Storage.prototype.getItem = () => 'nothing'; Storage.prototype.key = () => null;
        Array.prototype.push = () => { throw new Error('no') }; JSON.stringify = () => '{}';
        Object.entries = Object.keys = () => []; RegExp.prototype.test = RegExp.prototype.exec = () => null;
        String.prototype.slice = String.prototype.charCodeAt = () => ''; Object.prototype.toJSON = () => 'gone';
        Math.imul = Math.min = () => 0; Function.prototype.toString = () => 'function () { [native code] }'`),
      '/policy': html(''),
      '/sandboxed': html(''),
      '/frames': `<!doctype html><title>Frames</title>
        <iframe srcdoc="<p>srcdoc"></iframe><iframe src="about:blank#x"></iframe>
        <iframe sandbox="allow-scripts" src="/plain?in-sandbox"></iframe>
        <script>localStorage.clear(); localStorage.beside = ${JSON.stringify(token('beside'))};
        setInterval(() => { const frame = document.createElement('iframe'); frame.src = '/gone?' + Math.random();
          document.body.append(frame); setTimeout(() => frame.remove(), 30) }, 60)</script>`,
      '/gone': html(''),
      '/apart': `${html(`localStorage.clear(); localStorage.page = ${JSON.stringify(token('page'))}`)}
        <iframe credentialless src="/credentialless"></iframe>`,
      '/credentialless': html(`localStorage.inside = ${JSON.stringify(token('inside'))}`),
    },
    {
      '/policy': { 'content-security-policy': "default-src 'none'; require-trusted-types-for 'script'" },
      '/sandboxed': { 'content-security-policy': 'sandbox allow-scripts' },
    },
  );
  session = await openSession({ url: `${server.origin}/plain` });
});

afterAll(async () => {
  await session?.close();
  await server?.close();
});

async function goto(path: string) {
  await session.page.goto(server.origin + path);
}

/** Rooms of the tokens that are there: those of the page before are gone, at rest and in its requests. */
async function rooms(): Promise<(string | null)[]> {
  const { tokens } = await reportOf(session.panel);
  return tokens
    .filter(({ sightings }) => sightings.some(({ goneAt }) => goneAt === null))
    .map(({ facts }) => facts.room);
}

async function storedAs(): Promise<string[] | undefined> {
  const { tokens } = await reportOf(session.panel);
  return tokens[0]?.sightings.flatMap(({ source, label }) => (source === 'local-storage' ? [label] : [])).sort();
}

async function problems(): Promise<string[]> {
  return (await reportOf(session.panel)).problems.map(({ code }) => code);
}

test('a page that blocks is named as such, keeps what was found, and is read again when it answers', async () => {
  await eventually(async () => expect(await rooms()).toEqual(['plain']));
  void session.page.evaluate(() => {
    const until = Date.now() + 9000;
    while (Date.now() < until);
    localStorage.setItem('after', localStorage.getItem('plain') ?? '');
  });
  await eventually(async () => expect(await shownText(session.panel)).toContain('The page is not answering'), 9);
  expect(await rooms()).toEqual(['plain']);
  expect(await violations(session.panel)).toEqual([]);
  await eventually(async () => {
    expect(await shownText(session.panel)).not.toContain('The page is not answering');
    expect(await storedAs()).toEqual(['localStorage["after"]', 'localStorage["plain"]']);
  });
}, 40_000);

test('a page that replaces storage functions cannot hide a token, and is told on', async () => {
  await goto('/hostile');
  await eventually(async () => expect(await rooms()).toEqual(['hidden']), 30);
  // A page that is slow to answer has no other problem until it has.
  await eventually(async () => expect(await problems()).toContain('storage-tampered'));
});

test('a strict content security policy keeps nothing from being read', async () => {
  await goto('/plain');
  await goto('/policy');
  await eventually(async () => expect(await rooms()).toEqual(['plain']));
});

test('what a credentialless frame stores is read beside what the page’s origin stores', async () => {
  await goto('/apart');
  await eventually(async () => expect(new Set(await rooms())).toEqual(new Set(['inside', 'page'])));
});

test('frames that vanish while they are read disturb nothing', async () => {
  await goto('/frames');
  await eventually(async () => expect(await rooms()).toContain('beside'));
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(await rooms()).toContain('beside');
  expect(await shownText(session.panel)).not.toContain('could not be read');
});

test.each([
  ['a page of the browser', () => 'chrome://version', 'This is a page of the browser itself'],
  ['a file', () => `file://${import.meta.filename}`, 'This page is a file on this computer'],
  ['an error page', () => 'http://127.0.0.1:9/', 'The page could not be loaded'],
  ['a sandboxed page', () => `${server.origin}/sandboxed`, 'This page is sandboxed'],
])('%s is named as such, and the panel works again afterwards', async (_, url, words) => {
  await session.page.goto(url()).catch(() => {});
  await eventually(async () => expect(await shownText(session.panel)).toContain(words));
  await goto('/plain');
  await eventually(async () => expect(await rooms()).toEqual(['plain']));
});

test('a rescan reads everything again', async () => {
  await press(session.panel, 'Rescan');
  await eventually(async () => expect(await rooms()).toEqual(['plain']));
});

test('nothing is read while another devtools tab is shown, and reading resumes afterwards', async () => {
  const show = (ending: string) =>
    session.devtools.evaluate(`import('./ui/legacy/legacy.js').then((ui) => {
      const id = ui.InspectorView.InspectorView.instance().tabbedPane.tabIds().find((tab) => tab.endsWith('${ending}'));
      return ui.ViewManager.ViewManager.instance().showView(id);
    })`);
  const reads = () => session.page.evaluate('globalThis.reads') as Promise<number>;
  await session.page.evaluate(`globalThis.reads = 0; Object.defineProperty(document, 'cookie', {
    configurable: true, get: () => { globalThis.reads += 1; return ''; } })`);
  await eventually(async () => expect(await reads()).toBeGreaterThan(0));
  await show('console');
  await new Promise((resolve) => setTimeout(resolve, 700));
  const before = await reads();
  await session.page.evaluate((text: string) => localStorage.setItem('unseen', text), token('unseen'));
  await new Promise((resolve) => setTimeout(resolve, 2000));
  expect(await reads()).toBe(before);
  await show('Roomkey');
  await eventually(async () => expect(await rooms()).toContain('unseen'));
  expect(await reads()).toBeGreaterThan(before);
});

test('text that only looks like a token in base64 is left alone', async () => {
  await session.page.evaluate(
    (text: string, written: string) => {
      localStorage.setItem('look-alike', text);
      localStorage.setItem('written after it', written);
    },
    base64url('{"alg":"x"} and words'),
    token('written after it'),
  );
  await eventually(async () => expect(await rooms()).toContain('written after it'));
  expect(await rooms()).not.toContain(null);
});

test('deep nesting, hostile claims and awkward keys change nothing but the list', async () => {
  await goto('/deep');
  await eventually(async () => {
    const found = await rooms();
    expect(found).toContain('proto-key');
    expect(found).toContain('length-key');
    expect(found).toContain('odd');
  });
  const { tokens } = await reportOf(session.panel);
  expect(tokens.find((one) => one.token === deep)).toBeDefined();
  expect(
    await session.panel.evaluate("[document.title, ({}).polluted, document.querySelectorAll('img').length]"),
  ).toEqual(['Roomkey', null, 0]);
}, 60_000);

test('a full storage is read all the same', async () => {
  await goto('/full');
  await eventually(async () => expect(await rooms()).toEqual(['full']), 40);
}, 60_000);

// It stays in every later report, each of which takes its time, so it comes last.
test('a token of ten megabytes is found and the panel goes on', async () => {
  await goto('/enormous');
  await eventually(async () => expect(await rooms()).toContain('enormous'), 40);
  expect(await shownText(session.panel)).toContain('enormous');
}, 60_000);
