import { expect, test } from 'vitest';
import { closestName } from './spelling.ts';

test.each([
  ['Room', ['room'], 'room'],
  ['session-id', ['session_id'], 'session_id'],
  ['sesion_id', ['role', 'session_id'], 'session_id'],
  ['featuers', ['features'], 'features'],
  ['moderatorr', ['moderator'], 'moderator'],
  ['modorator', ['moderator'], 'moderator'],
])('%s is read as one of %s', (name, known, meant) => {
  expect(closestName(name, known)).toBe(meant);
});

test.each([
  ['roam', ['room']],
  ['x', ['o', 'u', 'ud']],
  ['recording', ['moderator']],
  ['', ['room']],
  ['r'.repeat(1_000_000), ['room']],
])('%.12s is no other name', (name, known) => {
  expect(closestName(name, known)).toBeNull();
});
