// biome-ignore-all lint/a11y/useSemanticElements: a table of thousands of rows draws few of them, which <table> cannot
// biome-ignore-all lint/a11y/useFocusableInteractive: the buttons inside have the focus
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { moveBorder } from '../../../state/fit-columns.ts';
import type { Column, Fitted } from '../../../state/table-layout.ts';
import { Icon } from '../../parts/Icon.tsx';
import { useModel } from '../../store-context.ts';
import { columnTitles, sortWords } from './column-titles.ts';

/** CSS pixels by which a key makes a column wider or narrower. */
export const widthStep = 16;

/** Where the menu opens, and the column it is about; null for the list as a whole. */
export interface MenuAt {
  column: Column | null;
  /** CSS pixels in the window. */
  x: number;
  y: number;
}

interface TableHeadProps {
  columns: readonly Fitted[];
  isMenuOpen: boolean;
  openMenu: (at: MenuAt) => void;
}

/** The heads of the columns: one Tab stop, arrow keys between them. */
export function TableHead({ columns, isMenuOpen, openMenu }: TableHeadProps) {
  const row = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<Column | 'menu' | null>(null);
  const isThere = current === 'menu' || columns.some(({ id }) => id === current);
  const stop = isThere ? current : (columns[0]?.id ?? null);
  const moved = useRef<Column | null>(null);
  const onKeyDown = useHeadKeys(row, columns, moved);

  // A head that goes to another place loses the focus on its way.
  useLayoutEffect(() => {
    focusHead(
      row,
      columns.find(({ id }) => id === moved.current),
    );
    moved.current = null;
  }, [columns.map(({ id }) => id).join()]);

  return (
    <div role="rowgroup" class="head">
      <div
        ref={row}
        role="row"
        aria-rowindex={1}
        class="row"
        onKeyDown={onKeyDown}
        onContextMenu={(event) => {
          event.preventDefault();
          event.stopPropagation();
          const column = columns.find(({ id }) => id === columnAt(event.target));
          openMenu({ column: column?.id ?? null, x: event.clientX, y: event.clientY });
        }}
      >
        <MenuButton isStop={stop === 'menu'} enter={() => setCurrent('menu')} isOpen={isMenuOpen} openMenu={openMenu} />
        {columns.map(({ id }, index) => (
          <Head
            key={id}
            id={id}
            index={index}
            columns={columns}
            isStop={id === stop}
            enter={() => setCurrent(id)}
            openMenu={openMenu}
          />
        ))}
      </div>
    </div>
  );
}

interface MenuButtonProps {
  isStop: boolean;
  enter: () => void;
  isOpen: boolean;
  openMenu: (at: MenuAt) => void;
}

/** What stands in the place of a head above the signs of the rows. */
function MenuButton({ isStop, enter, isOpen, openMenu }: MenuButtonProps) {
  return (
    <div role="columnheader" class="cell lead" aria-colindex={1}>
      <button
        type="button"
        class="columns-menu"
        tabIndex={isStop ? 0 : -1}
        onFocus={enter}
        aria-label="Columns and groups"
        title="Columns and groups"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          openMenu({ column: null, x: left, y: bottom });
        }}
      >
        <Icon name="columns" />
      </button>
    </div>
  );
}

interface HeadProps {
  id: Column;
  index: number;
  columns: readonly Fitted[];
  isStop: boolean;
  enter: () => void;
  openMenu: (at: MenuAt) => void;
}

function Head({ id, index, columns, isStop, enter }: HeadProps) {
  const { sort, sortBy } = useModel('tableLayout');
  const direction = sort.value?.column === id ? (sort.value.descending ? 'descending' : 'ascending') : 'none';
  const title = columnTitles[id];
  return (
    <div role="columnheader" class={`cell ${id}`} data-column={id} aria-colindex={index + 2} aria-sort={direction}>
      <button
        type="button"
        tabIndex={isStop ? 0 : -1}
        onFocus={enter}
        onClick={() => sortBy(id)}
        title={`Sort by ${sortWords[id] ?? title.toLowerCase()}\nShift+← →: width · Alt+Shift+← →: place · Shift+F10: menu`}
      >
        <span class="text">{title}</span>
        {direction === 'none' ? null : <span aria-hidden="true">{direction === 'ascending' ? '▲' : '▼'}</span>}
      </button>
      {index < columns.length - 1 ? <Border column={id} columns={columns} /> : null}
    </div>
  );
}

/** The border behind a column, for the pointer: drawn to a width, pressed twice back to the width that fits. */
function Border({ column, columns }: { column: Column; columns: readonly Fitted[] }) {
  const layout = useModel('tableLayout');

  function drag(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    const border = event.currentTarget as HTMLElement;
    border.setPointerCapture(event.pointerId);
    const from = event.clientX;
    const move = ({ clientX }: PointerEvent) => layout.setWidths(moveBorder(columns, column, clientX - from));
    border.addEventListener('pointermove', move);
    border.addEventListener('lostpointercapture', () => border.removeEventListener('pointermove', move), {
      once: true,
    });
  }

  return <span class="border" aria-hidden="true" onPointerDown={drag} onDblClick={() => layout.fitWidths()} />;
}

/** Arrow keys go from head to head, with Shift they change the width, with Alt and Shift the place. */
function useHeadKeys(
  row: RefObject<HTMLDivElement | null>,
  columns: readonly Fitted[],
  moved: { current: Column | null },
) {
  const layout = useModel('tableLayout');
  return (event: KeyboardEvent): void => {
    const column = columns.find(({ id }) => id === columnAt(event.target));
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key] as -1 | 1 | undefined;
    if (event.ctrlKey || event.metaKey) return;
    // What has the focus and is no column is the menu before them.
    const buttons = [...(row.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    if (by && event.shiftKey && event.altKey && column) {
      moved.current = column.id;
      layout.move(column.id, by);
    } else if (by && event.shiftKey && column) layout.setWidths(widened(columns, column.id, by * widthStep));
    else if (by && !event.shiftKey && !event.altKey) buttons[at + by]?.focus();
    else if (event.key === 'Home') buttons[0]?.focus();
    else if (event.key === 'End') buttons.at(-1)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** A column made wider; of the last, the border before it moves. */
export function widened(columns: readonly Fitted[], column: Column, by: number): readonly Fitted[] {
  const index = columns.findIndex(({ id }) => id === column);
  const before = columns[index - 1];
  return index === columns.length - 1 && before ? moveBorder(columns, before.id, -by) : moveBorder(columns, column, by);
}

function focusHead(row: RefObject<HTMLDivElement | null>, column: Fitted | undefined): void {
  if (column) row.current?.querySelector<HTMLElement>(`[data-column="${column.id}"] button`)?.focus();
}

function columnAt(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-column]')?.dataset.column : undefined;
}
