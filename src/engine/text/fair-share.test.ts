import { expect, test } from 'vitest';
import { addressKind, fairShare } from './fair-share.ts';

const kind = (item: string) => item.replace(/\d+$/, '');
const many = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name}${index}`);

test('where there is room, all stay', () => {
  expect(fairShare(['a1', 'b1'], 2, kind)).toEqual(['a1', 'b1']);
});

test('a flood pushes out its own, and the latest of it stay', () => {
  const kept = fairShare(['real1', ...many('flood', 5000), 'late1'], 100, kind);
  expect(kept).toHaveLength(100);
  expect(kept[0]).toBe('real1');
  expect(kept.slice(-2)).toEqual(['flood4999', 'late1']);
  expect(kept[1]).toBe('flood4902');
});

test('several kinds share what the small ones leave', () => {
  const kept = fairShare([...many('a', 3), ...many('b', 50), ...many('c', 500)], 43, kind);
  const count = (name: string) => kept.filter((item) => item.startsWith(name)).length;
  expect([count('a'), count('b'), count('c')]).toEqual([3, 20, 20]);
});

test('of more kinds than there is room for, the latest stay', () => {
  expect(fairShare(['a', 'b', 'c', 'd'], 2, (item) => item)).toEqual(['c', 'd']);
});

test('addresses that differ in numbers and ids are of one kind', () => {
  expect(addressKind('https://a.example/call/123/join?n=4567#x')).toBe(
    addressKind('https://a.example/call/998/join?n=7'.replace('7', '7123')),
  );
  expect(addressKind('https://a.example/token')).not.toBe(addressKind('https://a.example/flood'));
});
