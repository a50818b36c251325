import { expect, test } from 'vitest';
import { readPreset, readSettings } from './settings.ts';

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
      { id: 'c', url: 'http://127.0.0.1:8787/introspect', sites: ['https://a', 4], providers: 'daily', header: '' },
    ],
    timeZone: 'mars',
  });
  expect(read).toEqual({
    policy: 'standard',
    pageMarks: {},
    backends: [{ id: 'c', url: 'http://127.0.0.1:8787/introspect', sites: ['https://a'], providers: [], header: null }],
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

test.each([7, 'https://a', [null], {}])(
  'a backend for the sites %j is left out, as none named means every site',
  (sites) => {
    const backend = { id: 'a', url: 'https://b.example/', sites };
    expect(readSettings({ backends: [backend] })).toEqual({ policy: 'standard', pageMarks: {} });
  },
);

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
