import type { KeyInput } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrangePanel } from '../browser/photograph-panel.ts';
import { type CallSite, startCallSite } from '../demo/site.ts';
import { violations } from './axe.ts';
import { readAloud } from './read-aloud.ts';
import { eventually, openSession, reportOf, type Session, shownText } from './session.ts';

let site: CallSite;
let session: Session;
/** The app under a name that no browser takes for this machine, so that sites are told apart as on the web. */
let app: string;

beforeAll(async () => {
  site = await startCallSite({ now: Math.floor(Date.now() / 1000) });
  app = `http://calls.northwind.test:${new URL(site.origins.app).port}`;
  session = await openSession({ url: site.lobbyUrl, args: ['--host-resolver-rules=MAP *.test 127.0.0.1'] });
  await session.page.goto(`${app}/listen/standup`);
  await eventually(async () => expect(await shownText(session.panel)).toContain('No tokens'));
  await session.page.click('#listen');
  await session.page.waitForFunction("document.getElementById('status').textContent === 'In the call'");
  await eventually(async () => expect(await shownText(session.panel)).toContain('Margaret'));
});

afterAll(async () => {
  await session?.close();
  await site?.close();
});

const ws = () => site.origins.daily.replace('http', 'ws');

/** Presses a key where the focus is, and says what a screen reader then says: role and name of what has it. */
async function key(name: KeyInput): Promise<string> {
  await session.devtools.keyboard.press(name);
  const focused = (await readAloud(session.panel)).find(({ isFocused }) => isFocused);
  return focused ? `${focused.role} ${focused.name}` : 'nothing';
}

/** Presses a key until what is said then is what is looked for. */
async function keyUntil(name: KeyInput, said: RegExp, most = 40): Promise<void> {
  const heard: string[] = [];
  for (let presses = 0; presses < most; presses += 1) {
    heard.push(await key(name));
    if (said.test(heard.at(-1) ?? '')) return;
  }
  throw new Error(`${name} led to ${heard.join(', ')}`);
}

test('the way of a token that only memory held is told step by step', async () => {
  const token = await eventually(async () => {
    const { tokens } = await reportOf(session.panel);
    const found = tokens.find(({ facts }) => facts.displayName === 'Margaret');
    expect(found?.journey).toHaveLength(3);
    return found;
  });
  expect(token?.journey.map(({ step, from, to, party }) => [step, from, to, party])).toEqual([
    ['issued', app, app, 'own'],
    ['sent', app, ws(), expect.anything()],
    ['sent', app, app.replace('calls.northwind', 'stats.metrics'), 'stranger'],
  ]);
  const places = token?.journey.map(({ sighting }) => token.sightings[sighting]);
  expect(places?.map((place) => [place?.source, place?.method, place?.status, place?.direction])).toEqual([
    ['response-body', 'POST', 200, 'received'],
    ['websocket-message', 'GET', 101, 'sent'],
    ['request-body', 'POST', 204, 'sent'],
  ]);
  expect(places?.[0]?.initiator).toMatchObject({ url: `${app}/listen/standup`, line: expect.any(Number) });
  const times = token?.journey.map(({ at }) => at ?? 0) ?? [];
  expect([...times].sort((a, b) => a - b)).toEqual(times);
});

describe.each([480, 1280])('%i pixels wide', (width) => {
  beforeAll(async () => {
    await arrangePanel(session.devtools, session.panel, { width, height: 720 });
    // From where the panel begins.
    await session.panel.evaluate(`document.getElementById('detail-tab-overview')?.click();
      document.querySelector('[aria-label="Close details"]')?.click();
      document.querySelector('.toolbar button').focus()`);
  });

  test('by keyboard alone, from the list to the recipient that was not meant, and on to its place', async () => {
    await keyUntil('Tab', /^grid Tokens/);
    // Where room is short the room tells it from the others.
    await keyUntil('ArrowDown', /^row .*standup Margaret/, 5);
    await keyUntil('Enter', /^tab Overview/, 1);
    await keyUntil('ArrowRight', /^tab Places/, 8);
    await eventually(async () => expect(await shownText(session.panel)).toContain('Its way'));
    await keyUntil(
      'Tab',
      /^button Not meant for it: sent to http:\/\/stats\.metrics\.test:\d+, a stranger to page and platform, in request body/,
    );
    await session.devtools.keyboard.press('Enter');
    await eventually(async () =>
      expect(await session.panel.evaluate("document.querySelector('.lit h2')?.textContent ?? ''")).toContain(
        'request body',
      ),
    );
  });

  test('to a screen reader the way is a list in which one step is marked, and the drawing is not there', async () => {
    const way = (await readAloud(session.panel)).filter(({ within }) => within.includes('region Its way'));
    const steps = way.filter(({ role, within }) => role === 'listitem' && within.at(-1) === 'list ');
    expect(steps.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^\d\d:\d\d:\d\d\.\d{3} issued in the reply of POST http:\/\/calls\.northwind\.test:\d+\/join \(200\)/,
      ),
      expect.stringMatching(/^\d\d:\d\d:\d\d\.\d{3} sent to ws:\/\/northwind\.localhost:\d+/),
      expect.stringMatching(/^\d\d:\d\d:\d\d\.\d{3} Not meant for it: sent to http:\/\/stats\.metrics\.test:\d+/),
    ]);
    expect(way.filter(({ role, name }) => role === 'button' && name.startsWith('Not meant'))).toHaveLength(1);
    expect(way.filter(({ role }) => /svg|graphic|image|figure/i.test(role))).toEqual([]);
    expect(await violations(session.panel)).toEqual([]);
  });

  test('the drawing lies within what can be seen, with one mark apart', async () => {
    const marks =
      (await session.panel.evaluate(`[...document.querySelectorAll('.journey-picture .mark')].map((mark) => {
      const { left, right } = mark.getBoundingClientRect();
      return [mark.classList.contains('stranger'), left >= 0 && right <= innerWidth];
    })`)) as [boolean, boolean][];
    expect(marks).toEqual([
      [false, true],
      [false, true],
      [true, true],
    ]);
    expect(
      await session.panel.evaluate(
        "document.querySelector('.tabpanel').scrollWidth <= document.querySelector('.tabpanel').clientWidth",
      ),
    ).toBe(true);
  });
});
