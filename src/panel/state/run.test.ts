import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { captureOf, sessionStorageOf } from '../../../test/builders/captures.ts';
import { daily, now } from '../../../test/builders/tokens.ts';
import { policies } from '../../engine/audit/policy/policies.ts';
import { type Expectation, type Expectations, parseExpectations } from '../../engine/expect/expectations.ts';
import { find, inspect } from '../../engine/inspect.ts';
import { looksIn } from '../../engine/looks/looks-in.ts';
import { placesOf } from '../../engine/model/looked-at.ts';
import { createRun } from './run.ts';

const site = 'https://call.example';
const host = daily.host();
const guest = daily.guest();
const noHost: Expectation = { name: 'no host token', none: { role: 'host' } };
const oneHost: Expectation = { name: 'one host token', count: 1, tokens: { role: 'host' } };
const none: Expectation = { name: 'no token', none: {} };

function reportOf(url: string, tokens: readonly string[]) {
  const entries = Object.fromEntries(tokens.map((token, index) => [`auth${index}`, token]));
  const page = { url, title: '', scriptOrigins: null, loadedAt: now };
  const capture = captureOf({ page, stores: [sessionStorageOf(entries, new URL(url).origin)] });
  const found = find(capture);
  return inspect(found.sightings, { now, policy: policies.standard, lookedAt: placesOf(looksIn(capture, found)) });
}

const endings: (() => void)[] = [];
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  for (const end of endings.splice(0)) end();
  vi.useRealTimers();
});

/** A user with the panel open, and a run. */
function begin(file: Expectations = { expect: [] }) {
  const said: string[] = [];
  let clock = now;
  const options = {
    expected: signal(file),
    isSaved: signal(true),
    takes: signal<((made: readonly Expectation[]) => string) | null>(null),
    failedInRun: signal(0),
    report: signal(reportOf(`${site}/`, [])),
    isWhole: signal(true),
    page: signal<{ url: string } | null>(null),
    loggedOut: signal<{ at: number } | null>(null),
    now: () => clock,
    rescan: vi.fn(),
    say: (sentence: string) => said.push(sentence),
  };
  const run = createRun(options);
  endings.push(run.close);
  return {
    ...options,
    run,
    said,
    wait(seconds: number) {
      clock += seconds;
      vi.advanceTimersByTime(seconds * 1000);
    },
    /** The page is looked at, and holds these. */
    see(path: string, ...tokens: string[]) {
      const url = path.startsWith('/') ? site + path : path;
      options.report.value = reportOf(url, tokens);
      options.page.value = { url };
    },
    expectMore: (...made: Expectation[]) => options.takes.value?.(made),
    ways: () => run.steps.value.map(({ open, action }) => open?.replace(site, '') ?? action),
    held: () => run.steps.value.map((_, index) => run.results.value.get(index)?.held),
  };
}

describe('while it is recorded', () => {
  test('each page is a step, with what is expected on it, and what is done is one, too', () => {
    const { run, see, wait, expectMore, expected, isSaved } = begin();
    see('/host/standup', host);
    run.record();
    expect(expectMore(oneHost)).toBe('1 expectation added to the step host/standup.');
    wait(60);
    see(`/guest/standup?jwt=${guest}`, guest);
    expectMore(noHost, oneHost);
    expect(expectMore(noHost)).toBe('This is expected already.');
    wait(60);
    run.act(' log out ');
    see('/guest/standup');
    expectMore(none);
    run.stop();
    expect(expected.value.steps).toEqual([
      { name: 'host/standup', open: `${site}/host/standup`, expect: [oneHost] },
      { name: 'guest/standup', open: `${site}/guest/standup`, expect: [noHost, oneHost] },
      { name: 'after “log out”', action: 'log out', expect: [none] },
    ]);
    expect(run.leftOut.value).toEqual(['jwt']);
    expect(isSaved.value).toBe(false);
    expect(parseExpectations(JSON.stringify(expected.value))).toEqual(expected.value);
    expect(JSON.stringify(expected.value)).not.toContain('eyJ');
    expect(expectMore(none)).toBeUndefined();
  });

  test('a page that is looked at again, or by another fragment, is the same step; one that is come back to is another', () => {
    const { run, see, ways } = begin();
    run.record();
    for (const path of ['/a', '/a', '/a#top', '/b?x=1', '/b?x=2', '/a', 'chrome://newtab'])
      see(path.replace('chrome', 'https'));
    expect(ways()).toEqual(['/a', '/b?x=1', '/b?x=2', '/a', 'https://newtab/']);
    expect(run.steps.value.map(({ name }) => name)).toEqual(['a', 'b', 'b (2)', 'a (2)', 'the start page']);
  });

  test('where a logout leads to is part of it, whether it is marked before or after', () => {
    const { run, see, wait, ways, loggedOut } = begin();
    run.record();
    see('/host');
    wait(60);
    see('/guest');
    wait(60);
    see('/');
    wait(10);
    loggedOut.value = { at: now };
    expect(ways()).toEqual(['/host', '/guest', 'log out']);
    wait(60);
    see('/host');
    wait(60);
    run.act('leave the call');
    wait(2);
    see('/goodbye');
    wait(60);
    see('/host');
    expect(ways()).toEqual(['/host', '/guest', 'log out', '/host', 'leave the call', '/host']);
  });

  test('what is expected of a page keeps it a step, although a logout is marked on it', () => {
    const { run, see, ways, loggedOut, expectMore } = begin();
    run.record();
    see('/host');
    see('/guest');
    expectMore(noHost);
    loggedOut.value = { at: now };
    expect(ways()).toEqual(['/host', '/guest', 'log out']);
  });

  test('an empty recording leaves the run that was there', () => {
    const { run, expected } = begin({ expect: [noHost], steps: [{ name: 'a', open: '/a', expect: [] }] });
    run.record();
    run.stop();
    expect(expected.value.steps).toHaveLength(1);
    run.remove(0);
    expect(expected.value).toEqual({ expect: [noHost] });
  });
});

describe('while it is walked again', () => {
  const steps = [
    { name: 'host', open: '/host', expect: [oneHost] },
    { name: 'guest', open: `${site}/guest`, expect: [noHost] },
    { name: 'after logout', action: 'log out', expect: [none] },
  ];
  const file: Expectations = { expect: [], steps };

  test('each step is checked on its page, and keeps what came of it until the walk begins anew', () => {
    const { run, see, wait, held, loggedOut, failedInRun } = begin(file);
    expect(held()).toEqual([undefined, undefined, undefined]);
    see('/host', host);
    expect([run.current.value, ...held()]).toEqual([0, true, undefined, undefined]);
    wait(60);
    see('/guest', host);
    expect([run.current.value, ...held()]).toEqual([1, true, false, undefined]);
    expect(failedInRun.value).toBe(1);
    expect(run.results.value.get(0)?.at).toBe(now);
    wait(60);
    loggedOut.value = { at: now };
    see('/');
    wait(2);
    expect([run.current.value, ...held()]).toEqual([2, true, false, true]);
    wait(60);
    see('/elsewhere', host);
    expect([run.current.value, ...held()]).toEqual([null, true, false, true]);
    see('/host', host);
    expect([run.current.value, ...held()]).toEqual([0, true, undefined, undefined]);
    expect(failedInRun.value).toBe(0);
  });

  test('what the next page brings before it is in front is not held against the step before', () => {
    const { see, wait, held, report } = begin(file);
    see('/host', host);
    expect(held()[0]).toBe(true);
    report.value = reportOf(`${site}/host`, [guest]);
    wait(1);
    see('/guest', guest);
    wait(60);
    expect(held()).toEqual([true, true, undefined]);
    report.value = reportOf(`${site}/guest`, [host]);
    expect(held()[1]).toBe(true);
    wait(2);
    expect(held()[1]).toBe(false);
  });

  test('a page that never comes to rest is judged all the same', () => {
    const { see, wait, held } = begin(file);
    see('/host');
    expect(held()).toEqual([false, undefined, undefined]);
    for (let second = 0; second < 10; second += 1) {
      // What else lies there is another thing each time.
      see('/host', host, daily.guest({ u: `guest ${second}` }));
      wait(1);
    }
    expect(held()).toEqual([true, undefined, undefined]);
  });

  test('a login in place of a page, a logout that nobody did, and files in place of the page hold nothing', () => {
    const { run, see, held, page, isWhole } = begin(file);
    see('/login?next=/host');
    expect([run.current.value, ...held()]).toEqual([null, undefined, undefined, undefined]);
    page.value = null;
    expect(held()).toEqual([undefined, undefined, undefined]);
    isWhole.value = false;
    see('/host', host);
    expect(held()).toEqual([undefined, undefined, undefined]);
    isWhole.value = true;
    expect(held()).toEqual([true, undefined, undefined]);
  });

  test('a logout of before is none of this walk', () => {
    const { run, see, loggedOut } = begin({ expect: [] });
    loggedOut.value = { at: now };
    see('/host', host);
    expect(run.current.value).toBeNull();
  });

  test('an action is done when the user says so', () => {
    const { run, see, held, rescan } = begin(file);
    see('/guest', guest);
    run.done(2);
    expect(held()).toEqual([undefined, true, false]);
    expect(rescan).toHaveBeenCalledOnce();
  });

  test('another file is another run', () => {
    const { run, see, held, expected } = begin(file);
    see('/host', host);
    expected.value = { expect: [], steps: [{ name: 'x', open: '/x', expect: [] }] };
    expect(held()).toEqual([undefined]);
    expect(run.current.value).toBeNull();
    expected.value = { expect: [] };
    expect(run.steps.value).toEqual([]);
  });
});
