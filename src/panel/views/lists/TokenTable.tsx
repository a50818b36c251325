// A table of thousands of rows draws few of them, which <table> cannot; roles say what the elements would.
// biome-ignore-all lint/a11y/useSemanticElements: see above
// biome-ignore-all lint/a11y/noStaticElementInteractions: it is a grid, or a tree of one
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: it is a grid, or a tree of one
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { fitColumns } from '../../state/fit-columns.ts';
import type { Line } from '../../state/lines.ts';
import type { Column, Fitted } from '../../state/table-layout.ts';
import { Contained } from '../parts/Contained.tsx';
import { lazily } from '../parts/lazily.tsx';
import { useModel } from '../store-context.ts';
import { AxisLines } from './table/Strip.tsx';
import { type MenuAt, TableHead } from './table/TableHead.tsx';
import { lineId, TableLine, UnshownLine } from './table/TableLine.tsx';
import { useLineActions, useTableKeys } from './table/use-table-keys.ts';
import { rowHeight, useWindow } from './table/use-window.ts';

const HeadMenu = lazily(() => import('./table/HeadMenu.tsx').then((module) => module.HeadMenu));

/** CSS pixels of the sign at the start of each row, and of the triangle before it. */
const signWidth = 24;
const twistyWidth = 16;
/** Below this width a status is told by its greater unit alone. */
const wholeStatus = 150;
/** Below this width a role is written small. */
const wholeRole = 92;
/** Below this width a finding is told without how bad it is. */
const wholeFinding = 210;

/** The list of tokens. Only the rows that can be seen are drawn, so that thousands cost no more than a screenful. */
export function TokenTable() {
  const { lines } = useModel('rows');
  const { shown, grouping } = useModel('tableLayout');
  const scroller = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<MenuAt | null>(null);
  const all = lines.value;
  const { activeKey, setActiveGroup } = useActiveLine(all);
  const activeIndex = activeKey === null ? -1 : all.findIndex(({ key }) => key === activeKey);
  const { first, count, width, measure } = useWindow(scroller, activeIndex);
  const press = useTableKeys({ scroller, activeKey, setActiveGroup });
  const isTree = all.some((line) => 'isOpen' in line && line.isOpen !== null);
  const leadWidth = signWidth + (isTree ? twistyWidth : 0);
  // The same ones as long as they are the same: rows that nothing changed for are not drawn again.
  const columns = useMemo(
    () => fitColumns(shown.value, width - leadWidth, grouping.value),
    [shown.value, width, leadWidth, grouping.value],
  );
  const start = Math.min(first, Math.max(0, all.length - count));
  const isActiveDrawn = activeIndex >= start && activeIndex < start + count;
  const active = isActiveDrawn ? all[activeIndex] : undefined;
  const isNarrower = (id: Column, than: number) => columns.some((one) => one.id === id && one.width < than);
  const looks = [
    isTree ? ' tree' : '',
    isNarrower('status', wholeStatus) ? ' brief' : '',
    isNarrower('role', wholeRole) ? ' tight' : '',
    isNarrower('finding', wholeFinding) ? ' terse' : '',
  ];
  return (
    <>
      <div
        ref={scroller}
        class={`grid${looks.join('')}`}
        role={isTree ? 'treegrid' : 'grid'}
        aria-label="Tokens"
        aria-rowcount={all.length + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable="true"
        aria-activedescendant={active ? lineId(active) : undefined}
        tabIndex={0}
        style={{ '--columns': tracks(leadWidth, columns) }}
        onScroll={measure}
        onKeyDown={press}
      >
        <TableHead columns={columns} isMenuOpen={menu !== null} openMenu={setMenu} />
        <Body {...{ all, start, count, columns, isTree, leadWidth, activeKey, setActiveGroup }} />
        {/* Column lines go on to the bottom, as in the tables around. */}
        <div class="row filler" aria-hidden="true">
          <span class="cell lead" />
          {columns.map(({ id }) => (
            <span key={id} class={`cell ${id}`} />
          ))}
        </div>
      </div>
      {menu ? <HeadMenu at={menu} columns={columns} close={() => setMenu(null)} /> : null}
    </>
  );
}

interface BodyProps {
  all: readonly Line[];
  /** The first line that is drawn, and how many are. */
  start: number;
  count: number;
  columns: readonly Fitted[];
  isTree: boolean;
  leadWidth: number;
  activeKey: string | null;
  setActiveGroup: (key: string | null) => void;
}

function Body({ all, start, count, columns, isTree, leadWidth, activeKey, setActiveGroup }: BodyProps) {
  const actions = useLineActions(setActiveGroup);
  const axis = offsetOf(columns, 'timeline', leadWidth);
  return (
    <div role="rowgroup" class="body" style={{ height: `${all.length * rowHeight}px` }}>
      <div class="window" role="presentation" style={{ transform: `translateY(${start * rowHeight}px)` }}>
        {all.slice(start, start + count).map((line, at) => (
          <Contained
            key={line.key}
            name="row"
            instead={(message) => <UnshownLine {...{ line, columns, actions, message }} />}
          >
            <TableLine {...{ line, columns, isTree, actions }} index={start + at} isActive={line.key === activeKey} />
          </Contained>
        ))}
      </div>
      {axis ? <AxisLines left={axis.left} width={axis.width} /> : null}
    </div>
  );
}

/** The line that keys act on: the token chosen last or, where keys or the pointer went to the head of a group, that. A token that is chosen elsewhere is unfolded. */
function useActiveLine(all: readonly Line[]) {
  const { ids } = useModel('selection');
  const { reveal, inSight } = useModel('rows');
  const [group, setActiveGroup] = useState<string | null>(null);
  const activeId = ids.value.at(-1) ?? null;
  useLayoutEffect(() => {
    if (activeId === null) return;
    if (!inSight.value.some(({ subject }) => subject.token.id === activeId)) reveal(activeId);
  }, [activeId]);
  const isGroupThere = group !== null && all.some(({ key }) => key === group);
  return { activeKey: isGroupThere ? group : activeId, setActiveGroup };
}

function tracks(leadWidth: number, columns: readonly Fitted[]): string {
  return [leadWidth, ...columns.map(({ width }) => width)].map((width) => `${width}px`).join(' ');
}

function offsetOf(columns: readonly Fitted[], id: Fitted['id'], leadWidth: number) {
  const index = columns.findIndex((one) => one.id === id);
  const column = columns[index];
  if (!column) return null;
  const left = columns.slice(0, index).reduce((sum, { width }) => sum + width, leadWidth);
  return { left, width: column.width };
}
