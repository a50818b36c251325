import { expect, test } from 'vitest';
import { daily, now } from '../../../test/builders/tokens.ts';
import { checkExpectations, inspect, lockTokens, type ReportDocument, storageStateCapture } from '../index.ts';
import { tokenMatchers } from './token-matchers.ts';

const stored = (token: string) =>
  storageStateCapture(
    { cookies: [], origins: [{ origin: 'https://call.example', localStorage: [{ name: 'auth', value: token }] }] },
    now,
  );
const guest = inspect(stored(daily.guest()));
const host = inspect(stored(daily.host()));
const unread = inspect({
  ...stored(daily.guest()),
  problems: [{ code: 'frame-unreadable', message: 'This frame was not read.', subject: 'https://stage.example/' }],
});

const noHost = { name: 'no host', none: { role: 'host' } };
/** About tokens of which none is there. */
const unchecked = { name: 'hosts are named', every: { role: 'host' }, have: { displayName: { not: null } } };

async function meet(report: ReportDocument, expectations: object[], { isNot = false, ...options } = {}) {
  const { pass, message } = await tokenMatchers.toMeetTokenExpectations.call(
    { isNot },
    report,
    expectations as never,
    options,
  );
  return { passes: pass !== isNot, message: message() };
}

test('what holds passes, what does not fails with its name and sentence, and the other way round with not', async () => {
  expect((await meet(guest, [noHost])).passes).toBe(true);
  expect(await meet(host, [noHost])).toEqual({
    passes: false,
    message:
      'expect(page).toMeetTokenExpectations()\n\n  no host: expected no host token, found one in localStorage["auth"]: Daily, room standup, owner.',
  });
  expect((await meet(host, [noHost], { isNot: true })).passes).toBe(true);
  expect(await meet(guest, [noHost], { isNot: true })).toEqual({
    passes: false,
    message: 'expect(page).not.toMeetTokenExpectations()\n\nEverything is as it was expected not to be.',
  });
});

test.each([false, true])('what could not be checked fails in its own words; with not: %s', async (isNot) => {
  const { passes, message } = await meet(guest, [noHost, unchecked], { isNot });
  expect(passes).toBe(false);
  expect(message).toContain('hosts are named: not checked: no host token was seen.');
});

test.each([false, true])('nothing that is expected passes nothing; with not: %s', async (isNot) => {
  const { passes, message } = await meet(guest, [], { isNot });
  expect(passes).toBe(false);
  expect(message).toContain('Nothing is expected');
});

test.each([undefined, null, 'page', {}])('%j is nothing to look at', async (looked) => {
  await expect(meet(looked as never, [noHost])).rejects.toThrow(
    'toMeetTokenExpectations takes a page, a context, or what inspectPage returned.',
  );
});

test('what was not read is nothing that holds, unless that is allowed', async () => {
  const { passes, message } = await meet(unread, [noHost]);
  expect(passes).toBe(false);
  expect(message).toContain('https://stage.example/: This frame was not read.');
  expect((await meet(unread, [noHost], { isNot: true })).passes).toBe(false);
  expect((await meet(unread, [noHost], { allowUnread: true } as object)).passes).toBe(true);
  // What was found is known.
  expect((await meet(unread, [{ name: 'no guest', none: { role: 'participant' } }], { isNot: true })).passes).toBe(
    true,
  );
});

test('what was not read is not known to hold without a matcher, either, unless that is allowed', () => {
  const held = (options = {}) => checkExpectations(unread, { expect: [noHost] }, options).map((one) => one.held);
  expect(held()).toEqual([null]);
  expect(held({ allowUnread: true })).toEqual([true]);
});

test('a lock is matched by what it was made of, and by nothing else', async () => {
  const match = async (report: ReportDocument) =>
    tokenMatchers.toMatchTokenLock.call({ isNot: false }, report, lockTokens(guest), {});
  expect((await match(guest)).pass).toBe(true);
  const { pass, message } = await match(host);
  expect(pass).toBe(false);
  expect(message()).toContain('Daily guest is host, was guest');
});

test('tokens of several pages are held to the page that they were locked in', async () => {
  const page = (path: string, token: string) => ({
    ...stored(token),
    page: { url: `https://call.example${path}`, title: '', scriptOrigins: null, loadedAt: now },
  });
  const seats = (hosts: string, guests: string) => inspect([page('/host/a', hosts), page('/guest/a', guests)]);
  const lock = lockTokens(seats(daily.host(), daily.guest()));
  const match = (report: ReportDocument, one = lock) =>
    tokenMatchers.toMatchTokenLock.call({ isNot: false }, report, one, {});
  expect((await match(seats(daily.host({ ud: 'another' }), daily.guest()))).pass).toBe(true);
  expect((await match(seats(daily.guest(), daily.host()))).message()).toContain(
    'Daily host is now in localStorage.auth on https://call.example (https://call.example/guest/a)',
  );
  const nothing = await match(inspect([]), { ...lock, kinds: [] });
  expect([nothing.pass, nothing.message()]).toEqual([false, expect.stringContaining('The lock holds nothing')]);
});
