import { describe, expect, test } from 'vitest';
import { captureOf, exchangeOf, localStorageOf, sessionStorageOf } from '../../../test/builders/captures.ts';
import { daily, now } from '../../../test/builders/tokens.ts';
import { policies } from '../audit/policy/policies.ts';
import { find, inspect } from '../inspect.ts';
import { looksIn } from '../looks/looks-in.ts';
import type { Capture } from '../model/capture.ts';
import { mergeLooks, placesOf } from '../model/looked-at.ts';
import type { Report } from '../model/report.ts';
import { checkStep, checkSteps, outcomeOf } from './check-steps.ts';
import type { Expectation, Expectations, Step } from './expectations.ts';
import { isPageOf } from './page-patterns.ts';

const hostPage = 'https://call.example/host/standup';
const guestPage = 'https://call.example/guest/standup?name=Grace#top';
const pageAt = (url: string) => ({ url, title: '', scriptOrigins: null, loadedAt: now });
const at = (url: string, more: Partial<Capture> = {}): Partial<Capture> => ({
  page: pageAt(url),
  stores: [sessionStorageOf({})],
  ...more,
});

/** A report of captures, each an input of its own, as of several recordings. */
function reportOf(...captures: Partial<Capture>[]): Report {
  const found = captures.map((one, index) => {
    const capture = captureOf({ readAt: now, page: null, ...one });
    const { sightings, ...more } = find(capture);
    const named = <Seen>(seen: Seen) => ({ ...seen, input: `${index}` });
    return { sightings: sightings.map(named), looks: looksIn(capture, more).map(named) };
  });
  const lookedAt = placesOf(mergeLooks(...found.map(({ looks }) => looks)));
  return inspect(
    found.flatMap(({ sightings }) => sightings),
    { now, policy: policies.standard, lookedAt },
  );
}

const noHost: Expectation = { name: 'no host token', none: { role: 'host' } };
const oneHost: Expectation = { name: 'one host token', count: 1, tokens: { role: 'host' } };
const hostStep: Step = { name: 'the host’s page', open: '/host/standup', expect: [oneHost] };
const guestStep: Step = { name: 'the guest’s page', open: 'https://call.example/guest/standup', expect: [noHost] };
const logout: Step = { name: 'after logout', action: 'log out', expect: [noHost] };
const run: Expectations = { expect: [], steps: [hostStep, guestStep, logout] };

const host = sessionStorageOf({ auth: daily.host() });
const guest = sessionStorageOf({ auth: daily.guest() });
const walked = reportOf(at(hostPage, { stores: [host] }), at(guestPage, { stores: [guest] }));

describe('of what several inputs show', () => {
  test('a step that opens a page is checked by pages like it, and what is done can be shown by none', () => {
    expect(checkSteps(walked, run)).toEqual([
      {
        step: 'the host’s page',
        open: '/host/standup',
        held: true,
        results: [expect.objectContaining({ name: 'one host token', held: true })],
      },
      {
        step: 'the guest’s page',
        open: 'https://call.example/guest/standup',
        held: true,
        results: [expect.objectContaining({ name: 'no host token', held: true })],
      },
      {
        step: 'after logout',
        action: 'log out',
        held: null,
        says: 'not checked: nothing shows what was there after "log out".',
        results: [
          expect.objectContaining({
            name: 'no host token',
            held: null,
            says: 'not checked: nothing shows what was there after "log out".',
          }),
        ],
      },
    ]);
  });

  test('a token on the page of a step fails it, in its words, and one on another page does not', () => {
    const leaked = reportOf(at(hostPage, { stores: [host] }), at(guestPage, { stores: [host] }));
    const [, { held, results } = { held: null, results: [] }] = checkSteps(leaked, run);
    expect(held).toBe(false);
    expect(results[0]?.says).toMatch(/^expected no host token, found one in 1, sessionStorage\["auth"\]: Daily/);
  });

  test.each<[what: string, report: Report]>([
    ['nothing', reportOf({})],
    ['another page', reportOf(at(guestPage))],
    ['a page of another origin', reportOf(at('https://other.example/guest/standup'))],
    ['a page below it', reportOf(at('https://call.example/guest/standup/settings'))],
    ['its address alone', reportOf({ page: pageAt('https://call.example/host/standup') })],
    [
      'a request for it that led to the login',
      reportOf({
        exchanges: [
          exchangeOf({ url: hostPage, pageUrl: hostPage, status: 302, isDocument: true }),
          exchangeOf({ url: 'https://call.example/a.js', pageUrl: 'https://call.example/login' }),
        ],
      }),
    ],
    ['where nobody told what was looked at', { ...walked, lookedAt: [] }],
  ])('%s shows nothing of a step', (_, report) => {
    const [result] = checkSteps(report, { expect: [], steps: [{ ...hostStep, expect: [noHost] }] });
    expect(result).toMatchObject({ held: null, says: 'not checked: the page /host/standup was not looked at.' });
    expect(result?.results.map(({ held }) => held)).toEqual([null]);
  });

  test('traffic of a page shows it', () => {
    const report = reportOf({
      exchanges: [
        exchangeOf({ url: hostPage, pageUrl: hostPage }),
        exchangeOf({ url: 'https://call.example/a.js', pageUrl: hostPage }),
      ],
    });
    expect(checkSteps(report, { expect: [], steps: [{ ...hostStep, expect: [noHost] }] })[0]?.held).toBe(true);
  });

  test('a step speaks of its page, also where an expectation speaks of more', () => {
    const expectations: Expectations = {
      pages: { all: ['*'], guest: ['*/guest/*'] },
      expect: [],
      steps: [
        { ...guestStep, expect: [{ ...noHost, on: 'all' }] },
        { ...hostStep, expect: [{ ...noHost, on: 'guest' }] },
      ],
    };
    expect(checkSteps(walked, expectations).map(({ held }) => held)).toEqual([true, null]);
  });

  test('findings about tokens of other pages are no findings of a step', () => {
    const calm: Expectation = { name: 'calm', maxSeverity: 'info' };
    const [ofHost, ofGuest] = walked.subjects.map(({ token }) => token.id);
    const finding = { ...walked.subjects[0]?.findings[0], severity: 'high' as const } as Report['findings'][number];
    const subjects = walked.subjects.map((subject) => ({ ...subject, findings: [] }));
    const heldWith = (tokens: string[]) => {
      const report = { ...walked, subjects, findings: [{ ...finding, tokens }] };
      const steps = [hostStep, guestStep].map((step) => ({ ...step, expect: [calm] }));
      return checkSteps(report, { expect: [], steps }).map(({ held }) => held);
    };
    expect(heldWith([ofHost ?? ''])).toEqual([false, true]);
    expect(heldWith([ofGuest ?? ''])).toEqual([true, false]);
    expect(heldWith([ofGuest ?? '', ofHost ?? ''])).toEqual([false, false]);
  });
});

describe('of a report of the moment', () => {
  const alone = reportOf(at(guestPage, { stores: [guest] }));

  test('a step by action is checked, and so is the page that was opened', () => {
    expect(checkStep(alone, run, logout, { page: guestPage })).toMatchObject({ step: 'after logout', held: true });
    expect(checkStep(alone, run, guestStep, { page: guestPage })).toMatchObject({ held: true });
    expect(checkStep(alone, run, hostStep, { page: hostPage }).held).toBe(false);
  });

  test('a page that led elsewhere is not checked, and it is said where', () => {
    const login = 'https://call.example/login?next=secret';
    const there = reportOf(at(login));
    expect(checkStep(there, run, { ...guestStep, expect: [noHost] }, { page: login })).toMatchObject({
      held: null,
      says: 'not checked: the page was https://call.example/login, not https://call.example/guest/standup.',
      results: [{ held: null }],
    });
  });

  test('a report of another page, or of nothing, holds nothing', () => {
    for (const report of [reportOf({}), reportOf(at('https://call.example/login'))]) {
      expect(checkStep(report, run, logout, { page: guestPage }).held).toBeNull();
      expect(checkStep(report, run, guestStep, { page: guestPage }).held).toBeNull();
    }
  });

  test('a token that lies there counts, wherever it was put', () => {
    const both = reportOf(at(hostPage, { stores: [localStorageOf({ auth: daily.host() })] }), at(guestPage));
    expect(checkStep(both, run, guestStep, { page: guestPage }).held).toBe(false);
  });
});

test('a step that is only walked through expects nothing, and is not come to all the same', () => {
  const lobby = { name: 'the lobby', open: '/', expect: [] };
  expect(checkStep(reportOf(), run, lobby, { page: 'https://call.example/' })).toMatchObject({ held: true });
  expect(checkStep(reportOf(), run, lobby, { page: 'https://call.example/x' })).toMatchObject({ held: null });
});

test('of several, one that fails tells more than one that could not be checked', () => {
  expect(outcomeOf([{ held: true }, { held: null }, { held: false }])).toBe(false);
  expect(outcomeOf([{ held: true }, { held: null }])).toBeNull();
  expect(outcomeOf([{ held: true }])).toBe(true);
  expect(outcomeOf([])).toBe(true);
});

test.each<[page: string, open: string, is: boolean]>([
  ['https://call.example/host', 'https://call.example/host', true],
  ['https://call.example/host/', '/host', true],
  ['https://call.example', '/', true],
  ['https://call.example/host?jwt=x#y', '/host', true],
  ['https://call.example/host?a=1&jwt=x', '/host?a=1', true],
  ['https://call.example/host?a=2', '/host?a=1', false],
  ['https://call.example/host', '/host?a=1', false],
  ['https://call.example/#/host', '/#/host', true],
  ['https://call.example/#/guest', '/#/host', false],
  ['https://call.example:8443/host', 'https://call.example/host', false],
  ['http://call.example/host', 'https://call.example/host', false],
  ['https://call.example/hosts', '/host', false],
  ['https://call.example/a/host', '/host', false],
  ['https://call.example/*', '/host', false],
  ['https://call.example/host', '/*', false],
  ['about:blank', '/', false],
  ['', '/', false],
])('%s is the page that %s opens: %s', (page, open, is) => {
  expect(isPageOf(page, open)).toBe(is);
});
