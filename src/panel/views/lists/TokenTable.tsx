// A table of thousands of rows draws few of them, which <table> cannot; roles say what the elements would.
// biome-ignore-all lint/a11y/useSemanticElements: see above
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys for its rows
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Navigation } from '../../state/lines.ts';
import { type Column, columns, type Row } from '../../state/row.ts';
import { shownUrl } from '../../words/masked.ts';
import { timeOfDay } from '../../words/show-time.ts';
import { identityOf, platformOf, roomOf } from '../../words/token-words.ts';
import { Contained } from '../parts/Contained.tsx';
import { Prose } from '../parts/Prose.tsx';
import { RoleBadge } from '../parts/RoleBadge.tsx';
import { SeverityMark, severityWords } from '../parts/SeverityMark.tsx';
import { Status } from '../parts/Status.tsx';
import { useModel } from '../store-context.ts';

const rowHeight = 24;
/** Rows drawn above and below what can be seen. */
const margin = 8;

const titles: Record<Column, string> = {
  platform: 'Platform',
  room: 'Room',
  identity: 'Identity',
  role: 'Role',
  status: 'Status',
  finding: 'Finding',
  places: 'Places',
  seen: 'First seen',
};

/** The list of tokens. Only the rows that can be seen are drawn, so that thousands cost no more than a screenful. */
export function TokenTable() {
  const { lines } = useModel('rows');
  const { ids } = useModel('selection');
  const scroller = useRef<HTMLDivElement>(null);
  const all = lines.value;
  const activeId = ids.value.at(-1) ?? null;
  const activeIndex = all.findIndex((line) => 'row' in line && line.row.subject.token.id === activeId);
  const { first, count, measure } = useVisibleRange(scroller, activeIndex);
  const press = useKeys(scroller, activeId);
  const start = Math.min(first, Math.max(0, all.length - count));
  const drawn = all.slice(start, start + count);
  const isActiveDrawn = activeIndex >= start && activeIndex < start + count;
  return (
    <div
      ref={scroller}
      class="grid"
      role="grid"
      aria-label="Tokens"
      aria-rowcount={all.length + 1}
      aria-colcount={columns.length}
      aria-multiselectable="true"
      aria-activedescendant={isActiveDrawn ? rowId(activeId) : undefined}
      tabIndex={0}
      onScroll={measure}
      onKeyDown={press}
    >
      <div role="rowgroup" class="head">
        <div role="row" aria-rowindex={1} class="row">
          {columns.map((column, index) => (
            <Header key={column} column={column} index={index} />
          ))}
        </div>
      </div>
      <div role="rowgroup" class="body" style={{ height: `${all.length * rowHeight}px` }}>
        <div class="window" role="presentation" style={{ transform: `translateY(${start * rowHeight}px)` }}>
          {drawn.map((line, index) =>
            'row' in line ? (
              <Contained
                key={line.row.subject.token.id}
                name="row"
                instead={(message) => <Unshown row={line.row} message={message} />}
              >
                <TokenLine
                  row={line.row}
                  index={start + index}
                  isSelected={ids.value.includes(line.row.subject.token.id)}
                  isActive={line.row.subject.token.id === activeId}
                />
              </Contained>
            ) : (
              <NavigationLine
                key={`${line.navigation.noticedAt} ${start + index}`}
                navigation={line.navigation}
                index={start + index}
              />
            ),
          )}
        </div>
      </div>
      {/* Column lines go on to the bottom, as in the tables around. */}
      <div class="row filler" aria-hidden="true">
        {columns.map((column) => (
          <span key={column} class={`cell ${column}`} />
        ))}
      </div>
    </div>
  );
}

/** Which rows can be seen, with some above and below. The chosen row is kept among them. */
function useVisibleRange(scroller: RefObject<HTMLDivElement | null>, activeIndex: number) {
  const [range, setRange] = useState({ first: 0, count: 32 });

  function measure(): void {
    const element = scroller.current;
    if (!element) return;
    const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - margin);
    const count = Math.ceil((element.clientHeight || 600) / rowHeight) + 2 * margin;
    setRange((known) => (known.first === first && known.count === count ? known : { first, count }));
  }

  useEffect(() => {
    measure();
    if (!scroller.current || typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, []);

  // The chosen row is kept in sight when it moves by the keyboard, by sorting or from another view.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || activeIndex < 0) return;
    const top = activeIndex * rowHeight;
    const room = element.clientHeight - rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (room > 0 && top + rowHeight > element.scrollTop + room) element.scrollTop = top + rowHeight - room;
    measure();
  }, [activeIndex]);

  return { ...range, measure };
}

/** Moving through the list, into the details and out of the choice. */
function useKeys(scroller: RefObject<HTMLDivElement | null>, activeId: string | null) {
  const { listed } = useModel('rows');
  const { ids, select, deselect } = useModel('selection');
  return (event: KeyboardEvent): void => {
    const rows = listed.value;
    const activeIndex = rows.findIndex(({ subject }) => subject.token.id === activeId);
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 240) / rowHeight) - 2);
    const to = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex < 0 ? rows.length - 1 : activeIndex - 1,
      PageDown: activeIndex + page,
      PageUp: activeIndex - page,
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (event.target !== event.currentTarget) return;
    if (to !== undefined && rows.length > 0) {
      event.preventDefault();
      const row = rows[Math.min(rows.length - 1, Math.max(0, to))];
      if (row) select(row.subject.token.id, event.shiftKey ? 'range' : 'only');
    } else if (event.key === 'Enter' && ids.value.length > 0) {
      event.preventDefault();
      document.querySelector<HTMLElement>('.detail [role="tab"][aria-selected="true"]')?.focus();
    } else if (event.key === 'Escape' && ids.value.length > 0) {
      event.stopPropagation();
      deselect();
    }
  };
}

function rowId(tokenId: string | null): string {
  return `token-${tokenId}`;
}

function Header({ column, index }: { column: Column; index: number }) {
  const { sort, sortBy } = useModel('rows');
  const direction = sort.value?.column === column ? (sort.value.descending ? 'descending' : 'ascending') : 'none';
  return (
    <div role="columnheader" class={`cell ${column}`} aria-colindex={index + 1} aria-sort={direction}>
      <button
        type="button"
        onClick={() => sortBy(column)}
        title={`Sort by ${column === 'finding' ? 'worst finding' : titles[column].toLowerCase()}`}
      >
        <span class="text">{titles[column]}</span>
        {direction === 'none' ? null : <span aria-hidden="true">{direction === 'ascending' ? '▲' : '▼'}</span>}
      </button>
    </div>
  );
}

/** The row of a token that could not be drawn; its details can still be asked for. */
function Unshown({ row, message }: { row: Row; message: string }) {
  const { select } = useModel('selection');
  const { id } = row.subject.token;
  return (
    <div role="row" id={rowId(id)} class="row" onClick={() => select(id, 'only')}>
      <div role="gridcell" class="cell" aria-colspan={columns.length}>
        {message}
      </div>
    </div>
  );
}

/** Where the page became another document. */
function NavigationLine({ navigation: { at, url }, index }: { navigation: Navigation; index: number }) {
  const { zone } = useModel('settings');
  return (
    <div role="row" class="row navigation" aria-rowindex={index + 2}>
      <div role="gridcell" class="cell" aria-colspan={columns.length}>
        {timeOfDay(at, zone.value)} Navigated to <span class="mono">{shownUrl(url)}</span>
      </div>
    </div>
  );
}

function TokenLine({
  row,
  index,
  isSelected,
  isActive,
}: {
  row: Row;
  index: number;
  isSelected: boolean;
  isActive: boolean;
}) {
  const { select } = useModel('selection');
  const { zone } = useModel('settings');
  const { subject, lead, worst, goneAt, firstSeenAt, versions, places } = row;
  const cells: Record<Column, preact.ComponentChildren> = {
    platform: subject.provider ? platformOf(subject) : <span class="muted">{platformOf(subject)}</span>,
    room: roomOf(subject) ?? <span class="muted">–</span>,
    identity: identityOf(subject) ?? <span class="muted">–</span>,
    role: <RoleBadge facts={subject.facts} />,
    status: <Status row={row} />,
    finding: worst ? (
      <>
        {goneAt === null ? (
          <SeverityMark severity={worst} />
        ) : (
          <span class="muted">Was {severityWords[worst].toLowerCase()}</span>
        )}
        <span class="what">{lead ? <Prose text={lead.title} /> : null}</span>
      </>
    ) : (
      <span class="muted">None</span>
    ),
    places,
    seen: (
      <>
        {firstSeenAt === null ? '–' : timeOfDay(firstSeenAt, zone.value)}
        {versions.length === 0 ? null : <span class="muted">, renewed {versions.length}×</span>}
      </>
    ),
  };
  return (
    <div
      role="row"
      id={rowId(subject.token.id)}
      class={`row${index % 2 ? ' odd' : ''}${goneAt === null ? '' : ' gone'}${isActive ? ' active' : ''}`}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      onClick={(event) =>
        select(subject.token.id, event.ctrlKey || event.metaKey ? 'toggle' : event.shiftKey ? 'range' : 'only')
      }
    >
      {columns.map((column, at) => (
        <div key={column} role="gridcell" class={`cell ${column}`} aria-colindex={at + 1}>
          {cells[column]}
        </div>
      ))}
    </div>
  );
}
