import { expect, test } from 'vitest';
import { daily } from './providers/daily/daily.ts';
import { providers } from './providers/index.ts';
import { jitsi } from './providers/jitsi/jitsi.ts';
import { meaningOf, registered } from './registered-claims.ts';

test('the platform’s own meaning comes before the registered one', () => {
  expect(meaningOf(daily, 'exp')?.means).toContain('`ejt`');
  expect(meaningOf(null, 'exp')?.means).toBe(registered.exp?.means);
  expect(meaningOf(daily, 'jti')?.means).toBe(registered.jti?.means);
});

test('`*` stands for one member, and at the end for whatever follows', () => {
  expect(meaningOf(daily, 'p.cr.u.grace.v')?.means).toBe('May receive video.');
  expect(meaningOf(daily, 'p.cr.u.grace@example.com')?.means).toContain('this user');
  expect(meaningOf(null, 'aud.3')?.means).toContain('audiences');
  expect(meaningOf(daily, 'p.cr.u')?.name).toBe('byUserId');
});

test('`ca` is canAdmin below `p` and custom audio below `p.cr`', () => {
  expect(meaningOf(daily, 'p.ca')?.name).toBe('canAdmin');
  expect(meaningOf(daily, 'p.cr.b.ca')?.means).toContain('custom audio');
});

test('header members are told apart from claims', () => {
  expect(meaningOf(jitsi, 'header.typ')?.means).toContain('refuses');
  expect(meaningOf(null, 'typ')).toBeNull();
  expect(meaningOf(null, 'header.kid')?.means).toContain('key');
});

test('a name of the app’s own has no meaning, whatever it is called', () => {
  for (const path of [
    'theme',
    '',
    '.',
    '__proto__',
    'constructor',
    'header.toString',
    'a'.repeat(100_000),
    '.'.repeat(10_000),
  ]) {
    expect(meaningOf(daily, path)).toBeNull();
    expect(meaningOf(null, path)).toBeNull();
  }
});

test('every meaning of every platform ends as a sentence does', () => {
  const meanings = [
    ...Object.entries(registered),
    ...providers.flatMap(({ id, claims }) =>
      Object.entries(claims).map(([path, meaning]) => [`${id} ${path}`, meaning] as const),
    ),
  ];
  expect(meanings.filter(([, { means }]) => !/^\S.*[.…]$/s.test(means)).map(([path]) => path)).toEqual([]);
});
