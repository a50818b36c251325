import type { Column, ColumnSetting, Fitted, Grouping } from './table-layout.ts';

interface Measures {
  /** CSS pixels below which it is hard to read, and those it has until the user gives it others. */
  least: number;
  usual: number;
  /** CSS pixels below which it says nothing any more, for those that stay in the narrowest panel. */
  tight?: number;
  /** Its part of what is left over. */
  grows: number;
  /** The greatest is left out first where there is no room for all. */
  rank: number;
}

const measures: Record<Column, Measures> = {
  platform: { least: 64, usual: 92, grows: 1, rank: 5 },
  room: { least: 64, usual: 92, grows: 1.2, rank: 4 },
  identity: { least: 70, usual: 92, tight: 55, grows: 1.2, rank: 1 },
  role: { least: 92, usual: 92, tight: 74, grows: 0, rank: 2 },
  where: { least: 118, usual: 150, tight: 74, grows: 2, rank: 3 },
  status: { least: 110, usual: 120, tight: 76, grows: 0.4, rank: 0 },
  finding: { least: 160, usual: 190, grows: 2.6, rank: 6 },
  timeline: { least: 120, usual: 150, grows: 1.6, rank: 7 },
  places: { least: 44, usual: 52, grows: 0, rank: 9 },
  seen: { least: 68, usual: 72, grows: 0, rank: 8 },
};

/**
 * The columns that fit into so many CSS pixels, which their widths fill. Where they do not all fit, those are left out that tell
 * least, first what the groups say already; of the others each gives up what it can spare, whoever gave it. One always stays. 0, a
 * room not known yet, holds all.
 */
export function fitColumns(
  shown: readonly Pick<ColumnSetting, 'id' | 'width'>[],
  room: number,
  grouping: Grouping | null = null,
): Fitted[] {
  if (room <= 0) return shown.map(({ id, width }) => ({ id, width: width ?? measures[id].usual }));
  const kept = withRoom(
    shown.map((one) => wanted(one, grouping)),
    room,
  );
  const spare = room - sum(kept, 'usual');
  const slack = sum(kept, 'usual') - sum(kept, 'least');
  const growing = sum(kept, 'grows');
  const widths = kept.map(({ least, usual, grows }) => {
    if (spare < 0) return slack > 0 ? Math.max(least, usual + (spare * (usual - least)) / slack) : least;
    return growing > 0 ? usual + (spare * grows) / growing : usual + spare / kept.length;
  });
  return inWholePixels(
    kept.map(({ id }) => id),
    widths,
    room,
  );
}

function wanted({ id, width }: Pick<ColumnSetting, 'id' | 'width'>, grouping: Grouping | null) {
  const { least, usual, tight = least, grows } = measures[id];
  const rank = grouping !== null && saidBy[grouping] === id ? said : measures[id].rank;
  const given = width ?? usual;
  return { id, least: Math.min(least, given), tight: Math.min(tight, given), usual: given, grows, rank };
}

type Wanted = ReturnType<typeof wanted>;

/** Those that there is room for: all can be read well or, where only those are left that stay, at all. */
function withRoom(all: readonly Wanted[], room: number): Wanted[] {
  const kept = [...all];
  const leaveOut = (): void => {
    const last = kept.reduce((worst, one) => (one.rank > worst.rank ? one : worst));
    kept.splice(kept.indexOf(last), 1);
  };
  while (kept.length > 1 && sum(kept, 'least') > room && kept.some(({ rank }) => rank > staying)) leaveOut();
  if (sum(kept, 'least') <= room) return kept;
  while (kept.length > 1 && sum(kept, 'tight') > room) leaveOut();
  return kept.map((one) => ({ ...one, least: one.tight }));
}

/** Of a column that says no more than the heads of the groups. */
const said = 10;
const saidBy: Record<Grouping, Column | null> = {
  person: 'identity',
  room: 'room',
  platform: 'platform',
  origin: null,
};

/** Who, as what, where and until when: these stay before all others. */
const staying = 3;

/** Borders lie on whole pixels, and the last column ends where the room does. */
function inWholePixels(ids: readonly Column[], widths: readonly number[], room: number): Fitted[] {
  let exact = 0;
  let taken = 0;
  return ids.map((id, index) => {
    exact += widths[index] ?? 0;
    const end = index === ids.length - 1 ? Math.max(room, Math.round(exact)) : Math.round(exact);
    const width = end - taken;
    taken = end;
    return { id, width };
  });
}

/** Columns after the border behind one was moved by so many CSS pixels: what it gains the next one loses, as far as both can be read. */
export function moveBorder(fitted: readonly Fitted[], column: Column, by: number): readonly Fitted[] {
  const index = fitted.findIndex(({ id }) => id === column);
  const [one, next] = [fitted[index], fitted[index + 1]];
  if (!one || !next) return fitted;
  const most = Math.max(0, next.width - narrowest);
  const least = Math.min(0, narrowest - one.width);
  const moved = Math.min(most, Math.max(least, Math.round(by)));
  if (moved === 0) return fitted;
  return fitted.map((same, at) =>
    at === index
      ? { ...one, width: one.width + moved }
      : at === index + 1
        ? { ...next, width: next.width - moved }
        : same,
  );
}

/** CSS pixels that a user can make a column narrow to: less cannot be caught hold of. */
const narrowest = 24;

function sum<Key extends string>(all: readonly Record<Key, number>[], key: Key): number {
  return all.reduce((total, one) => total + one[key], 0);
}
