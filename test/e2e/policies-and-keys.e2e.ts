import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hours, jwt } from '../builders/tokens.ts';
import { type PageServer, servePages } from './page-server.ts';
import { eventually, openSession, press, reportOf, type Session, shownText } from './session.ts';

const now = Math.floor(Date.now() / 1000);
const publishedSecret = 'my_jitsi_app_secret';
const token = jwt(
  { aud: 'jitsi', iss: 'northwind', sub: 'meet.northwind.example', room: 'standup', iat: now, exp: now + hours(1) },
  {},
  publishedSecret,
);

let pages: PageServer;
let session: Session;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roomkey-policy-'));
  pages = await servePages({
    '/call': `<!doctype html><title>Call</title><script>localStorage.auth = ${JSON.stringify(token)}</script>`,
  });
  session = await openSession({ url: `${pages.origin}/call` });
  await eventually(async () => expect((await reportOf(session.panel)).tokens).toHaveLength(1));
  await session.panel.evaluate("document.querySelector('.grid [role=row][id]').click()");
});

afterAll(async () => {
  await session?.close();
  await pages?.close();
  rmSync(folder, { recursive: true, force: true });
});

const findings = async () => (await reportOf(session.panel)).tokens[0]?.findings ?? [];

async function openTab(title: string) {
  await session.panel.evaluate((name: string) => {
    const tabs = [...document.querySelectorAll<HTMLElement>('.detail [role=tab]')];
    tabs.find(({ textContent }) => textContent?.trim().startsWith(name))?.click();
  }, title);
}

test('the key a sample publishes is found in a worker, and becomes a finding', async () => {
  expect((await findings()).map(({ rule }) => rule)).not.toContain('hmac-secret-known');
  await openTab('Validity');
  await press(session.panel, 'Look for a weak key');
  await eventually(async () => expect(await shownText(session.panel)).toContain('The key is weak.'));
  const text = await shownText(session.panel);
  expect(text).toContain('the Jitsi Docker sample');
  expect(text).toMatch(/\d guesses, [\d,]+ per second/);
  expect((await findings()).find(({ rule }) => rule === 'hmac-secret-known')).toMatchObject({ severity: 'critical' });
});

test('a finding is muted for its place, with a reason that is kept; no token is', async () => {
  await openTab('Findings');
  await session.panel.evaluate(`(() => {
    const line = [...document.querySelectorAll('.finding .entry')].find((one) => one.textContent.includes('In localStorage'));
    if (line.ariaExpanded === 'false') line.click();
  })()`);
  await press(session.panel, 'Mute');
  await session.panel.waitForSelector('.mute-form select');
  await session.panel.select('.mute-form select', '1');
  await session.panel.type('.mute-form input', 'until the new login');
  await press(session.panel, 'Mute the finding');
  await eventually(async () => expect(await shownText(session.panel)).toContain('Muted: until the new login'));
  expect((await findings()).find(({ rule }) => rule === 'storage-local')?.muted).toBe('until the new login');
  expect((await reportOf(session.panel)).summary.muted).toBe(1);
  const kept = (await session.panel.evaluate(
    'chrome.storage.local.get(null).then((all) => JSON.stringify(all))',
  )) as string;
  const { settings } = JSON.parse(kept) as { settings: { mutes: object[] } };
  expect(settings.mutes).toEqual([
    {
      rule: 'storage-local',
      token: null,
      place: 'localStorage["auth"]',
      origin: pages.origin,
      reason: 'until the new login',
    },
  ]);
  expect(kept).not.toContain(token);
  expect(kept).not.toContain(publishedSecret);
});

test('an own policy with mistakes is refused with their places, and a right one judges', async () => {
  await press(session.panel, 'Settings');
  await bring('wrong.json', '{"off": ["no-such-rule"],\n "limits": {}}');
  await eventually(async () => expect(await shownText(session.panel)).toContain('It was not imported'));
  expect(await shownText(session.panel)).toContain('$.off[0] is no rule of this version (line 1, column 10)');
  expect(await shownText(session.panel)).toContain('(line 2, column 2)');
  await bring('right.json', '{"name": "Northwind", "severities": {"script-readable": "low"}}');
  await eventually(async () => expect((await reportOf(session.panel)).policy).toBe('Northwind'));
  expect((await findings()).find(({ rule }) => rule === 'storage-local')?.muted).toBe('until the new login');
  expect(await shownText(session.panel)).not.toContain('It was not imported');
});

test('nothing is preset where no administrator set anything', async () => {
  expect(await session.panel.evaluate('chrome.storage.managed.get()')).toEqual({});
});

async function bring(name: string, text: string) {
  const file = join(folder, name);
  writeFileSync(file, text);
  const input = (await session.panel.$('input[aria-label="Policy file"]')) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(file);
}
