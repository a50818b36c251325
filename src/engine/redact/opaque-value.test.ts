import { expect, test } from 'vitest';
import { isPlaceholder, looksOpaque, saysNothing } from './opaque-value.ts';

test('random values look opaque', () => {
  const values = [
    ...[
      'q7Rk2vX9mB4nT8wZ3cLfYd6H',
      '9f8e7d6c5b4a3928',
      '3f9c2a1b-6c1e-4f5b-9d3b-2a7e5c9d8b10',
      'AIzaSyD-9tSrke72PouQMnMX',
    ],
    ...[
      's%3AxT5nV0q-kT3aZ.Qm9vZ2xl',
      '12345678901234567890',
      'dGhpcyBpcyBhIHNlY3JldA==',
      'xoxb-1234-abcdEFGH5678',
      'hunter2-but-l0ng3r-4nd-w31rd3r',
    ],
  ];
  expect(values.filter((value) => !looksOpaque(value))).toEqual([]);
});

test('words, numbers, dates, versions and addresses do not', () => {
  const values = [
    ...[
      'dark',
      'accepted',
      'high-contrast',
      'participant',
      'room_not_found',
      'connectionId',
      'roomNameLong',
      'variant-b',
      'Europe%2FBerlin',
    ],
    ...[
      '1795176000123',
      '0.75',
      '2026-11-26',
      '2026-11-26T12:00:00.123Z',
      '12:30:45',
      '2.14.3-rc.1',
      '1280x720',
      '1.2.840.113549.1.9.16',
    ],
    ...[
      'de-DE',
      'application/json',
      'grace@call.example',
      'https://call.example/a?b=c',
      'call.example:8443',
      '192.0.2.17',
      '00:1a:2b:3c:4d:5e',
    ],
    ...['a b c d e f 1 2 3 4', 'room42', 'redacted', '********', ''],
  ];
  expect(values.filter(looksOpaque)).toEqual([]);
});

test('an alphabet is no secret, and hides none that is glued to it', () => {
  const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const alphabets = [
    capitals,
    capitals.toLowerCase(),
    `${capitals}${capitals.toLowerCase()}0123456789+/=`,
    `0123456789${capitals.toLowerCase()}`,
    `${capitals}234567`,
  ];
  expect(alphabets.filter((one) => looksOpaque(one) || !saysNothing(one, 'token'))).toEqual([]);
  const glued = [`${capitals}q7Rk2vX9mB4nT8wZ3cLfYd6HQ`, `q7Rk2vX9mB4nT8wZ-${capitals.toLowerCase()}`];
  expect(glued.filter((one) => !looksOpaque(one) || saysNothing(one, 'token'))).toEqual([]);
});

test('what says nothing is a placeholder', () => {
  for (const text of ['', ' ', 'redacted', 'redacted****', '[REDACTED]', '***', '…', 'xxxx', 'null', '<hidden>'])
    expect(isPlaceholder(text)).toBe(true);
  for (const text of ['x', 'secret', 'redacted-token', 'nullable']) expect(isPlaceholder(text)).toBe(false);
});
