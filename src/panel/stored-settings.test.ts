import fc from 'fast-check';
import { expect, test } from 'vitest';
import { providers } from '../engine/recognise/providers/index.ts';
import { formats } from '../engine/report/formats/index.ts';
import { defaultSettings } from './host.ts';
import { loadSettings, loadView, readPreset, readSettings } from './stored-settings.ts';

test('settings survive whatever was stored', () => {
  const standard = { policy: 'standard', pageMarks: {} };
  for (const stored of [
    undefined,
    null,
    7,
    'x',
    [],
    { policy: 'lax', pageMarks: 3 },
    { pageMarks: { 'https://a': 'boss' } },
  ])
    expect(readSettings(stored)).toEqual(standard);
  expect(readSettings({ policy: 'strict', pageMarks: { 'https://a': 'guest', 'https://b': 'host', c: 1 } })).toEqual({
    policy: 'strict',
    pageMarks: { 'https://a': 'guest', 'https://b': 'host' },
  });
});

test('the time zone and the backends are read back', () => {
  const backend = { id: 'b1', url: 'https://b.example/introspect', sites: [], providers: ['daily'], header: null };
  expect(readSettings({ policy: 'standard', pageMarks: {}, timeZone: 'utc', backends: [backend] })).toEqual({
    policy: 'standard',
    pageMarks: {},
    timeZone: 'utc',
    backends: [backend],
  });
});

test('a backend that another hand changed is narrowed, and one that tokens must not go to is left out', () => {
  const read = readSettings({
    backends: [
      { id: 'a', url: 'http://b.example/introspect' },
      { id: 'b', url: 'javascript:alert(1)' },
      { id: 3, url: 'https://b.example/' },
      null,
      {
        id: 'c',
        url: 'http://127.0.0.1:8787/introspect',
        sites: ['https://a', 4],
        providers: ['daily', 4],
        header: '',
      },
    ],
    timeZone: 'mars',
  });
  expect(read).toEqual({
    policy: 'standard',
    pageMarks: {},
    backends: [
      { id: 'c', url: 'http://127.0.0.1:8787/introspect', sites: ['https://a'], providers: ['daily'], header: null },
    ],
  });
});

test('policies and mutes are read back, and what does not fit together is left out', () => {
  const clinic = { name: 'clinic', text: '{}' };
  const mute = { rule: 'exp-missing', token: null, place: null, origin: 'https://a', reason: 'accepted' };
  const stored = {
    policy: 'clinic',
    sitePolicies: { 'https://a': 'clinic', 'https://b': 'strict' },
    ownPolicies: [clinic],
    mutes: [mute],
    pageMarks: {},
  };
  expect(readSettings(stored)).toEqual(stored);
  expect(
    readSettings({
      policy: 'removed',
      sitePolicies: { 'https://a': 'removed', 'https://b': 3 },
      ownPolicies: [{ name: '' }, 'x', { name: 'half' }, null],
      mutes: [{ rule: 3 }, { rule: 'exp-missing' }, null, 'x'],
    }),
  ).toEqual({ policy: 'standard', pageMarks: {} });
});

test.each<[string, object]>([
  ['no place', { rule: '*', reason: 'x' }],
  ['a token that is none, beside an origin', { rule: '*', token: 7, origin: 'https://a', reason: 'x' }],
  ['a list as place', { rule: '*', place: ['a'], origin: 'https://a', reason: 'x' }],
])('a stored mute with %s is left out, as it would mute more than was accepted', (_, mute) => {
  expect(readSettings({ mutes: [mute] })).toEqual({ policy: 'standard', pageMarks: {} });
});

test.each(
  (['sites', 'providers'] as const).flatMap((name) =>
    [7, 'daily', [null], {}, null].map((given) => [name, given] as const),
  ),
)('a backend whose %s are %j is left out, as none named means every one', (name, given) => {
  const backend = { id: 'a', url: 'https://b.example/', [name]: given };
  expect(readSettings({ backends: [backend] })).toEqual({ policy: 'standard', pageMarks: {} });
});

test('no stored name reaches a prototype', () => {
  const stored = JSON.parse(
    '{"__proto__":{"policy":"relaxed"},"pageMarks":{"__proto__":"host","constructor":"guest"},"sitePolicies":{"__proto__":"strict"},"policy":"constructor"}',
  );
  const read = readSettings(stored);
  expect(read.policy).toBe('standard');
  expect(Object.entries(read.pageMarks)).toEqual([
    ['__proto__', 'host'],
    ['constructor', 'guest'],
  ]);
  expect(Object.getPrototypeOf(read.pageMarks)).toBe(Object.prototype);
  expect(Object.keys(read.sitePolicies ?? {})).toEqual(['__proto__']);
});

test('what an administrator set is a text or nothing', () => {
  expect(readPreset({ policy: 'strict' })).toEqual({ policy: 'strict' });
  for (const stored of [undefined, null, {}, { policy: '' }, { policy: ' ' }, { policy: {} }, [], 'strict'])
    expect(readPreset(stored)).toEqual({ policy: null });
});

const whole = {
  policy: 'clinic',
  sitePolicies: { 'https://a': 'strict' },
  ownPolicies: [{ name: 'clinic', text: '{}' }],
  mutes: [{ rule: '*', token: null, place: null, origin: 'https://a', reason: 'accepted' }],
  pageMarks: { 'https://a': 'guest' },
  timeZone: 'utc',
  backends: [{ id: 'b', url: 'https://b.example/', sites: ['https://a'], providers: ['daily'], header: 'x-key' }],
};

test.each(Object.keys(whole) as (keyof typeof whole)[])('damage to %s takes nothing else along', (name) => {
  const { [name]: lost, ...others } = whole;
  for (const damaged of [7, null, [[]], { 'https://x': [] }, 'x', [{ name: {}, rule: {}, id: {} }]]) {
    const read = readSettings({ ...whole, [name]: damaged });
    // The policy that was chosen is gone with those it was one of.
    expect(read).toMatchObject(name === 'ownPolicies' ? { ...others, policy: 'standard' } : others);
    expect(read[name]).not.toEqual(lost);
  }
});

test('what is whole in a list or under a name stays where its neighbours fall away', () => {
  const read = readSettings({
    ...whole,
    ownPolicies: [{ name: 'half' }, ...whole.ownPolicies, 7],
    mutes: [null, ...whole.mutes, { rule: '*' }],
    pageMarks: { ...whole.pageMarks, 'https://b': 'boss' },
    sitePolicies: { 'https://b': {}, ...whole.sitePolicies, 'https://c': 'removed' },
    backends: ['x', ...whole.backends, { ...whole.backends[0], url: 'http://b.example/' }],
  });
  expect(read).toEqual(whole);
});

test('members of another version, and of members, are left alone and out', () => {
  const [backend] = whole.backends;
  expect(readSettings({ ...whole, theme: 'dark', backends: [{ ...backend, secret: 'x' }] })).toEqual(whole);
});

test('whatever is stored is read as settings, which are read the same again', () => {
  const members = Object.fromEntries(Object.keys(whole).map((name) => [name, fc.anything()]));
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.record(members, { requiredKeys: [] })), (stored) => {
      const read = readSettings(stored);
      expect(readSettings(read)).toEqual(read);
      expect(readPreset(stored).policy === null || typeof readPreset(stored).policy === 'string').toBe(true);
    }),
    { seed: 20_261_126 },
  );
});

test('what is read where nothing is stored is what the panel begins with', () => {
  expect(readSettings({})).toEqual(defaultSettings);
  expect(readSettings(undefined)).toEqual(defaultSettings);
  expect(readPreset({})).toEqual({ policy: null });
});

test('what of the settings could not be read is told, by its name and number', () => {
  expect(loadSettings(whole).leftOut).toEqual([]);
  expect(loadSettings({ ...whole, ofAnotherVersion: 7 }).leftOut).toEqual([]);
  expect(loadSettings(undefined).leftOut).toEqual([]);
  expect(loadSettings('x').leftOut).toEqual(['the settings']);
  const damaged = {
    ...whole,
    policy: 'removed',
    mutes: [null, ...whole.mutes, { rule: 3 }],
    pageMarks: { ...whole.pageMarks, 'https://b': 'boss' },
    timeZone: 'mars',
    preserveLog: 'yes',
    backends: 'x',
  };
  expect(loadSettings(damaged).leftOut).toEqual([
    'the policy',
    '2 of muted findings',
    'marks of pages',
    'the time zone',
    'whether the log is preserved',
    'validation backends',
  ]);
});

const left = {
  filter: 'is:host',
  severity: 'high',
  platform: 'daily',
  view: 'findings',
  tab: 'claims',
  table: { sort: { column: 'room', descending: true }, grouping: 'room', columns: [] },
  beside: 0.3,
  below: 0.5,
  exportFormat: 'sarif',
};

test('how the panel was left is read back, and each part that is damaged falls away alone and is told', () => {
  expect(loadView(left)).toEqual({ value: left, leftOut: [] });
  for (const name of Object.keys(left) as (keyof typeof left)[]) {
    for (const damage of [{}, [], -7, 12, 'x'.repeat(400), '__proto__', { column: 3 }]) {
      const { value, leftOut } = loadView({ ...left, [name]: damage });
      const { [name]: read, ...others } = value;
      const { [name]: _, ...expected } = left;
      expect(others).toEqual(expected);
      // What an arrangement of the list holds, the list itself narrows.
      if ((name === 'filter' && damage === '__proto__') || (name === 'table' && typeof damage === 'object')) continue;
      expect([name, damage, read]).toEqual([name, damage, null]);
      expect([name, damage, leftOut.length]).toEqual([
        name,
        damage,
        Object.keys(Object(damage)).length > 0 || typeof damage !== 'object' ? 1 : 0,
      ]);
    }
  }
});

test('every platform, and every format, that can be chosen is one that is read back', () => {
  for (const { id } of providers)
    expect(loadView({ platform: id })).toMatchObject({ value: { platform: id }, leftOut: [] });
  for (const { id } of formats)
    expect(loadView({ exportFormat: id })).toMatchObject({ value: { exportFormat: id }, leftOut: [] });
});

test('whatever was left there is read as a view, which is read the same again', () => {
  const members = Object.fromEntries(Object.keys(left).map((name) => [name, fc.anything()]));
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.record(members, { requiredKeys: [] })), (stored) => {
      const { value } = loadView(stored);
      const again = loadView(value);
      expect(again.leftOut).toEqual([]);
      expect(loadView(again.value).value).toEqual(again.value);
    }),
    { seed: 20_261_127 },
  );
});
