import { expect, test } from 'vitest';
import { fitColumns, moveBorder } from './fit-columns.ts';
import type { Fitted } from './table-layout.ts';
import { columns, usualLayout } from './table-layout.ts';

const all = usualLayout.columns.filter(({ isShown }) => isShown);
const total = (fitted: readonly Fitted[]) => fitted.reduce((sum, { width }) => sum + width, 0);
const names = (fitted: readonly Fitted[]) => fitted.map(({ id }) => id);

test.each([279, 294, 320, 480, 500, 641, 774, 800, 1000, 1254, 1600, 3840])(
  'columns fill %i pixels exactly',
  (room) => {
    const fitted = fitColumns(all, room);
    expect(total(fitted)).toBe(room);
    expect(fitted.every(({ width }) => Number.isInteger(width) && width >= 40)).toBe(true);
  },
);

test('where there is little room, what tells rows apart stays: who, as what, where, and until when', () => {
  expect(names(fitColumns(all, 279))).toEqual(['identity', 'role', 'where', 'status']);
  expect(names(fitColumns(all, 454))).toEqual(['room', 'identity', 'role', 'where', 'status']);
  expect(names(fitColumns(all, 1254))).toEqual(names(fitColumns(all, 0)));
});

test('what groups say already is left out first', () => {
  expect(names(fitColumns(all, 454, 'person'))).toEqual(['platform', 'room', 'role', 'where', 'status']);
  expect(names(fitColumns(all, 454, 'origin'))).toEqual(names(fitColumns(all, 454)));
  expect(names(fitColumns(all, 1254, 'person'))).toEqual(names(fitColumns(all, 1254)));
});

test('a wider list never has fewer columns', () => {
  let before = 0;
  for (let room = 100; room < 1400; room += 7) {
    const { length } = fitColumns(all, room);
    expect(length).toBeGreaterThanOrEqual(before);
    before = length;
  }
});

test('one column stays whatever the room', () => {
  expect(fitColumns(all, 10)).toHaveLength(1);
  expect(fitColumns([{ id: 'finding', width: 3000 }], 200)).toEqual([{ id: 'finding', width: 200 }]);
});

test('a column keeps the width a user gave it while there is room, and gives way when there is not', () => {
  const wide = all.map(({ id }) => ({ id, width: id === 'room' ? 300 : null }));
  const widthOf = (room: number) => fitColumns(wide, room).find(({ id }) => id === 'room')?.width ?? 0;
  expect(widthOf(1400)).toBeGreaterThanOrEqual(300);
  expect(widthOf(700)).toBeLessThan(300);
});

test('widths read off the screen give the same screen again', () => {
  for (const room of [454, 774, 1254]) {
    const fitted = fitColumns(all, room);
    expect(fitColumns(fitted, room)).toEqual(fitted);
  }
});

test('what a border gives to one side it takes from the other, and neither gets too narrow to catch hold of', () => {
  const fitted = fitColumns(all, 1000);
  const moved = moveBorder(fitted, 'room', 15);
  expect(total(moved)).toBe(1000);
  const change = moved.map(({ width }, index) => width - (fitted[index]?.width ?? 0));
  expect(change.filter((by) => by !== 0)).toEqual([15, -15]);
  for (const by of [-5000, 5000]) {
    const far = moveBorder(fitted, 'room', by);
    expect(total(far)).toBe(1000);
    expect(Math.min(...far.map(({ width }) => width))).toBe(24);
  }
});

test('the last column has no border behind it, and neither has one that is not shown', () => {
  const fitted = fitColumns(all, 1000);
  expect(moveBorder(fitted, fitted.at(-1)?.id ?? 'seen', 20)).toBe(fitted);
  expect(moveBorder(fitted, 'places', 20)).toBe(fitted);
});

test('every column can be shown alone', () => {
  for (const id of columns) expect(fitColumns([{ id, width: null }], 300)).toEqual([{ id, width: 300 }]);
});
