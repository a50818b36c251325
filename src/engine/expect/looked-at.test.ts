import { describe, expect, test } from 'vitest';
import { captureOf, exchangeOf, localStorageOf } from '../../../test/builders/captures.ts';
import { daily, now } from '../../../test/builders/tokens.ts';
import { policies } from '../audit/policy/policies.ts';
import { find, inspect } from '../inspect.ts';
import { looksIn } from '../looks/looks-in.ts';
import type { Capture, Page, Store } from '../model/capture.ts';
import { mergeLooks, placesOf } from '../model/looked-at.ts';
import type { Report } from '../model/report.ts';
import { readReport } from '../report/read-report.ts';
import { toDocument } from '../report/report-document.ts';
import { checkExpectations } from './check-expectations.ts';
import { expectWhatIsSeen, findingsAccepted, findingsAcceptedBy } from './expect-what-is-seen.ts';
import type { Expectation, Expectations } from './expectations.ts';
import { isPageLike } from './page-patterns.ts';

const pageAt = (url: string): Page => ({ url, title: '', scriptOrigins: null, loadedAt: now });
const guestPage = 'https://call.example/guest/standup?name=Grace#top';
const empty = (origin = 'https://call.example', more: Partial<Store> = {}): Store => ({
  ...localStorageOf({}),
  origin,
  url: `${origin}/`,
  ...more,
});

function reportOf(...captures: Partial<Capture>[]): Report {
  const found = captures.map((one) => {
    const capture = captureOf({ readAt: now, page: null, ...one });
    const { sightings, ...more } = find(capture);
    return { sightings, looks: looksIn(capture, more) };
  });
  const sightings = found.flatMap((one) => one.sightings);
  const lookedAt = placesOf(mergeLooks(...found.map(({ looks }) => looks)));
  return inspect(sightings, { now, policy: policies.standard, lookedAt });
}

const guests = reportOf({ page: pageAt(guestPage), stores: [localStorageOf({ auth: daily.guest() })] });
const nothing = reportOf({ page: pageAt(guestPage), stores: [empty()] });

function outcome(report: Report, expectation: object, pages?: Expectations['pages']): [boolean | null, string] {
  const expect = [{ name: 'x', ...expectation } as Expectation];
  const [result] = checkExpectations(report, { ...(pages && { pages }), expect });
  return [result?.held ?? null, result?.says ?? ''];
}

describe('what nobody looked at is not as expected', () => {
  test.each<[what: string, report: Report, expectation: object, says: RegExp]>([
    ['nothing at all', reportOf({}), { none: {} }, /^not checked: nothing was looked at\.$/],
    ['nothing at all, for findings', reportOf({}), { maxSeverity: 'low' }, /^not checked: nothing was looked at\.$/],
    ['nothing at all, for a number', reportOf({}), { count: 0 }, /^not checked: nothing was looked at\.$/],
    [
      'another origin',
      guests,
      { where: { origin: 'https://other.example' }, none: { role: 'host' } },
      /^not checked: nothing of https:\/\/other\.example was looked at\.$/,
    ],
    ['a misspelt origin', guests, { where: { origin: 'https://call.example/' }, count: 1 }, /^not checked: nothing of/],
    [
      'another store',
      guests,
      { where: { origin: 'https://call.example', source: 'session-storage' }, none: {} },
      /^not checked: nothing of https:\/\/call\.example in source session-storage was looked at\.$/,
    ],
    ['another file', guests, { where: { input: 'call.har' }, none: {} }, /nothing in input call\.har was looked at/],
    ['another address', guests, { where: { url: 'https://call.example/x' }, none: {} }, /nothing in url/],
    [
      'another page',
      guests,
      { on: 'https://call.example/host/*', none: {} },
      /no page like https:\/\/call\.example\/host/,
    ],
    ['no token', guests, { every: { role: 'host' }, have: { room: 'a' } }, /^not checked: no host token was seen\.$/],
  ])('%s', (_, report, expectation, says) => {
    const [held, said] = outcome(report, expectation);
    expect(said).toMatch(says);
    expect(held).toBeNull();
  });

  test('an address alone tells nothing of what lies there', () => {
    const seen = reportOf({ page: pageAt(guestPage) });
    expect(outcome(seen, { where: { source: 'page-url' }, none: {} })[0]).toBe(true);
    const bare = { ...seen, lookedAt: (seen.lookedAt ?? []).filter(({ isAddress }) => isAddress) };
    expect(bare.lookedAt).toHaveLength(1);
    expect(outcome(bare, { where: { origin: 'https://call.example' }, none: {} })[0]).toBeNull();
    expect(outcome(bare, { on: '*', none: {} })[0]).toBeNull();
  });

  test('what was not read to its end may hold more, and what was found there is found', () => {
    const cut = reportOf({ stores: [{ ...localStorageOf({ auth: daily.guest() }), isPartial: true }] });
    const where = { origin: 'https://call.example' };
    expect(outcome(cut, { where, none: { role: 'host' } })).toEqual([
      null,
      'not checked: not all of https://call.example could be read.',
    ]);
    expect(outcome(cut, { where, none: { role: 'participant' } })[0]).toBe(false);
  });
});

describe('what could not be read is not looked at', () => {
  const unread = (code: string, subject?: string): Report => ({
    ...nothing,
    problems: [{ code, message: 'Unread.', ...(subject !== undefined && { subject }) }],
  });
  const none = { role: 'host' };
  const where = (place: object) => ({ where: place, none });
  const own = 'https://call.example';

  test.each<[code: string, subject: string | undefined, expectation: object, held: boolean | null]>([
    ['page-not-answering', guestPage, { none }, null],
    ['page-not-answering', guestPage, { on: '*/guest/*', none }, null],
    ['page-not-answering', guestPage, where({ origin: own }), null],
    ['page-not-answering', guestPage, where({ source: 'local-storage' }), null],
    ['page-not-answering', guestPage, { maxSeverity: 'low' }, null],
    ['page-not-answering', guestPage, { count: 0 }, null],
    ['page-not-answering', guestPage, where({ source: 'cookie' }), true],
    ['page-not-answering', 'https://call.example/host', { on: '*/guest/*', none }, true],
    ['page-not-answering', 'https://other.example/', where({ origin: own }), true],
    ['frame-not-answering', 'https://stage.example/', { on: '*/guest/*', none }, null],
    ['frame-not-answering', 'https://stage.example/', where({ origin: own }), true],
    ['frame-unreadable', guestPage, { none }, null],
    ['frames-skipped', undefined, where({ origin: own }), null],
    ['cookies-unread', undefined, where({ source: 'cookie' }), null],
    ['cookies-unread', undefined, where({ source: 'local-storage' }), true],
    ['many-tokens', undefined, { none }, null],
    ['traffic-late', guestPage, { none }, true],
    ['bom', guestPage, { none }, true],
  ])('%s of %s, for %j: %s', (code, subject, expectation, held) => {
    expect(outcome(unread(code, subject), expectation)[0]).toBe(held);
  });

  test('requests that were made before they were recorded may hold what is asked for', () => {
    const traffic = reportOf({
      page: pageAt(guestPage),
      exchanges: [exchangeOf({ url: 'https://call.example/?x=1', pageUrl: guestPage })],
    });
    const late = { ...traffic, problems: [{ code: 'traffic-late', message: 'Late.', subject: guestPage }] };
    expect(outcome(traffic, where({ source: 'request-url' }))[0]).toBe(true);
    expect(outcome(late, where({ source: 'request-url' }))[0]).toBeNull();
  });

  test.each([
    [0, null],
    [302, null],
    [200, true],
    [404, true],
  ])('a page whose request came back with status %i: %s', (status, held) => {
    const url = 'https://call.example/guest/standup';
    const answer = { responseHeaders: [{ name: 'server', value: 'x' }] };
    const asked = reportOf({ exchanges: [exchangeOf({ url: `${url}?a=b`, pageUrl: url, status, ...answer })] });
    expect(outcome(asked, { on: '*/guest/*', none })[0]).toBe(held);
    // What it asked for itself shows that it was there.
    const more = exchangeOf({ url: 'https://call.example/api?x=1', pageUrl: url, status: 0 });
    const ran = reportOf({ exchanges: [exchangeOf({ url: `${url}?a=b`, pageUrl: url, status, ...answer }), more] });
    expect(outcome(ran, { on: '*/guest/*', none })[0]).toBe(true);
  });

  test('what was found there is found', () => {
    const found = { ...guests, problems: unread('page-not-answering', guestPage).problems };
    expect(outcome(found, { none: { role: 'participant' } })[0]).toBe(false);
    expect(outcome(found, { none })).toEqual([null, 'not checked: not all that was looked at could be read.']);
  });

  test('a token in the address of a page that nobody looked into', () => {
    const seen = reportOf({ page: pageAt(`https://call.example/guest?t=${daily.guest()}`) });
    const bare = { ...seen, lookedAt: (seen.lookedAt ?? []).filter(({ isAddress }) => isAddress) };
    expect(outcome(bare, { none })[0]).toBeNull();
    expect(outcome(bare, { none: { role: 'participant' } })[0]).toBe(false);
    expect(outcome(bare, { where: { source: 'page-url' }, none })[0]).toBe(true);
  });

  test.each<[place: object, says: string]>([
    [{ origin: [own, 'https://other.example'] }, 'not checked: nothing of https://other.example was looked at.'],
    [{ source: ['local-storage', 'session-storage'] }, 'not checked: nothing in source session-storage was looked at.'],
    [
      { origin: own, source: ['local-storage', 'indexed-db', 'cache-storage'] },
      'indexed-db or cache-storage was looked at.',
    ],
    [{ origin: [own, null] }, 'As expected'],
    // There may be no frame and no request.
    [{ source: ['local-storage', 'frame-url', 'request-header'] }, 'As expected'],
    [{ source: { not: 'cookie' } }, 'As expected'],
  ])('of several places, %j: %s', (place, says) => {
    const [held, said] = outcome(nothing, where(place));
    expect(said).toContain(says);
    expect(held).toBe(says === 'As expected' ? true : null);
  });
});

describe('what was looked at and holds nothing', () => {
  test.each<[what: string, capture: Partial<Capture>, expectation: object]>([
    ['an empty store', { stores: [empty()] }, { where: { origin: 'https://call.example' }, none: {} }],
    ['an empty store of its kind', { stores: [empty()] }, { where: { source: 'local-storage' }, count: 0 }],
    ['the list of cookies', { page: pageAt(guestPage) }, { where: { source: 'cookie' }, none: {} }],
    [
      'a request',
      { exchanges: [exchangeOf({ url: 'https://api.example/a?x=1' })] },
      { where: { origin: 'https://api.example', url: 'https://api.example/a?x=1' }, none: {} },
    ],
    [
      'one of many addresses',
      { exchanges: [exchangeOf({ url: 'https://api.example/a?x=1' })] },
      { where: { url: { like: 'https://api.example/*?x=*' } }, none: {} },
    ],
    ['a text', { texts: [{ name: 'notes.txt', text: 'none' }] }, { none: {} }],
    [
      'a store without such a key',
      { stores: [empty()] },
      { where: { key: 'auth', source: 'local-storage' }, none: {} },
    ],
    ['a page', { page: pageAt(guestPage), stores: [empty()] }, { on: 'https://call.example/guest/*', none: {} }],
    ['a page, of findings', { page: pageAt(guestPage), stores: [empty()] }, { on: '*/guest/*', maxSeverity: 'info' }],
  ])('%s', (_, capture, expectation) => {
    expect(outcome(reportOf(capture), expectation)).toEqual([true, expect.stringMatching(/^As expected: /)]);
  });
});

describe('on pages', () => {
  const pages = {
    guest: ['https://call.example/guest/*', 'https://call.example/join'],
    host: ['https://call.example/host*'],
  };
  const hostPage = 'https://call.example/host';
  const both = reportOf(
    { exchanges: [exchangeOf({ url: `https://api.example/?t=${daily.guest()}`, pageUrl: guestPage })] },
    { exchanges: [exchangeOf({ url: `https://api.example/?t=${daily.host()}`, pageUrl: hostPage })] },
  );

  test.each<[expectation: object, held: boolean | null, says: RegExp]>([
    [{ on: 'guest', none: { role: 'host' } }, true, /^As expected: no host token on pages marked guest\.$/],
    [{ on: 'host', none: { role: 'host' } }, false, /^expected no host token on pages marked host, found one in entry/],
    [{ on: hostPage, count: 1, tokens: {} }, true, /exactly 1 tokens? on pages like https/],
    [{ on: 'guest', count: 1 }, true, /exactly 1 token/],
    [{ count: 2 }, true, /exactly 2 tokens/],
    [{ on: '*', count: 2 }, true, /exactly 2 tokens/],
    [{ on: 'guest', every: { role: 'participant' }, atLeast: 2, have: { room: 'standup' } }, false, /at least 2/],
    [{ on: 'nobody', none: {} }, null, /^not checked: no pages are marked nobody\.$/],
  ])('%o', (expectation, held, says) => {
    const [isHeld, said] = outcome(both, expectation, pages);
    expect(said).toMatch(says);
    expect(isHeld).toBe(held);
  });

  test('what lies in a store was seen on the page that it was read with', () => {
    expect(outcome(guests, { on: 'guest', count: 1 }, pages)[0]).toBe(true);
    expect(outcome(guests, { on: 'host', count: 0 }, pages)[0]).toBeNull();
  });

  test.each<[url: string, pattern: string, fits: boolean]>([
    ['https://call.example/guest?jwt=x#a', 'https://call.example/guest', true],
    ['https://call.example/guest?jwt=x', 'https://call.example/guest?jwt=*', true],
    ['https://call.example/guest?jwt=x#a', 'https://call.example/guest?jwt=x', true],
    ['https://call.example/host?next=/guest', 'https://call.example/*guest', false],
    ['https://call.example/#/guest/1', 'https://call.example/#/guest/*', true],
    ['https://call.example/', 'https://call.example', true],
    ['https://call.example/a', 'https://call.example', false],
    ['https://call.example.evil.example/', 'https://call.example', false],
    ['https://call.example/guest', '*/guest', true],
  ])('%s is like %s: %s', (url, pattern, fits) => {
    expect(isPageLike(url, pattern)).toBe(fits);
  });
});

describe('a report that was saved', () => {
  const inputs = [{ name: 'a.har', kind: 'har', bytes: 1, readable: true, problems: [] }];
  const wanted = [
    { where: { origin: 'https://call.example' }, none: { role: 'host' } },
    { on: 'https://call.example/guest/*', none: { role: 'host' } },
    { where: { origin: 'https://other.example' }, none: { role: 'host' } },
    { on: 'https://call.example/host/*', none: { role: 'host' } },
  ];

  test.each([
    ['with a token', guests],
    ['with none', nothing],
  ])('%s knows what was looked at', (_, report) => {
    const again = readReport(JSON.parse(JSON.stringify(toDocument(report))), 'saved.json')?.report as Report;
    expect(wanted.map((one) => outcome(again, one)[0])).toEqual([true, true, null, null]);
  });

  test('that tells origins alone knows these', () => {
    const document = toDocument(
      { ...nothing, lookedAt: (nothing.lookedAt ?? []).map((place) => ({ ...place, input: 'a.har' })) },
      { inputs },
    );
    expect(document.inputs[0]?.origins).toEqual(['https://call.example']);
    const { lookedAt: _, ...older } = JSON.parse(JSON.stringify(document));
    const again = readReport(older, 'saved.json')?.report as Report;
    expect(wanted.map((one) => outcome(again, one)[0])).toEqual([true, null, null, null]);
  });

  test('that tells neither knows where tokens were seen', () => {
    const { lookedAt: _, inputs: __, ...oldest } = JSON.parse(JSON.stringify(toDocument(guests)));
    const again = readReport(oldest, 'saved.json')?.report as Report;
    expect(wanted.map((one) => outcome(again, one)[0])).toEqual([true, null, null, null]);
  });

  test('that holds fewer tokens than it counts lets nothing hold by what it lacks', () => {
    const whole = JSON.parse(JSON.stringify(toDocument(guests)));
    const again = readReport({ ...whole, tokens: [] }, 'saved.json')?.report as Report;
    expect(outcome(again, { none: { role: 'host' } })[0]).toBeNull();
  });

  test('holds no token in the addresses that were looked at', () => {
    const token = daily.host();
    const url = `https://call.example/${token}?t=${token}#${token}`;
    const report = reportOf({ page: pageAt(url), stores: [empty()], exchanges: [exchangeOf({ url, pageUrl: url })] });
    const [, , signature = 'none'] = token.split('.');
    expect(JSON.stringify(toDocument(report).lookedAt)).not.toContain(signature);
  });
});

describe('what is seen', () => {
  const mixed = reportOf(
    { page: pageAt(guestPage), stores: [localStorageOf({ auth: daily.guest(), other: daily.host() })] },
    { texts: [{ name: 'notes', text: `${daily.guest()} ${daily.host()}` }] },
  );

  test.each<[string, Report, Parameters<typeof expectWhatIsSeen>[1]]>([
    ['a guest', guests, {}],
    ['nothing', nothing, {}],
    ['the same tokens in a page and in a text', mixed, {}],
    ['on a page', guests, { on: 'guest', pages: { guest: ['https://call.example/guest/*'] } }],
    ['one of several', mixed, { only: new Set([mixed.subjects[0]?.token.id ?? '']) }],
    ['of nothing that was looked at', reportOf({}), {}],
  ])('holds, of %s', (_, report, options) => {
    const seen = expectWhatIsSeen(report, options);
    for (const { held, says } of checkExpectations(report, seen)) expect([held, says]).toEqual([true, says]);
  });

  test('of a page without tokens is that no host token is there', () => {
    const seen = expectWhatIsSeen(nothing);
    expect(seen.expect).toMatchObject([
      { where: { origin: 'https://call.example' }, none: { role: ['host', 'server'] } },
    ]);
    const host = reportOf({ page: pageAt(guestPage), stores: [localStorageOf({ auth: daily.host() })] });
    expect(checkExpectations(host, seen)[0]?.held).toBe(false);
  });

  test('is told with its findings of medium severity or worse before it is expected', () => {
    const accepted = findingsAccepted(mixed);
    expect(accepted.length).toBeGreaterThan(0);
    for (const { severity } of accepted) expect(['critical', 'high', 'medium']).toContain(severity);
    expect(findingsAccepted(nothing)).toEqual([]);
    expect(findingsAccepted(mixed, { on: 'https://call.example/host/*' })).toEqual([]);
    expect(findingsAccepted(mixed, { only: new Set() })).toEqual([]);
    const muted = mixed.subjects.map((subject) => ({
      ...subject,
      findings: subject.findings.map((finding) => ({ ...finding, muted: { reason: 'accepted' } })),
    }));
    expect(findingsAccepted({ ...mixed, subjects: muted, findings: [] })).toEqual([]);
  });

  test('by one expectation are findings of the tokens that it counts, or says something of, where it looks', () => {
    const about = (one: object) => findingsAcceptedBy(mixed, { name: 'one', ...one });
    const ofHost = { count: 1, tokens: { role: 'host' } };
    expect(about(ofHost).length).toBeGreaterThan(0);
    expect(about({ every: { role: 'host' }, have: { provider: 'daily' } })).toEqual(about(ofHost));
    expect(about({ ...ofHost, where: { source: 'cookie' } })).toEqual([]);
    expect(about({ count: 1, tokens: { role: 'viewer' } })).toEqual([]);
    expect(about({ none: { role: 'host' } })).toEqual([]);
    const marked = { name: 'one', on: 'guest', ...ofHost };
    expect(findingsAcceptedBy(mixed, marked, { guest: ['https://call.example/guest/*'] }).length).toBeGreaterThan(0);
    expect(findingsAcceptedBy(mixed, marked, { guest: ['https://call.example/host/*'] })).toEqual([]);
  });
});
