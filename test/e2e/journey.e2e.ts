import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrangePanel } from '../browser/photograph-panel.ts';
import { type CallSite, startCallSite } from '../demo/site.ts';
import { violations } from './axe.ts';
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

/** Presses a key where the focus is, and says what has the focus then. */
async function key(name: 'Tab' | 'Enter'): Promise<string> {
  await session.devtools.keyboard.press(name);
  return (await session.panel.evaluate('document.activeElement?.textContent ?? ""')) as string;
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

test.each([480, 1280])(
  'the drawing and its list are read by keyboard and by screen readers, %i pixels wide',
  async (width) => {
    await arrangePanel(session.devtools, session.panel, { width, height: 720 });
    await session.panel.evaluate(
      "[...document.querySelectorAll('[role=grid] [role=row][id]')].find((one) => one.textContent.includes('Margaret')).click()",
    );
    await session.panel.evaluate(
      "[...document.querySelectorAll('.detail [role=tab]')].find((one) => one.textContent.startsWith('Places')).click()",
    );
    await eventually(async () => expect(await shownText(session.panel)).toContain('Its way'));
    expect(await violations(session.panel)).toEqual([]);

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

    // From the tab on, the steps are reached one by one.
    await session.panel.evaluate("document.querySelector('.detail [role=tab][aria-selected=true]').focus()");
    let focused = '';
    for (let presses = 0; presses < 30 && !/^sent to .*stats\.metrics\.test/.test(focused); presses += 1)
      focused = await key('Tab');
    expect(focused).toMatch(/^sent to http:\/\/stats\.metrics\.test:\d+, a stranger to page and platform/);
    await key('Enter');
    await eventually(async () =>
      expect(await session.panel.evaluate("document.querySelector('.lit h2')?.textContent ?? ''")).toContain(
        'request body',
      ),
    );

    const tree = JSON.stringify(await session.panel.evaluate("document.querySelector('.journey ol').innerText"));
    expect(tree).toContain('Not meant for it');
  },
);
