import { describe, expect, test } from 'vitest';
import { detect } from '../../src/engine/find/detect.ts';
import { redactText } from '../../src/engine/redact/redact-text.ts';
import { isLive } from '../../src/engine/redact/token-edits.ts';
import { daily } from '../builders/tokens.ts';
import { sampled } from '../sampled.ts';
import { cells } from './cells.ts';
import { peelings } from './peelings.ts';
import { loose, shapes } from './shapes.ts';

const token = daily.host();
const signature = token.split('.')[2] as string;
const opaque = 'q7Rk2vX9mB4nT8wZ3cLfYd6H';

describe.each([
  ['a token', cells(token, 'token'), signature],
  ['an opaque secret', cells(opaque, 'opaque'), opaque],
])('of %s nothing usable is left', (_, all, secret) => {
  test.each(sampled(all, 10).map((cell) => [cell.name, cell] as const))('%s', (_, { text }) => {
    expect(peelings(text, text.length > 1e6 ? 1 : 5).some((one) => one.includes(secret))).toBe(true);
    const safe = redactText(text);
    const readable = peelings(safe.text, text.length > 1e6 ? 1 : 5);
    expect(readable.filter((one) => one.includes(secret))).toEqual([]);
    expect(safe.unread.size).toBe(0);
    expect(detect(safe.text).hits.filter(isLive)).toEqual([]);
    expect(redactText(safe.text).text).toBe(safe.text);
    if (isJson(text)) expect(isJson(safe.text)).toBe(true);
    for (const harmless of ['thanks', 'standup']) {
      if (!text.includes(harmless)) continue;
      expect(readable.some((one) => one.includes(harmless))).toBe(true);
    }
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe.each([
  ['a token', token, signature],
  ['an opaque secret', opaque, opaque],
  ['a UUID', '3f9c2a1b-6c1e-4f5b-9d3b-2a7e5c9d8b10', '3f9c2a1b-6c1e-4f5b-9d3b-2a7e5c9d8b10'],
  ['base64', 'mK3+vT9/xQ2pL7sW8dF1gH4jZ6c=', 'mK3+vT9/xQ2pL7sW8dF1gH4jZ6c'],
])('in the ways of languages and tools nothing is left of %s', (_, planted, secret) => {
  test.each(Object.entries(shapes))('%s', (_, plant) => {
    const safe = redactText(plant(planted));
    expect(peelings(safe.text).filter((one) => one.includes(secret))).toEqual([]);
    expect(safe.unread.size).toBe(0);
    expect(redactText(safe.text).text).toBe(safe.text);
  });
});

describe.each(['correct-horse-42-battery', 'swordfishes', 'p@ss!W0rd#9x'])(
  'a password that people choose goes: %s',
  (password) => {
    test.each(Object.entries(shapes).filter(([name]) => !loose.has(name)))('%s', (_, plant) => {
      expect(peelings(redactText(plant(password)).text).filter((one) => one.includes(password))).toEqual([]);
    });
  },
);
