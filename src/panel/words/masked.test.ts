import { expect, test } from 'vitest';
import { daily, jwt } from '../../../test/builders/tokens.ts';
import { decode } from '../../engine/decode/decode.ts';
import { masked, maskedLine, secretsOf, shownUrl } from './masked.ts';

const token = daily.guest();
const signature = token.split('.')[2] ?? '';

test('masks a token anywhere in a text', () => {
  const text = masked(`Bearer ${token} and more`);
  expect(text).toContain('Bearer eyJ');
  expect(text).toContain('and more');
  expect(text).not.toContain(signature);
});

test('masks what belongs to a token even where its shape gives nothing away', () => {
  const odd = decode('T1==cGFydG5lcl9pZD0x', 'opentok-t1');
  expect(masked(`key ${odd.text} end`, secretsOf(odd))).not.toContain(odd.text);
});

test('masks a token that is a claim of another', () => {
  const outer = decode(jwt({ inner: token }), 'jws');
  expect(masked(JSON.stringify(outer.claims), secretsOf(outer))).not.toContain(signature);
});

test('shows an address without its token and without control characters', () => {
  const url = shownUrl(`https://ada:secret@call.example/\u202Eroom?t=${token}&x=${'y'.repeat(5000)}`);
  expect(url).not.toContain(signature);
  expect(url).not.toContain('secret');
  expect(url).not.toContain('\u202E');
  expect(url.length).toBeLessThan(400);
});

test('writes a token in one line that tells two apart', () => {
  const [one, other] = [daily.guest(), daily.guest({ u: 'Other' })].map((text) => maskedLine(decode(text, 'jws')));
  expect(one).toMatch(/^eyJ.*characters\)$/);
  expect(one).not.toBe(other);
});
