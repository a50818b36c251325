import { expect, test } from 'vitest';
import { pageOf } from '../../../test/builders/captures.ts';
import { daily, jwt } from '../../../test/builders/tokens.ts';
import { find } from './find.ts';

const token = daily.guest();
const [half, signature] = [token.slice(0, token.lastIndexOf('.')), token.slice(token.lastIndexOf('.') + 1)];
const found = (local: Record<string, string>) => find(pageOf({ local })).sightings.map((one) => [one.token, one.note]);

test('a signature that lies in another entry is joined, also where it lies there twice', () => {
  expect(found({ 'jwt-head': half, tail: signature })).toEqual([[token, 'split-signature']]);
  expect(found({ 'jwt-head': half, tail: signature, again: signature })).toEqual([[token, 'split-signature']]);
});

test('of several that fit, one whose name speaks of signatures is taken, and else none', () => {
  const other = 'b'.repeat(signature.length);
  expect(found({ 'jwt-head': half, other, sig: signature })).toEqual([[token, 'split-signature']]);
  expect(found({ 'jwt-head': half, other, tail: signature })).toEqual([[half, 'split-signature']]);
});

test('one of another length, and the name of an entry, are no signature of it', () => {
  expect(found({ 'jwt-head': half, tail: 'b'.repeat(86) })).toEqual([[half, 'token-truncated']]);
  expect(found({ 'jwt-head': half, ['b'.repeat(43)]: '1' })).toEqual([[half, 'token-truncated']]);
});

test('thousands of halves and thousands of signatures are gone through once', () => {
  const local = Object.fromEntries(
    Array.from({ length: 4000 }, (_, at) => [
      [`jwt-head-${at}`, jwt({ n: at }).replace(/\.[^.]*$/, '')],
      [`tail ${at}`, `${at}`.padStart(43, 'a')],
    ]).flat(),
  );
  expect(found(local)).toHaveLength(4000);
});
