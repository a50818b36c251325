import { describe, expect, test } from 'vitest';
import { detect } from '../../src/engine/detect.ts';
import { redactText } from '../../src/engine/redact/redact-text.ts';
import { isLive } from '../../src/engine/redact/redaction.ts';
import { daily } from '../tokens.ts';
import { cells } from './cells.ts';
import { peelings } from './peelings.ts';

const token = daily.host();
const signature = token.split('.')[2] as string;
const opaque = 'q7Rk2vX9mB4nT8wZ3cLfYd6H';

describe.each([
  ['a token', cells(token, 'token'), signature],
  ['an opaque secret', cells(opaque, 'opaque'), opaque],
])('of %s nothing usable is left', (_, all, secret) => {
  test.each(all.map((cell) => [cell.name, cell] as const))('%s', (_, { text }) => {
    expect(peelings(text, text.length > 1e6 ? 1 : 5).some((one) => one.includes(secret))).toBe(true);
    const safe = redactText(text);
    const readable = peelings(safe.text, text.length > 1e6 ? 1 : 5);
    expect(readable.filter((one) => one.includes(secret))).toEqual([]);
    expect(safe.unread.size).toBe(0);
    expect(detect(safe.text).hits.filter(isLive)).toEqual([]);
    expect(redactText(safe.text).text).toBe(safe.text);
  });
});
