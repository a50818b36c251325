import { expect, test } from 'vitest';
import { detect } from '../../src/engine/find/detect.ts';
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
