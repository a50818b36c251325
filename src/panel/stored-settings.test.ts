import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultSettings } from './host.ts';
import { readPreset, readSettings } from './stored-settings.ts';

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
