import type { Column, Grouping } from '../../../state/table-layout.ts';

export const columnTitles: Record<Column, string> = {
  platform: 'Platform',
  room: 'Room',
  identity: 'Identity',
  role: 'Role',
  where: 'Where',
  status: 'Status',
  finding: 'Finding',
  timeline: 'Lifetime',
  places: 'Places',
  seen: 'First seen',
};

/** What rows are sorted by, as it completes "Sort by …". */
export const sortWords: Partial<Record<Column, string>> = {
  finding: 'worst finding',
  timeline: 'when it becomes valid. Thin lines are 1 h, 1 d, 30 d and 1 y from now, dashed ones navigations',
  status: 'when it expires',
};

export const groupingTitles: Record<Grouping, string> = {
  person: 'Person',
  room: 'Room',
  platform: 'Platform',
  origin: 'Origin',
};
