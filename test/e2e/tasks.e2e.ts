import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jitsiToken } from '../builders/join-tokens.ts';
import { days, hours, jwt, unsecuredJwt } from '../builders/tokens.ts';
import { type CallSite, startCallSite } from '../demo/site.ts';
import { countedPresses } from './counted-presses.ts';
import { type PageServer, servePages } from './page-server.ts';
import { eventually, openSession, reportOf, type Session, shownText } from './session.ts';

// What three kinds of users come for, from the panel on a loaded page to what they came for, in counted presses.
const now = Math.floor(Date.now() / 1000);
const daily = (claims: object) =>
  jwt({
    r: 'standup',
    d: '30f866c3-9123-452a-8723-ff58322d09c5',
    u: 'Grace',
    iat: now - 60,
    exp: now + hours(1),
    ...claims,
  });
const keeps = (token: string) =>
  `<!doctype html><title>Call</title><script>localStorage.clear(); localStorage.token = ${JSON.stringify(token)}</script>`;

/** Why a guest cannot join, how the sentence on top tells it, and what the panel must say of cause and remedy at a press. */
const guests: [name: string, token: string, told: RegExp, cause: RegExp, fix: RegExp][] = [
  [
    'whose token has expired',
    daily({ iat: now - hours(3), exp: now - hours(2) }),
    /refused: it has expired/,
    /expired 2 hours ago/,
    /\bexp\b|new token/,
  ],
  [
    'who is early',
    jitsiToken({ iat: now, nbf: now + days(1), exp: now + days(2) }),
    /refused: it is not valid yet/,
    /becomes valid in/,
    /nbf/,
  ],
  ['whose token was cut off', daily({}).slice(0, -70), /refused: it is damaged/, /damaged/, /Copy the whole token/],
  [
    'whose token nobody signed',
    unsecuredJwt({ r: 'standup', d: 'x', u: 'Eve', exp: now + 600 }),
    /refused: it is not signed/,
    /not signed/,
    /Sign it/,
  ],
];

describe('a developer whose guest cannot join', () => {
  let server: PageServer;
  let session: Session;

  beforeAll(async () => {
    const frame = `<!doctype html><title>Call</title><script>
      document.write('<iframe src="http://acme.daily.co:' + location.port + '/retro?t=${daily({})}"></iframe>')</script>`;
    server = await servePages({
      ...Object.fromEntries(guests.map(([, token], index) => [`/guest-${index}`, keeps(token)])),
      '/': '<!doctype html><title>Lobby</title>',
      '/framed': frame,
      '/retro': '<!doctype html><title>Call</title>',
    });
    session = await openSession({ url: `${server.origin}/`, args: ['--host-resolver-rules=MAP *.daily.co 127.0.0.1'] });
  });

  afterAll(async () => {
    await session?.close();
    await server?.close();
  });

  /** What of the diagnosis can be read without scrolling. */
  const diagnosis = () =>
    session.panel.evaluate(() =>
      [...document.querySelectorAll('.join li')]
        .filter((one) => {
          const { top, bottom } = one.getBoundingClientRect();
          return one.checkVisibility() && top >= 0 && bottom <= innerHeight;
        })
        .map(({ textContent }) => textContent)
        .join('\n'),
    );

  async function ask(path: string, told: RegExp, cause: RegExp, fix: RegExp): Promise<number> {
    await session.page.goto(`${server.origin}${path}`);
    await eventually(async () => expect(await shownText(session.panel)).toMatch(told));
    const presses = countedPresses(session.panel);
    await presses.click(told);
    await eventually(async () => {
      const words = await diagnosis();
      expect(words).toMatch(cause);
      expect(words).toMatch(fix);
    }, 5);
    return presses.count();
  }

  test.each(guests.map((guest, index) => [guest[0], index] as const))(
    '%s, has cause and fix in two presses',
    async (_, index) => {
      const [, , told, cause, fix] = guests[index] as (typeof guests)[number];
      expect(await ask(`/guest-${index}`, told, cause, fix)).toBeLessThanOrEqual(2);
    },
  );

  test('who asks for another room than the token is for, has cause and fix in two presses', async () => {
    expect(
      await ask(
        '/framed',
        /refused: the room is another/,
        /names the room "retro", but the token opens "standup"/,
        /room/,
      ),
    ).toBeLessThanOrEqual(2);
  });
});

describe('on the pages of a call', () => {
  let site: CallSite;
  let session: Session;

  beforeAll(async () => {
    site = await startCallSite({ now });
    session = await openSession({ url: site.guestUrl });
  });

  afterAll(async () => {
    await session?.close();
    await site?.close();
  });

  test('a reviewer has a report for the team in four presses: whose page, what it does, who may do what, and where tokens lie', async () => {
    await eventually(async () => expect(await shownText(session.panel)).toContain('Worst risk'));
    // The file is read here instead of from the download folder.
    await session.panel.evaluate(() => {
      const create = URL.createObjectURL;
      URL.createObjectURL = (blob) => {
        Object.assign(window, { saved: blob });
        return create.call(URL, blob);
      };
      HTMLAnchorElement.prototype.click = () => {};
    });
    const presses = countedPresses(session.panel);
    await presses.click(/^Export report$/);
    await presses.click(/^Save HTML report/);
    const saved = await eventually(async () => {
      const text = await session.panel.evaluate(() => (window as { saved?: Blob }).saved?.text());
      if (!text) throw new Error('nothing was saved');
      return text;
    });
    expect(presses.count()).toBeLessThanOrEqual(4);
    const words = saved.replace(/<style>[\s\S]*<\/style>|<[^>]*>/g, '');
    for (const part of [
      `Tokens on ${site.origins.app}`,
      'This page joins',
      'Worst risk',
      'Who may do what',
      'Where they lie',
      'What is wrong',
    ])
      expect(words).toContain(part);
    for (const { token } of site.guest) expect(saved).not.toContain(token.split('.')[1] ?? token);
  });

  /** Of each expectation its outcome, and what is said of it. */
  const expectations = () =>
    session.panel.evaluate(() =>
      [...document.querySelectorAll('.expectations li')].map((line) => [
        line.querySelector('.outcome')?.textContent ?? '',
        [...line.querySelectorAll('p, dd')].map(({ textContent }) => textContent).join(' '),
      ]),
    );
  const reads = (outcome: string, says: RegExp) =>
    eventually(async () => expect(await expectations()).toEqual([[outcome, expect.stringMatching(says)]]));

  test('a QA engineer has an assertion about the host in five presses, which holds after a reload, and fails on the guest’s page and for a second panel there', async () => {
    await session.page.goto(site.hostUrl);
    const presses = countedPresses(session.panel);
    await presses.openMenu(/Vonage Video[\s\S]*Host/);
    await presses.click(/^Use as expectation$/);
    await presses.click(/^Expect anyway$/);
    expect(presses.count()).toBeLessThanOrEqual(5);
    await reads('Held', /^As expected: at least 1 host tokens? of vonage for room/);
    await eventually(async () => expect(await shownText(session.panel)).toContain('It holds, kept for this site'));

    await session.page.reload();
    await eventually(async () => expect((await reportOf(session.panel)).tokens.length).toBeGreaterThan(10));
    await reads('Held', /^As expected/);
    await session.page.goto(site.guestUrl);
    await reads('Failed', /^At least 1 host tokens? of vonage for room .* on http:\/\/app\.localhost:\d+ None$/);

    const guest = await session.open(site.guestUrl);
    const words = () => guest.panel.evaluate(`document.querySelector('[aria-label^="Expectations"]').ariaLabel`);
    await eventually(async () => expect(await words()).toBe('Expectations: 1 failed'));
  });
});
