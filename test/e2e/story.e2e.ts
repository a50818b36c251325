import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ElementHandle, Target } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dateTime, timeOfDay } from '../../src/panel/words/show-time.ts';
import { arrangePanel } from '../browser/photograph-panel.ts';
import { daily, days, hours } from '../builders/tokens.ts';
import { type CallApp, startCallApp } from './call-app.ts';
import { eventually, openSession, press, reportOf, type Session } from './session.ts';
import { type Shown, textOf, whatIsExpected, whatIsShown, withoutDocuments } from './what-is-shown.ts';

const now = Math.floor(Date.now() / 1000);
const folder = mkdtempSync(join(tmpdir(), 'roomkey-story-'));
let app: CallApp;
let session: Session;

beforeAll(async () => {
  app = await startCallApp(now);
  session = await openSession({ url: app.guestUrl });
  // Every column is shown.
  await arrangePanel(session.devtools, session.panel, { width: 1400, height: 800 });
});

afterAll(async () => {
  await session?.close();
  await app?.close();
  rmSync(folder, { recursive: true });
});

// Recorded a week ago, of a call that is over.
const then = now - days(7);
const recordedGuest = daily.guest({ iat: then, exp: then + hours(1) });
const recordedHost = daily.host({ ud: 'a3bb189e', iat: then, exp: then + hours(2) });

/** What the story calls each token, by its text. */
function names(): Map<string, string> {
  const issued = Object.entries(app.issued).flatMap(([whose, tokens]) =>
    tokens.map((token, number): [string, string] => [token, number === 0 ? whose : `${whose}, renewal ${number}`]),
  );
  return new Map([...issued, [recordedGuest, 'recorded guest'], [recordedHost, 'recorded host']]);
}

const show = () => whatIsShown(session.panel, names());

/** Waits until the panel shows exactly this. */
async function expectShown(expected: Partial<Shown>): Promise<void> {
  await eventually(async () => {
    const shown = await show();
    const list = lateList(shown.list, expected.list) ?? shown.list;
    expect({ ...shown, list }).toEqual({ message: null, problems: [], ...expected });
  });
}

/**
 * What is expected, where a storage could not be read in the first look at a new document: what it no longer holds is then seen to
 * be gone later than the navigation, which has no line where nothing went before it.
 */
function lateList(shown: readonly string[], expected: readonly string[] = []): string[] | null {
  const navigation = expected.findLastIndex((line) => line.startsWith('Navigated to '));
  const isLate = navigation !== -1 && isDeepStrictEqual(shown, expected.toSpliced(navigation, 1));
  return isLate ? [...expected] : null;
}

/** What is said of participants, hosts, lifetimes and severities. */
type Said = [participants: string, hosts: string, lifetimes: string, severities: string];

async function expectSaid([participants, hosts, lifetimes, severities]: Said, guests = onGuestPage): Promise<void> {
  const says = [
    guests.replace('|', '| a guest page holds no host token |'),
    participants.replace('|', '| exactly one participant |'),
    hosts.replace('|', '| exactly one host |'),
    lifetimes.replace('|', '| call tokens live for an hour at most |'),
    severities.replace('|', '| nothing is worse than medium |'),
  ];
  // What is shown may still be what stood there before the page was loaded again.
  await eventually(async () => expect(await whatIsExpected(session.panel)).toEqual({ shown: says, saved: says }));
}

const byPage = ' (by the page’s own word, which can hide and invent)';
const onGuestPage = `Held | As expected: no host or server token on pages like */guest${byPage}.`;
const onAnotherPage = 'Not checked | Not checked: no page like */guest was looked at.';
const oneParticipant = `Held | As expected: exactly 1 participant token${byPage}.`;
const noParticipant = 'Failed | Expected exactly 1 participant token, found none.';
const oneHost = `Held | As expected: exactly 1 host token${byPage}.`;
const noHost = 'Failed | Expected exactly 1 host token, found none.';
const lifetimes = 'every token with use video-join to have times.lifetimeSeconds at most 3600';
const oneLifetime = `Held | As expected: ${lifetimes} (1 seen)${byPage}.`;
const noLifetime = 'Not checked | Not checked: no token with use video-join was seen.';
const notWorse = `Held | As expected: nothing worse than medium${byPage}.`;

const sentAsCookie = 'carried in request header Cookie "signed-in" and response body';
const account = {
  line: 'JWT | – | – | – | valid | Medium In localStorage | 4 | seen',
  words: `in cookie "signed-in" and localStorage["account"], ${sentAsCookie}, medium storage-local`,
};
/** Before a request had the cookie. */
const justSignedIn = {
  line: account.line.replace('4', '3'),
  words: account.words.replace('request header Cookie "signed-in" and ', ''),
};
/** A note, once the page has navigated. */
const forgotten =
  'The browser forgets requests when the page navigates, so the last moment before that may be missing; “Preserve log” in the Network panel (“Persist Logs” in Firefox’s) keeps more of them, but not what a page sends while it is being left.';
const places = 'localStorage["last-call"] and sessionStorage["call.token"]';
const kept = 'medium storage-local, low storage-session';
const guest = {
  line: 'Daily | standup | Grace | Participant | valid | Medium In localStorage | 3 | seen',
  gone: 'Daily | standup | Grace | Participant | Gone since then | Was info No ejection at expiry | 3 | seen',
};
/** Whose token came before devtools were open. */
const firstGuest = { line: guest.line.replace('3', '2'), gone: guest.gone.replace('3', '2') };
const replied = 'carried in response body';

/** Times are whole seconds: what happens next is later than what happened last. */
async function anotherSecond(): Promise<void> {
  const before = Math.floor(Date.now() / 1000);
  await eventually(async () => expect(Math.floor(Date.now() / 1000)).toBeGreaterThan(before));
}

async function choose(selector: string, name: string, content: object): Promise<void> {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  const field = (await session.panel.waitForSelector(selector)) as ElementHandle<HTMLInputElement> | null;
  await field?.uploadFile(file);
}

test('a guest signs in and joins: what the page holds is listed, and as expected', async () => {
  await session.page.evaluate('login()');
  await press(session.panel, 'Expectations');
  await choose('input.open-expectations', 'calls.json', {
    expect: [
      {
        name: 'a guest page holds no host token',
        on: '*/guest',
        none: { role: ['host', 'server'] },
      },
      { name: 'exactly one participant', count: 1, tokens: { role: 'participant' } },
      { name: 'exactly one host', count: 1, tokens: { role: 'host' } },
      {
        name: 'call tokens live for an hour at most',
        every: { use: 'video-join' },
        have: { 'times.lifetimeSeconds': { max: 3600 } },
      },
      { name: 'nothing is worse than medium', maxSeverity: 'medium' },
    ],
  });
  await session.panel.waitForSelector('.expectations li');
  await press(session.panel, /^Expectations/);
  await expectShown({
    list: [justSignedIn.line, firstGuest.line],
    status: ['2 tokens', 'Medium 2 medium', 'Low 1 low', 'Info 7 info', '1 note', 'page watched'],
    tokens: { account: justSignedIn.words, guest: `in ${places}, ${kept}` },
    counts: { tokens: 2, medium: 2, low: 1, info: 7 },
  });
  await expectSaid([oneParticipant, noHost, oneLifetime, notWorse]);
});

test('on the host page the guest token is gone, and counts in no number and in no expectation', async () => {
  await anotherSecond();
  const before = Math.floor(Date.now() / 1000);
  await session.page.goto(app.hostUrl);
  await expectShown({
    list: [
      account.line,
      'Daily | standup | Ada | Host | valid | Medium In sessionStorage | 2 | seen',
      'Navigated to /host',
      firstGuest.gone,
    ],
    status: ['2 tokens, 1 gone', 'Medium 2 medium', 'Info 8 info', '2 notes', 'page watched'],
    tokens: {
      account: account.words,
      host: `in sessionStorage["call.token"], ${replied}, after guest, medium storage-session`,
      guest: `gone from ${places}, before host`,
    },
    counts: { tokens: 2, gone: 1, medium: 2, info: 8 },
    problems: [forgotten],
  });
  await expectSaid([noParticipant, oneHost, oneLifetime, notWorse], onAnotherPage);
  const report = await reportOf(session.panel);
  const gone = report.tokens.find(({ token }) => token === app.issued.guest[0]);
  for (const { goneAt } of gone?.sightings ?? []) {
    expect(goneAt).toBeGreaterThanOrEqual(before);
    expect(goneAt).toBeLessThanOrEqual(report.now);
  }
});

/** After going back: the host's token is gone, and was never on a guest's page. */
const back: Partial<Shown> = {
  status: ['2 tokens, 1 gone', 'Medium 2 medium', 'Low 1 low', 'Info 7 info', '2 notes', 'page watched'],
  tokens: {
    account: account.words,
    guest: `back in ${places}, ${replied}, after host, ${kept}`,
    host: `gone from sessionStorage["call.token"], ${replied}, before guest`,
  },
  counts: { tokens: 2, gone: 1, medium: 2, low: 1, info: 7 },
  problems: [forgotten],
};
const hostGone = 'Daily | standup | Ada | Host | Gone since then | Was info Host or moderator rights | 2 | seen';

test('back on the guest page, the guest token is back and the host token is gone', async () => {
  await anotherSecond();
  await session.page.goBack();
  await expectShown({ ...back, list: [account.line, guest.line, 'Navigated to /guest', hostGone] });
  await expectSaid([oneParticipant, noHost, oneLifetime, notWorse]);
});

test('a reload changes nothing but that there was one', async () => {
  await anotherSecond();
  await session.page.reload();
  const navigated = ['Navigated to /guest', 'Navigated to /guest'];
  await expectShown({ ...back, list: [account.line, guest.line, ...navigated, hostGone] });
  await expectSaid([oneParticipant, noHost, oneLifetime, notWorse]);
});

/** Of a place that is renewed, twenty tokens before the latest are listed. */
const leftOut = '1 earlier token is no longer listed: of what is gone, the latest of each place are kept.';
const nameOf = (number: number) => (number === 0 ? 'guest' : `guest, renewal ${number}`);

/** Those listed before the latest, the first of which replaces none that is listed. */
function earlierThan(latest: number): Record<string, string> {
  const first = latest - 20;
  const numbers = Array.from({ length: 20 }, (_, index) => first + index);
  return Object.fromEntries(
    numbers.map((number) => {
      const after = number === first ? '' : `, after ${nameOf(number - 1)}`;
      return [nameOf(number), `gone from ${places}, ${replied}${after}, before ${nameOf(number + 1)}`];
    }),
  );
}

const renewed = `${guest.line}, renewed 20×`;

test('a token that is renewed twenty times is one entry, and one token', async () => {
  for (let count = 1; count <= 20; count += 1) {
    await session.page.evaluate('renew()');
    await eventually(async () => expect((await show()).list[1]).toBe(`${guest.line}, renewed ${count}×`));
  }
  await expectShown({
    list: [account.line, renewed],
    status: ['2 tokens', 'Medium 2 medium', 'Low 1 low', 'Info 7 info', '1 problem, 2 notes', 'page watched'],
    tokens: {
      account: account.words,
      'guest, renewal 20': `in ${places}, ${replied}, after guest, renewal 19, ${kept}`,
      ...earlierThan(20),
    },
    counts: { tokens: 2, gone: 20, medium: 2, low: 1, info: 7 },
    problems: [leftOut, forgotten],
  });
  await expectSaid([oneParticipant, noHost, oneLifetime, notWorse]);
  expect(await versionsShown()).toEqual(await versionsSaved());
});

/** In the details of the renewed token: its earlier versions, the latest first. */
async function versionsShown(): Promise<string[]> {
  await session.panel.evaluate("document.querySelectorAll('.grid [role=row][id]')[1].click()");
  await session.panel.waitForSelector('section[aria-label="Versions"] li');
  const shown = await session.panel.evaluate(
    `[...document.querySelectorAll('section[aria-label="Versions"] li')].map(({ innerText }) => innerText.replace(/ in [^,]*$/, ''))`,
  );
  await press(session.panel, 'Close details');
  return shown as string[];
}

async function versionsSaved(): Promise<string[]> {
  const { tokens } = await reportOf(session.panel);
  const versions = app.issued.guest.slice(0, 20).reverse();
  return versions.map((text) => {
    const { sightings, times } = tokens.find(({ token }) => token === text) ?? {};
    const first = Math.min(...(sightings ?? []).map(({ seenAt }) => seenAt ?? Number.POSITIVE_INFINITY));
    const [from, until] = [first, sightings?.[0]?.goneAt].map((at) => timeOfDay(at ?? 0, 'local'));
    return `There from ${from} until ${until}, valid until ${dateTime(times?.expiresAt ?? 0, 'local')}`;
  });
}

/** After the logout: the cookie is still there. */
const loggedOut: Shown = {
  list: ['JWT | – | – | – | valid | Info Lifetime above policy | 4 | seen', `${guest.gone}, renewed 20×`],
  status: ['1 token, 1 gone', 'Info 3 info', '1 problem, 2 notes', 'page watched'],
  message: null,
  tokens: {
    account: `in cookie "signed-in", gone from localStorage["account"], ${sentAsCookie}`,
    'guest, renewal 20': `gone from ${places}, ${replied}, after guest, renewal 19`,
    ...earlierThan(20),
  },
  counts: { tokens: 1, gone: 21, info: 3 },
  problems: [leftOut, forgotten],
};

const left = {
  line: 'JWT | – | – | – | valid | Medium Still there after logout | 4 | seen',
  words: `in cookie "signed-in", gone from localStorage["account"], ${sentAsCookie}, medium token-survives-logout`,
};
const marked: Shown = {
  ...loggedOut,
  list: [left.line, ...loggedOut.list.slice(1)],
  status: ['1 token, 1 gone', 'Medium 1 medium', 'Info 3 info', '1 problem, 2 notes', 'page watched'],
  tokens: { ...loggedOut.tokens, account: left.words },
  counts: { ...loggedOut.counts, medium: 1 },
};

test('what a logout leaves behind is reported once the logout is marked', async () => {
  await anotherSecond();
  await session.page.evaluate('logout()');
  await expectShown(loggedOut);
  await expectSaid([noParticipant, noHost, noLifetime, notWorse]);
  await press(session.panel, 'Origins');
  await press(session.panel, 'I have logged out now');
  await press(session.panel, 'Tokens');
  await expectShown(marked);
  await expectSaid([noParticipant, noHost, noLifetime, notWorse]);
});

/** The page has joined again, with the token that it had. */
const rejoined: Shown = {
  ...loggedOut,
  list: [left.line, renewed],
  status: ['2 tokens', 'Medium 2 medium', 'Low 1 low', 'Info 6 info', '1 problem, 2 notes', 'page watched'],
  tokens: {
    account: left.words,
    'guest, renewal 20': `back in ${places}, ${replied}, after guest, renewal 19, ${kept}`,
    ...earlierThan(20),
  },
  counts: { tokens: 2, gone: 20, medium: 2, low: 1, info: 6 },
};

test('a page that crashes is not said to be watched, and is again once it is loaded', async () => {
  const devtools = await session.page.createCDPSession();
  devtools.send('Page.crash').catch(() => {});
  const unanswered =
    'The page does not answer: it, or the devtools, are busy, or it is stopped in the debugger, or has crashed; what it stores was last read before that.';
  await expectShown({
    ...marked,
    status: ['1 token, 1 gone', 'Medium 1 medium', 'Info 3 info', '2 problems, 2 notes'],
    message:
      'The page could not be read The page is not answering: it, or the devtools, are busy, or it is stopped in the debugger, or has crashed. What was found so far is kept, and reading goes on by itself as soon as the page answers or is loaded again. Try again',
    problems: [unanswered, leftOut, forgotten],
  });
  await press(session.panel, '2 problems, 2 notes');
  const problems = withoutDocuments((await textOf(session.panel, '.problems')) ?? '');
  expect(problems).toContain(`${app.guestUrl}: ${unanswered} `);
  expect(problems).toContain(`${leftOut} ${forgotten}`);
  await press(session.panel, '2 problems, 2 notes');
  const unread = 'not all that was looked at could be read.';
  await expectSaid(
    [noParticipant, noHost, noLifetime.replace(/\.$/, `; ${unread}`), `Not checked | Not checked: ${unread}`],
    'Not checked | Not checked: not all on pages like */guest could be read.',
  );
  await session.page.reload();
  await expectShown(rejoined);
  await expectSaid([oneParticipant, noHost, oneLifetime, notWorse]);
});

test('a logout that is no longer marked leaves no finding', async () => {
  await press(session.panel, 'Origins');
  await press(session.panel, 'Forget');
  await press(session.panel, 'Tokens');
  await expectShown(unmarked);
});

const unmarked: Shown = {
  ...rejoined,
  list: [renewed, 'JWT | – | – | – | valid | Info Lifetime above policy | 4 | seen'],
  status: ['2 tokens', 'Medium 1 medium', ...rejoined.status.slice(2)],
  tokens: { ...rejoined.tokens, account: loggedOut.tokens.account as string },
  counts: { ...rejoined.counts, medium: 1 },
};

test('a recording in place of the page is judged as of its own time, and so are expectations', async () => {
  const entry = (url: string, token: string) => ({
    startedDateTime: new Date(then * 1000).toISOString(),
    time: 0,
    request: { method: 'GET', url, headers: [{ name: 'Authorization', value: `Bearer ${token}` }] },
    response: {},
  });
  await choose('input.open-files', 'call.har', {
    log: {
      entries: [
        entry('https://calls.northwind.example/join', recordedGuest),
        entry('https://calls.northwind.example/manage', recordedHost),
      ],
    },
  });
  await session.panel.waitForSelector('section[aria-label="Shown file"]');
  expect(await textOf(session.panel, 'section[aria-label="Shown file"] p')).toBe(
    `Showing call.har in place of the page. Judged as of ${dateTime(then, 'local')} (when it was recorded). Judge it now`,
  );
  await expectShown(recording);
  await expectSaid(recordingSaid, onAnotherPage);
});

const recording: Partial<Shown> = {
  list: [
    'Daily | standup | Grace | Participant | valid | High File not safe to share | 1 | seen',
    'Daily | standup | Ada | Host | valid | High File not safe to share | 1 | seen',
  ],
  status: ['2 tokens', 'High 1 high', 'Info 6 info', 'showing call.har'],
  tokens: {
    'recorded guest': 'carried in request header Authorization',
    'recorded host': 'carried in request header Authorization',
  },
  counts: { tokens: 2, high: 1, info: 6 },
};
const recordingSaid: Said = [
  oneParticipant.replace(byPage, ''),
  oneHost.replace(byPage, ''),
  `Failed | Expected ${lifetimes}, found times.lifetimeSeconds is 7200 in call.har, entry 2: request header Authorization: Daily, room standup, owner.`,
  'Failed | Expected nothing worse than medium, found har-contains-tokens (high): File not safe to share.',
];

test('what the page does meanwhile changes nothing of the recording, and is shown once it is left', async () => {
  await session.page.evaluate('login()');
  await expectShown(recording);
  await expectSaid(recordingSaid, onAnotherPage);
  await press(session.panel, 'Back to the page');
  await expectShown(signedInAgain);
  await expectSaid([oneParticipant, noHost, oneLifetime, notWorse]);
});

const signedInAgain: Shown = {
  ...rejoined,
  list: [account.line, renewed],
  status: ['2 tokens', 'Medium 2 medium', 'Low 1 low', 'Info 7 info', '1 problem, 2 notes', 'page watched'],
  tokens: {
    ...rejoined.tokens,
    account: `in cookie "signed-in", back in localStorage["account"], ${sentAsCookie}, medium storage-local`,
  },
  counts: { ...rejoined.counts, info: 7 },
};

test('when the worker that searches dies, another knows all that was known', async () => {
  const [dying, ...others] = searchers();
  expect(others).toEqual([]);
  const before = await timesOfGone();
  const devtools = await dying?.createCDPSession();
  await devtools?.send('Runtime.evaluate', { expression: 'setTimeout(() => { throw new Error("It died.") })' });
  await eventually(async () => expect(searchers()).not.toContain(dying));
  await expectShown(signedInAgain);
  await session.page.evaluate('renew()');
  await expectShown({
    ...signedInAgain,
    tokens: {
      account: signedInAgain.tokens.account as string,
      'guest, renewal 21': `in ${places}, ${replied}, after guest, renewal 20, ${kept}`,
      ...earlierThan(21),
      'guest, renewal 20': `gone from ${places}, ${replied}, after guest, renewal 19, before guest, renewal 21`,
    },
    problems: [leftOut.replace('1 earlier token is', '2 earlier tokens are'), forgotten],
  });
  await expectSaid([oneParticipant, noHost, oneLifetime, notWorse]);
  expect(searchers()).toHaveLength(1);
  expect(await textOf(session.panel, '.failure')).toBeNull();
  expect(await timesOfGone()).toMatchObject(before);
});

function searchers(): Target[] {
  return session.browser.targets().filter((target) => target.url().endsWith('/inspect.worker.js'));
}

/** When what is gone was first seen, and found missing, by token; but for the first, which goes out of the list. */
async function timesOfGone(): Promise<Record<string, [number | null, number | null][]>> {
  const { tokens } = await reportOf(session.panel);
  const times = tokens
    .filter(({ token, sightings }) => token !== app.issued.guest[0] && sightings.every(({ goneAt }) => goneAt !== null))
    .map(({ id, sightings }) => [id, sightings.map(({ seenAt, goneAt }) => [seenAt, goneAt])]);
  return Object.fromEntries(times);
}
