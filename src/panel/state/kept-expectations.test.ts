import { signal } from '@preact/signals';
import { afterEach, expect, test, vi } from 'vitest';
import { daily } from '../../../test/builders/tokens.ts';
import { createFakeHost, type FakeHost } from '../../../test/doubles/fake-host.ts';
import type { Expectations } from '../../engine/expect/expectations.ts';
import { KeptExpectationList } from './kept-expectations.ts';

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

/** A panel of a tab that shows a page of this site. */
function open(host: FakeHost, site: string | null) {
  const failures: string[] = [];
  const panel = {
    origin: signal(site),
    expected: signal<Expectations>({ expect: [] }),
    fileName: signal('expectations.json'),
    isSaved: signal(true),
    keptFor: signal<string | null>(null),
    failures,
    names: () => panel.expected.value.expect.map(({ name }) => name),
    expect: (...names: string[]) => {
      panel.expected.value = listOf(...names);
      panel.isSaved.value = false;
    },
  };
  const fail = (what: string, error: unknown) => failures.push(`${what}: ${(error as Error).message}`);
  endings.push(new KeptExpectationList({ host, ...panel, fail }).open());
  return panel;
}

const listOf = (...names: string[]): Expectations => ({
  expect: names.map((name) => ({ name, none: { room: name } })),
});
const [call, shop] = ['https://call.example', 'https://shop.example'];
const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 10 });

test('what is expected of a site is there again when its page is looked at again, and on no other', async () => {
  const host = createFakeHost();
  const first = open(host, call);
  first.expect('no host');
  await until(() => expect(first.keptFor.value).toBe(call));
  first.origin.value = shop;
  await until(() => expect(first.names()).toEqual([]));
  first.expect('no token');
  await until(() => expect(first.keptFor.value).toBe(shop));
  first.origin.value = call;
  await until(() => expect(first.names()).toEqual(['no host']));
  expect(first.isSaved.value).toBe(false);
  const later = open(host, shop);
  await until(() => expect(later.names()).toEqual(['no token']));
  later.expect();
  await until(() => expect([...host.keptExpectations.keys()]).toEqual([call]));
});

test('what was made before anything was read stands beside it', async () => {
  const host = createFakeHost();
  host.keptExpectations.set(call, { name: 'a.json', text: JSON.stringify(listOf('no host')), isSaved: true });
  const panel = open(host, call);
  panel.expect('no guest', 'no host');
  await until(() => expect(panel.names()).toEqual(['no host', 'no guest']));
  await until(() => expect(host.keptExpectations.get(call)?.text).toContain('no guest'));
});

test.each<[what: string, file: Expectations, stays: boolean]>([
  ['names its origin', { expect: [{ name: 'a', where: { origin: shop }, none: {} }] }, true],
  ['names a page of it', { expect: [{ name: 'a', on: `${shop}/guest/*`, none: {} }] }, true],
  ['marks pages of it', { pages: { guest: [`${shop}/*`] }, expect: [{ name: 'a', on: 'guest', none: {} }] }, true],
  ['speaks of pages of any', { pages: { guest: ['*/guest/*'] }, expect: [{ name: 'a', on: 'guest', none: {} }] }, true],
  [
    'names one that begins alike',
    { expect: [{ name: 'a', where: { origin: `${shop}.evil.example` }, none: {} }] },
    false,
  ],
])('a list that %s goes along to a site: %s', async (_, file, stays) => {
  const panel = open(createFakeHost(), call);
  panel.expected.value = file;
  await until(() => expect(panel.keptFor.value).toBe(call));
  panel.origin.value = shop;
  if (!stays) return until(() => expect(panel.names()).toEqual([]));
  panel.expected.value = { ...file, expect: [...file.expect, ...listOf('b').expect] };
  await until(() => expect(panel.keptFor.value).toBe(call));
  expect(panel.names()).toEqual(['a', 'b']);
});

test('panels of one site hold the same list', async () => {
  const host = createFakeHost();
  const [left, right] = [open(host, call), open(host, call)];
  left.expect('no host');
  await until(() => expect(right.names()).toEqual(['no host']));
  right.expect('no host', 'no guest');
  await until(() => expect(left.names()).toEqual(['no host', 'no guest']));
  left.expect();
  await until(() => expect(right.names()).toEqual([]));
  expect(host.keptExpectations.size).toBe(0);
});

test('of a private window nothing is kept, and the list goes wherever one goes', async () => {
  const host = createFakeHost();
  host.answers.isPrivate = true;
  const panel = open(host, call);
  panel.expect('no host');
  panel.origin.value = shop;
  await until(() => expect(panel.failures).toEqual([]));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(panel.names()).toEqual(['no host']);
  expect(panel.keptFor.value).toBeNull();
  expect(host.keptExpectations.size).toBe(0);
});

test('no token is kept, wherever in the list it stands', async () => {
  const host = createFakeHost();
  const panel = open(host, call);
  for (const before of [0, 9_990, 19_990, 30_000]) {
    panel.expect('x'.repeat(before) + daily.guest());
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(host.keptExpectations.size).toBe(0);
    expect(panel.keptFor.value).toBeNull();
  }
});

test('what cannot be read is told, and nothing is shown in its place', async () => {
  const host = createFakeHost();
  host.keptExpectations.set(call, { name: 'a.json', text: '{"expect":[{"name":"a"}]}', isSaved: true });
  const panel = open(host, call);
  await until(() => expect(panel.failures).toHaveLength(1));
  expect(panel.failures[0]).toMatch(
    /^Expectations kept for https:\/\/call\.example could not be read: .*expects nothing/s,
  );
  expect(panel.names()).toEqual([]);
  expect(host.keptExpectations.size).toBe(1);
});

test.each<[where: string, name: string, file: Expectations]>([
  ['the name of the file', `${daily.guest()}.json`, listOf('a')],
  [
    'an address, in base64',
    'a.json',
    { expect: [], steps: [{ name: 'a', open: `${call}/r/${btoa(daily.guest())}`, expect: [] }] },
  ],
  ['a mark, in base64', 'a.json', { ...listOf('a'), pages: { guest: [`${call}/r/${btoa(daily.guest())}*`] } }],
])('nothing with a token in %s is kept', async (_, name, file) => {
  const host = createFakeHost();
  const panel = open(host, call);
  panel.fileName.value = name;
  panel.expected.value = file;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(host.keptExpectations.size).toBe(0);
  panel.fileName.value = 'b.json';
  panel.expected.value = listOf('b');
  await until(() => expect(host.keptExpectations.get(call)?.name).toBe('b.json'));
});

test('steps and marks that were made before anything was read are not lost', async () => {
  const host = createFakeHost();
  host.keptExpectations.set(call, { name: 'a.json', text: JSON.stringify(listOf('no host')), isSaved: true });
  const panel = open(host, call);
  const steps = [{ name: 'the start', open: `${call}/`, expect: [] }];
  panel.expected.value = { expect: [], steps };
  await until(() => expect(panel.names()).toEqual(['no host']));
  expect(panel.expected.value.steps).toEqual(steps);
});
