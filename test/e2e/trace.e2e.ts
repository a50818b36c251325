import { afterAll, beforeAll, expect, test } from 'vitest';
import { hours, jwt } from '../builders/tokens.ts';
import { violations } from './axe.ts';
import { type PageServer, servePages } from './page-server.ts';
import { eventually, openSession, press, reportOf, type Session, shownText } from './session.ts';

const now = Math.floor(Date.now() / 1000);
const token = (sub: string) => jwt({ sub, iat: now, exp: now + hours(1) });

/** Each function on a line of its own. */
const script = `
const put = (token) => localStorage.setItem('auth', token);
const bake = (token) => { document.cookie = 'session=' + token; };
const ask = (token) => fetch('/api', { headers: { Authorization: 'Bearer ' + token } }).catch(() => {});
const old = (token) => { const one = new XMLHttpRequest(); one.open('GET', '/api');
  one.setRequestHeader('X-Token', token); one.send(); };
let socket;
const join = (token) => { socket = new WebSocket(location.origin.replace('http', 'ws') + '/?token=' + token); };
const say = (token) => { try { WebSocket.prototype.send.call(socket, token); } catch {} };
const post = (token) => window.postMessage({ type: 'auth', token }, location.origin);
const taken = { setItem: Storage.prototype.setItem, fetch, WebSocket, send: WebSocket.prototype.send, postMessage,
  cookie: Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set, header: XMLHttpRequest.prototype.setRequestHeader };
const facts = () => JSON.stringify(Object.entries(taken).map(([name, one]) => [name, String(one), Object.getOwnPropertyNames(one)]));
const before = facts();
const slots = () => Object.getOwnPropertyNames(window).filter((name) => /^_[0-9a-f]{32}$/.test(name));
`;
const lineOf = (what: string) => script.split('\n').findIndex((line) => line.includes(what)) + 1;

let site: PageServer;
let session: Session;

beforeAll(async () => {
  const page = `<!doctype html><title>Traced</title><script src="/app.js"></script>`;
  site = await servePages(
    {
      '/': page,
      '/frame': page,
      '/outer': `${page}<iframe src="/frame"></iframe>`,
      '/hiding': `<!doctype html><script>var debug = () => { window.wasCalled = true; };</script><script src="/app.js"></script>`,
      '/app.js': script,
      '/api': '',
    },
    { '/app.js': { 'content-type': 'text/javascript' } },
  );
  session = await openSession({ url: `${site.origin}/` });
});
afterAll(async () => {
  await session?.close();
  await site?.close();
});

const run = (code: string) => session.page.evaluate(code);
const traceBox = `[...document.querySelectorAll('#roomkey-settings label')].find((one) => one.textContent.includes('Trace which')).querySelector('input')`;
const toggle = () => session.panel.evaluate(`${traceBox}.click()`);
/** Waits until the page holds as many traces as given. */
const installed = (count: number) => eventually(async () => expect(await run('slots().length')).toBe(count));

/** Waits until a token is found, wherever it is. */
const listed = (text: string) =>
  eventually(async () => expect((await reportOf(session.panel)).tokens.map((one) => one.token)).toContain(text));

async function callsOf(text: string) {
  const { tokens } = await reportOf(session.panel);
  const found = tokens.find((one) => one.token === text);
  return (found?.sightings ?? [])
    .filter(({ source }) => source === 'traced-call')
    .map(({ label, initiator, stack }) => ({
      label: label.replace(/^call \d+: /, ''),
      url: initiator?.url,
      line: initiator?.line,
      stack,
    }));
}

test('nothing is installed until it is asked for', async () => {
  await run(`put('${token('untraced')}')`);
  await listed(token('untraced'));
  expect(await run('slots().length')).toBe(0);
  expect(await callsOf(token('untraced'))).toEqual([]);
});

test('each call that handles a token is a step of its way, with script, line and stack', async () => {
  await press(session.panel, 'Settings');
  await eventually(async () => expect(await session.panel.evaluate(`Boolean(${traceBox})`)).toBe(true));
  await toggle();
  await installed(1);
  const made = {
    put: `localStorage.setItem("auth"), value`,
    bake: `document.cookie = "session=…", cookie`,
    ask: `fetch("/api"), header Authorization`,
    old: `XMLHttpRequest.setRequestHeader("X-Token"), header X-Token`,
    join: `new WebSocket("${site.origin.replace('http', 'ws')}/"), URL`,
    say: `WebSocket.send, message`,
    post: `window.postMessage to ${site.origin}, message.token`,
  };
  for (const name of Object.keys(made)) await run(`${name}('${token(name)}')`);
  for (const [name, label] of Object.entries(made)) {
    const line = lineOf(name === 'old' ? 'setRequestHeader(' : `const ${name} =`);
    await eventually(async () =>
      expect(await callsOf(token(name)), name).toEqual([
        { label, url: `${site.origin}/app.js`, line, stack: [expect.stringContaining(name), expect.anything()] },
      ]),
    );
  }
  await eventually(async () => {
    const { tokens } = await reportOf(session.panel);
    const steps = tokens.find((one) => one.token === token('put'))?.journey;
    expect(steps?.map(({ step }) => step)).toEqual(['called', 'stored']);
  });
  expect(await run('facts() === before')).toBe(true);
  expect(await run('Object.keys(window).filter((name) => name.startsWith("_")).length')).toBe(0);
});

test('the settings with the trace on, and the calls that led to a place, are accessible in both themes', async () => {
  await eventually(async () => expect(await shownText(session.panel)).toMatch(/Traced: 1 document\./));
  expect(await violations(session.panel)).toEqual([]);
  await session.panel.evaluate("document.querySelector('.grid [role=row][id]').click()");
  await session.panel.evaluate(
    "[...document.querySelectorAll('.detail [role=tab]')].find((one) => one.textContent.startsWith('Places')).click()",
  );
  await eventually(async () => expect(await shownText(session.panel)).toMatch(/Called from\s+at /));
  expect(await violations(session.panel)).toEqual([]);
  await press(session.panel, 'Close details');
});

test('a document that comes later is traced, and a frame of it', async () => {
  await session.page.goto(`${site.origin}/outer`);
  await installed(1);
  await eventually(async () => expect(await run(`frames[0].eval('slots().length')`)).toBe(1));
  await run(`put('${token('later')}')`);
  await run(`frames[0].eval("put('${token('framed')}')")`);
  await eventually(async () => expect(await callsOf(token('later'))).toHaveLength(1));
  await eventually(async () => expect(await callsOf(token('framed'))).toHaveLength(1));
});

test('a flood ends the trace of that function alone, and is told', async () => {
  await run(`for (let i = 0; i < 2000; i += 1) put('' + i)`);
  await eventually(async () =>
    expect(await shownText(session.panel)).toContain('no longer traced until the page is loaded again: setItem'),
  );
  await run(`put('${token('flooded')}')`);
  await run(`bake('${token('after the flood')}')`);
  await eventually(async () => expect(await callsOf(token('after the flood'))).toHaveLength(1));
  expect(await callsOf(token('flooded'))).toEqual([]);
});

test.each([
  ['deletes it', 'delete window[slots()[0]]'],
  [
    'puts another in its place',
    `{ const name = slots()[0]; delete window[name]; window[name] = () => { debugger; throw 1; }; }`,
  ],
  [
    'forges it',
    `{ const name = slots()[0]; Object.defineProperty(window, name, { value: () => { debugger; for (;;) throw 1; }, configurable: true }); }`,
  ],
])('a page that %s is not stopped, and it is said that it is no longer traced', async (_, attack) => {
  await session.page.goto(`${site.origin}/`);
  await installed(1);
  await run(attack);
  for (const name of ['put', 'bake', 'ask', 'say', 'post']) await run(`${name}('${token('attacked')}')`);
  expect(await run('1 + 1')).toBe(2);
  await eventually(async () => expect(await shownText(session.panel)).toContain('took away what the trace needs'));
  expect(await run('facts() === before')).toBe(true);
});

test('a variable of the page in front of the console’s function is not called', async () => {
  await session.page.goto(`${site.origin}/hiding`);
  await eventually(async () => expect(await shownText(session.panel)).toContain('a variable “debug” of the page'));
  // A trace that was there before the variable ends when nobody has collected from it for a while.
  await eventually(async () => expect(await run('slots().length')).toBe(0));
  expect(await run('Boolean(window.wasCalled)')).toBe(false);
});

test('switched off, it leaves nothing behind', async () => {
  await session.page.goto(`${site.origin}/`);
  await installed(1);
  await toggle();
  await installed(0);
  await run(`put('${token('after the end')}')`);
  await listed(token('after the end'));
  expect(await callsOf(token('after the end'))).toEqual([]);
});
