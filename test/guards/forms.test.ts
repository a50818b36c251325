import { expect, test } from 'vitest';
import { forms } from '../../src/engine/decode/forms/index.ts';
import { detect } from '../../src/engine/find/detect.ts';
import { encodings } from '../../src/engine/find/encodings/index.ts';
import { decoys, tokenForms } from '../bench/forms.ts';

test.each(tokenForms)('$id $name is found exactly', ({ text, tokens }) => {
  expect(detect(text).hits.map(({ token }) => token)).toEqual(tokens);
});

test.each(tokenForms)('$id $name is found as a bare value', ({ value, tokens }) => {
  expect(detect(value).hits.map(({ token }) => token)).toEqual(tokens);
});

test.each(tokenForms)('$id $name is found in the middle of other text', ({ text, tokens }) => {
  const { hits } = detect(`const a = 1; // see below\n  let b = '${text}';\nfunction c() { return a.b.c }`);
  expect(hits.map(({ token }) => token)).toEqual(tokens);
});

test.each(decoys)('$id $name is not reported', ({ text }) => {
  expect(detect(text).hits.filter(({ note }) => note === null)).toEqual([]);
});

test('what a run begins with, and what stands before it, is told by one character that stands for itself', () => {
  const begins = [...forms, ...encodings].flatMap(({ begins = [] }) => begins);
  const leads = forms.flatMap(({ lead = [] }) => lead);
  for (const one of [...begins, ...leads]) expect(() => new RegExp(one), one).not.toThrow();
  for (const one of begins) expect(one).toMatch(/^\w(?![?*{])/);
  for (const one of leads) expect(one).toMatch(/(?:[\w=:]|\\\.)$/);
});
