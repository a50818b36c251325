import { expect, test } from 'vitest';
import { closingQuote } from './quoted.ts';

test('a quote ends what the one before it began', () => {
  expect(closingQuote('a" b"', 0, '"')).toBe(1);
  expect(closingQuote("it's", 3, "'")).toBe(-1);
});

test('a quote behind a backslash ends nothing, unless the backslash is written out itself', () => {
  expect(closingQuote(String.raw`a\"b"`, 0, '"')).toBe(4);
  expect(closingQuote(String.raw`a\\"b"`, 0, '"')).toBe(3);
  expect(closingQuote(String.raw`\\\"b"`, 0, '"')).toBe(5);
});

test('backslashes in front of the text do not count', () => {
  expect(closingQuote(String.raw`\"" b`, 2, '"')).toBe(2);
});

test('a quote written twice is one of the text, where such are asked for', () => {
  expect(closingQuote("it''s' b", 0, "'", { isDoubled: true })).toBe(5);
  expect(closingQuote("it''s' b", 0, "'")).toBe(2);
});

test('quotes of several characters end at the next alike', () => {
  expect(closingQuote('a"b"""', 0, '"""')).toBe(3);
  expect(closingQuote(String.raw`a\" b`, 0, String.raw`\"`)).toBe(1);
});

test('a quote too far away is none', () => {
  expect(closingQuote(`${'a'.repeat(10)}"`, 0, '"', { most: 9 })).toBe(-1);
  expect(closingQuote(`${'a'.repeat(10)}"`, 0, '"', { most: 10 })).toBe(10);
});
