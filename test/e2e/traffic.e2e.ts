import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isNote } from '../../src/engine/model/notes.ts';
import { daily, hours, jwt } from '../builders/tokens.ts';
import { choosePanel, eventually, openSession, press, reportOf, type Session } from './session.ts';
import { startTrafficSite, type TrafficSite } from './traffic-site.ts';
import { textOf } from './what-is-shown.ts';

const now = Math.floor(Date.now() / 1000);
/** Tokens by what the tests call them. */
const tokens = new Map<string, string>();
function token(name: string): string {
  const known = tokens.get(name) ?? jwt({ sub: name, iat: now, exp: now + hours(1) });
  tokens.set(name, known);
  return known;
}
const given = ['cookie', 'received', 'moved', 'framed', 'event', 'streamed', 'worker cookie'];

let site: TrafficSite;
let session: Session;

beforeAll(async () => {
  site = await startTrafficSite(Object.fromEntries(given.map((name) => [name.replace(' ', '-'), token(name)])));
  session = await openSession({ url: `${site.origin}/` });
});
afterAll(async () => {
  await session?.close();
  await site?.close();
});

/** Where a panel lists tokens, by what the tests call them, without the numbers of requests. */
async function places(panel: Frame = session.panel): Promise<Record<string, string[]>> {
  const { tokens: listed } = await reportOf(panel);
  const names = new Map([...tokens].map(([name, text]) => [text, name]));
  return Object.fromEntries(
    listed.map(({ token: text, sightings }) => [
      names.get(text) ?? text,
      [...new Set(sightings.map(({ label }) => label.replace(/^request \d+: /, '')))].sort((a, b) => (a < b ? -1 : 1)),
    ]),
  );
}

const run = (code: string, page: Page = session.page) => page.evaluate(code);

async function expectPlaces(expected: Record<string, string[]>, panel: Frame = session.panel): Promise<void> {
  await eventually(async () => expect(await places(panel)).toMatchObject(expected));
}

/** What the panel says of traffic that was not read. */
async function unread(): Promise<string> {
  const { problems } = await reportOf(session.panel);
  return problems
    .filter(({ code }) => code === 'traffic-unread')
    .map(({ message }) => message)
    .join(' ');
}

async function preserveLog(isOn: boolean): Promise<void> {
  await session.devtools.evaluate(`import('./core/common/common.js').then(({ Settings }) =>
    Settings.Settings.instance().moduleSetting('network-log.preserve-log').set(${isOn}))`);
}

test('without access to the site, tokens are found wherever requests carry them, ended or not', async () => {
  await run(`
    fetch('/cookie?cookie').then(() => fetch('/echo'));
    send('/silent', '${token('no answer')}');
    send('/endless', '${token('no end')}');
    open('access_token=${token('socket')}');
    open('received');
    talk('${token('text')}', false);
    talk('${token('binary')}', true);
    fetch('/moved?moved').then((reply) => reply.text());
    work('${token('worker')}');
    frame('${site.otherOrigin}/frame#framed');
    stream('/events?event');
    fetch('/events?streamed');
    fetch('/echo', { method: 'POST', body: JSON.stringify({ token: '${token('posted')}' }) });
  `);
  await expectPlaces({
    cookie: ['request header Cookie "session"', 'response header set-cookie "session"'],
    'no answer': ['request header authorization'],
    'no end': ['request header authorization'],
    socket: ['request URL ?access_token'],
    received: ['WebSocket message 3, received'],
    text: ['WebSocket message 3, sent'],
    binary: ['WebSocket message 3, sent'],
    moved: ['response header location'],
    worker: ['request header authorization'],
    framed: ['response body'],
    event: ['event stream message 2, received'],
    streamed: ['event stream message 2, received'],
    posted: ['request body'],
  });
  const { tokens: listed } = await reportOf(session.panel);
  // One request, one place: nothing is told twice while it goes on.
  expect(listed.find(({ token: text }) => text === token('socket'))?.sightings).toHaveLength(1);
});

test('messages are numbered on where they come later', async () => {
  await run(`sockets[1].send('fourth'); sockets[1].send('${token('later')}')`);
  await expectPlaces({ later: ['WebSocket message 5, sent'] });
});

test('a change of the address has nothing told again', async () => {
  const before = await places();
  await run(`history.pushState(0, '', '#there')`);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(await places()).toEqual(before);
});

test('while the panel is hidden and devtools are docked elsewhere nothing is missed', async () => {
  await session.devtools.evaluate(`import('./ui/legacy/legacy.js').then(async ({ ViewManager, DockController }) => {
    await ViewManager.ViewManager.instance().showView('network');
    DockController.DockController.instance().setDockSide('bottom');
  })`);
  await run(`send('/echo', '${token('hidden')}'); sockets[1].send('${token('hidden message')}')`);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await session.devtools.evaluate(`import('./ui/legacy/legacy.js').then(({ DockController }) =>
    DockController.DockController.instance().setDockSide('right'))`);
  await run(`send('/echo', '${token('docked')}')`);
  session.panel = await choosePanel(session.devtools);
  await expectPlaces({
    hidden: ['request header authorization'],
    'hidden message': ['WebSocket message 6, sent'],
    docked: ['request header authorization'],
  });
});

test('a pause asks for nothing and says afterwards that requests were missed', async () => {
  await press(session.panel, 'Pause watching');
  await run(`send('/echo', '${token('paused')}')`);
  await site.asked('/echo');
  await new Promise((resolve) => setTimeout(resolve, 800));
  await press(session.panel, 'Resume watching');
  await run(`send('/echo', '${token('resumed')}'); sockets[1].send('${token('resumed message')}')`);
  await expectPlaces({
    resumed: ['request header authorization'],
    'resumed message': ['WebSocket message 7, sent'],
  });
  expect(Object.keys(await places())).not.toContain('paused');
  expect(await unread()).toContain('Requests made while watching was paused were missed; 1 is known of.');
});

test('what a service worker passes on counts once, answered at once or late, and what the page sends twice counts twice', async () => {
  await run(`navigator.serviceWorker.register('/passing-on.js').then(() => navigator.serviceWorker.ready)`);
  await eventually(async () => expect(await run('Boolean(navigator.serviceWorker.controller)')).toBe(true));
  const asks = [
    ['passed on', '/passed-on'],
    ['passed on late', '/passed-on?late'],
    ['passed on very late', '/passed-on?very-late'],
    ['twice', '/echo?very-late'],
    ['twice', '/echo?very-late'],
  ] as const;
  const times = async () => {
    const { tokens: listed } = await reportOf(session.panel);
    return asks.map(([name]) => listed.find((one) => one.token === token(name))?.sightings.length);
  };
  const calls = asks.map(([name, path]) => `fetch('${path}', bearer('${token(name)}')).then((reply) => reply.text())`);
  await run(`globalThis.replies = Promise.all([${calls.join(', ')}]); 0`);
  // Three are unanswered by then, longer than one waits for the answer to show what it is.
  await new Promise((resolve) => setTimeout(resolve, 2700));
  await eventually(async () => expect(await times()).toEqual([1, 1, 1, 2, 2]), 5);
  await run('replies.then(() => 0)');
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(await times()).toEqual([1, 1, 1, 2, 2]);
});

test('another tab has its own requests only', async () => {
  const other = await session.open(`${site.otherOrigin}/`);
  await run(`send('/echo', '${token('other tab')}')`, other.page);
  await run(`send('/echo', '${token('this tab')}')`);
  await expectPlaces({ 'other tab': ['request header authorization'] }, other.panel);
  await expectPlaces({ 'this tab': ['request header authorization'] });
  expect(Object.keys(await places(other.panel))).toEqual(['other tab']);
  expect(Object.keys(await places())).not.toContain('other tab');
  await other.page.close();
  await session.page.bringToFront();
});

test('a join token that another tab sends, too, is flagged in both, until that tab is closed', async () => {
  tokens.set('join', daily.guest({ iat: now, exp: now + hours(1) }));
  const other = await session.open(`${site.otherOrigin}/`);
  const tabs = [session, other] as const;
  for (const { page } of tabs) await run(`send('/echo', '${token('join')}')`, page);
  const isFlagged = async (panel: Frame) => {
    const found = (await reportOf(panel)).tokens.find((one) => one.token === token('join'));
    return found?.findings.some(({ rule }) => rule === 'token-reused-tabs');
  };
  for (const { panel } of tabs) await eventually(async () => expect(await isFlagged(panel)).toBe(true));
  await other.page.close();
  await session.page.bringToFront();
  await eventually(async () => expect(await isFlagged(session.panel)).toBe(false));
});

test('a page that leaves takes nothing along that was told, and it is said what the browser forgets', async () => {
  await run(`send('/echo', '${token('before')}')`);
  await expectPlaces({ before: ['request header authorization'] });
  await session.page.goto(`${site.origin}/second`);
  await run(`send('/echo', '${token('after')}')`);
  await expectPlaces({
    before: ['request header authorization'],
    after: ['request header authorization'],
  });
  await eventually(async () => expect(await unread()).toMatch(/taken along by a navigation/));
  await eventually(async () => {
    const { problems } = await reportOf(session.panel);
    expect(problems.filter(isNote).map(({ message }) => message)).toEqual([
      expect.stringContaining('through the page’s own script'),
      expect.stringContaining('the last moment before that may be missing'),
    ]);
  });
  await eventually(async () => expect(await textOf(session.panel, '.statusline')).toMatch(/\d problems?, 2 notes/));
});

test('where the browser preserves the log, the last moment is read as well', async () => {
  await preserveLog(true);
  await run(`send('/endless', '${token('last moment')}'); location.href = '/?third'`);
  await eventually(async () => expect(session.page.url()).toContain('third'));
  await run(`send('/echo', '${token('third page')}')`);
  await expectPlaces({
    'last moment': ['request header authorization'],
    'third page': ['request header authorization'],
  });
  await session.page.reload();
  await run(`send('/echo', '${token('reloaded')}')`);
  await expectPlaces({ reloaded: ['request header authorization'], 'third page': ['request header authorization'] });
});

test('a page that crashes is said to have, keeps its list, and is heard again once it is loaded', async () => {
  const before = Object.keys(await places());
  const devtools = await session.page.createCDPSession();
  devtools.send('Page.crash').catch(() => {});
  await eventually(async () => expect(await textOf(session.panel, 'section.message')).toContain('has crashed'));
  expect(Object.keys(await places())).toEqual(before);
  await session.page.reload();
  await run(`send('/echo', '${token('after the crash')}')`);
  await expectPlaces({ 'after the crash': ['request header authorization'] });
});
