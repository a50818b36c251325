import { expect, test } from 'vitest';
import { columns, createTableLayout, readTableLayout, usualLayout } from './table-layout.ts';

const order = (layout = createTableLayout()) => layout.shown.value.map(({ id }) => id);

test('a layout that was kept is restored as it was', () => {
  const layout = createTableLayout();
  layout.move('where', -1);
  layout.show('room', false);
  layout.setWidths([{ id: 'identity', width: 120.4 }]);
  layout.sortBy('identity');
  layout.sortBy('identity');
  layout.groupBy('person');
  const kept = JSON.parse(JSON.stringify(layout.state.value));
  const again = createTableLayout();
  again.restore(kept);
  expect(again.state.value).toEqual(layout.state.value);
  expect(again.sort.value).toEqual({ column: 'identity', descending: true });
  expect(again.state.value.columns.find(({ id }) => id === 'identity')?.width).toBe(120);
});

test.each([
  null,
  undefined,
  7,
  'columns',
  [],
  { columns: 'all', sort: 'room', grouping: 3 },
  { columns: [null, 4, { id: '__proto__' }, { id: 'constructor', isShown: false }], sort: { column: 'toString' } },
  { columns: columns.map((id) => ({ id, isShown: false })), grouping: 'constructor' },
])('what no version wrote is the usual layout: %j', (given) => {
  expect(readTableLayout(given)).toEqual(usualLayout);
});

test('what is odd falls away alone, a column named twice counts once, and one that was not known then stands in its usual place', () => {
  const read = readTableLayout({
    columns: [
      { id: 'status', isShown: 'yes', width: Number.NaN },
      { id: 'room', isShown: false, width: 90.6 },
      { id: 'room', isShown: true, width: 40 },
      { id: 'invented' },
      { id: 'platform', isShown: true, width: 100_000 },
    ],
    sort: { column: 'room', descending: 'very' },
    grouping: 'room',
  });
  expect(read.columns.map(({ id }) => id)).toEqual([
    'status',
    'finding',
    'timeline',
    'places',
    'seen',
    'room',
    'identity',
    'role',
    'where',
    'platform',
  ]);
  expect(read.columns[0]).toEqual({ id: 'status', isShown: true, width: null });
  expect(read.columns.find(({ id }) => id === 'room')).toEqual({ id: 'room', isShown: false, width: 91 });
  expect(read.columns.at(-1)?.width).toBeNull();
  expect(read.sort).toEqual({ column: 'room', descending: false });
  expect(read.grouping).toBe('room');
});

test('a column moves past the next that is shown, and no further than the ends', () => {
  const layout = createTableLayout();
  layout.show('room', false);
  layout.move('identity', -1);
  expect(order(layout).slice(0, 2)).toEqual(['identity', 'platform']);
  layout.move('identity', -1);
  expect(order(layout)[0]).toBe('identity');
  layout.move('seen', 1);
  expect(order(layout).at(-1)).toBe('seen');
  layout.show('room', true);
  expect(new Set(layout.state.value.columns.map(({ id }) => id))).toEqual(new Set(columns));
});

test('the last column that is shown cannot be hidden', () => {
  const layout = createTableLayout();
  for (const id of columns) layout.show(id, false);
  expect(order(layout)).toHaveLength(1);
});

test('columns are as at first after a reset, and rows stay sorted and grouped', () => {
  const layout = createTableLayout();
  layout.sortBy('room');
  layout.groupBy('origin');
  layout.show('room', false);
  layout.setWidths([{ id: 'status', width: 44 }]);
  layout.resetColumns();
  expect(layout.state.value).toEqual({
    ...usualLayout,
    sort: { column: 'room', descending: false },
    grouping: 'origin',
  });
});

test('presses on one column sort up, down and not at all', () => {
  const layout = createTableLayout();
  const sorts = [1, 2, 3].map(() => {
    layout.sortBy('role');
    return layout.sort.value?.descending ?? null;
  });
  expect(sorts).toEqual([false, true, null]);
});
