import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrangePanel } from '../browser/photograph-panel.ts';
import { type CallSite, startCallSite } from '../demo/site.ts';
import { violations } from './axe.ts';
import { type PageServer, servePages } from './page-server.ts';
import { eventually, openSession, type Session, shownText } from './session.ts';

let site: CallSite;
let pages: PageServer;
let session: Session;

beforeAll(async () => {
  site = await startCallSite({ now: Math.floor(Date.now() / 1000) });
  pages = await servePages(
    { '/empty': '<title>Empty</title>', '/sandboxed': '' },
    { '/sandboxed': { 'content-security-policy': 'sandbox allow-scripts' } },
  );
  session = await openSession({ url: site.guestUrl });
});

afterAll(async () => {
  await session?.close();
  await site?.close();
  await pages?.close();
});

// Every view and every menu of a wide panel: names.e2e.ts.
test('the list of tokens, with the note about hidden cookies', async () => {
  await eventually(async () => expect(await shownText(session.panel)).toContain('Allow on'));
  await eventually(async () => expect(await shownText(session.panel)).toContain('Supabase'));
  expect(await violations(session.panel)).toEqual([]);
});

test('a narrow panel', async () => {
  await arrangePanel(session.devtools, session.panel, { width: 360, height: 640 });
  expect(await violations(session.panel)).toEqual([]);
  await arrangePanel(session.devtools, session.panel, { width: 1280, height: 760 });
});

describe('the panel of a tab', () => {
  let other: Awaited<ReturnType<Session['open']>>;

  beforeAll(async () => {
    other = await session.open(`${pages.origin}/empty`);
    await arrangePanel(other.devtools, other.panel, { width: 1000, height: 600 });
  });

  afterAll(() => other?.page.close());

  test.each([
    ['without tokens', () => `${pages.origin}/empty`, 'No tokens here yet'],
    ['on a page of the browser', () => 'chrome://version', 'This is a page of the browser itself'],
    ['on a file', () => `file://${import.meta.filename}`, 'This page is a file on this computer'],
    ['on an error page', () => 'http://127.0.0.1:9/', 'The page could not be loaded'],
    ['on a sandboxed page', () => `${pages.origin}/sandboxed`, 'This page is sandboxed'],
  ])('%s', async (_, url, words) => {
    await other.page.goto(url()).catch(() => {});
    await eventually(async () => expect(await shownText(other.panel)).toContain(words));
    expect(await violations(other.panel)).toEqual([]);
  });
});
