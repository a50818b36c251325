import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

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
