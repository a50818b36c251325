// biome-ignore-all lint/a11y/useSemanticElements: the groups of a menu are no fieldsets
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Fitted } from '../../../state/table-layout.ts';
import { type Column, groupings } from '../../../state/table-layout.ts';
import { useModel } from '../../store-context.ts';
import { columnTitles, groupingTitles } from './column-titles.ts';
import { type MenuAt, widened, widthStep } from './TableHead.tsx';

interface HeadMenuProps {
  at: MenuAt;
  /** Those that there is room for. */
  columns: readonly Fitted[];
  close: () => void;
}

/** What can be done with the columns and the order of the list: a menu after the ARIA pattern. */
export function HeadMenu({ at, columns, close }: HeadMenuProps) {
  const { column, x, y } = at;
  const menu = useRef<HTMLDivElement>(null);
  const opener = useRef(document.activeElement);

  function leave(): void {
    close();
    if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus();
  }

  useInWindow(menu, x, y);
  // Before anything else can happen: the next key is for what has opened.
  useLayoutEffect(() => {
    itemsOf(menu.current)[0]?.focus();
    const closeOutside = (event: Event) => {
      if (!menu.current?.contains(event.target as Node)) close();
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, []);

  return (
    <div
      ref={menu}
      class="head-menu"
      role="menu"
      aria-label={column ? `Column ${columnTitles[column]}` : 'Columns and groups'}
      tabIndex={-1}
      onKeyDown={(event) => moveInMenu(event, menu.current, leave)}
      onContextMenu={(event) => event.preventDefault()}
    >
      {column ? <OfColumn column={column} columns={columns} leave={leave} /> : null}
      <Groups leave={leave} />
      <OtherViews leave={leave} />
      <Shown columns={columns} leave={leave} />
    </div>
  );
}

/** Where it was asked for, or as near as it is seen whole. */
function useInWindow(menu: { current: HTMLElement | null }, x: number, y: number): void {
  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(4, Math.min(x, innerWidth - width - 4))}px`;
    element.style.top = `${Math.max(4, Math.min(y, innerHeight - height - 4))}px`;
  }, [x, y]);
}

interface OfColumnProps {
  column: Column;
  columns: readonly Fitted[];
  leave: () => void;
}

function OfColumn({ column, columns, leave }: OfColumnProps) {
  const layout = useModel('tableLayout');
  const title = columnTitles[column];
  const { sort, state } = layout;
  const then = (act: () => void) => () => {
    act();
    leave();
  };
  const isSorted = (descending: boolean) => sort.value?.column === column && sort.value.descending === descending;
  const shown = state.value.columns.filter(({ isShown }) => isShown);
  const index = shown.findIndex(({ id }) => id === column);
  return (
    <>
      <div role="group" aria-label={title}>
        <Item
          role="menuitemradio"
          isChecked={isSorted(false)}
          act={then(() => layout.sortAs({ column, descending: false }))}
        >
          Sort ascending
        </Item>
        <Item
          role="menuitemradio"
          isChecked={isSorted(true)}
          act={then(() => layout.sortAs({ column, descending: true }))}
        >
          Sort descending
        </Item>
        {sort.value ? <Item act={then(() => layout.sortAs(null))}>Worst first, as at the beginning</Item> : null}
      </div>
      <div role="group" aria-label={`Place and width of ${title}`}>
        <Item isOff={index <= 0} act={() => layout.move(column, -1)}>
          Move left
        </Item>
        <Item isOff={index >= shown.length - 1} act={() => layout.move(column, 1)}>
          Move right
        </Item>
        <Item act={() => layout.setWidths(widened(columns, column, widthStep))}>Wider</Item>
        <Item act={() => layout.setWidths(widened(columns, column, -widthStep))}>Narrower</Item>
        <Item isOff={shown.length < 2} act={then(() => layout.show(column, false))}>
          Hide {title}
        </Item>
      </div>
    </>
  );
}

function Groups({ leave }: { leave: () => void }) {
  const { grouping, groupBy } = useModel('tableLayout');
  const { lines } = useModel('rows');
  const { closedGroups, closeGroups } = useModel('folds');
  const choices = [null, ...groupings];
  const keys = lines.value.flatMap((line) => ('group' in line ? [line.group.key] : []));
  return (
    <div role="group" aria-label="Group by">
      <p class="menu-title" aria-hidden="true">
        Group by
      </p>
      {choices.map((choice) => (
        <Item
          key={choice}
          role="menuitemradio"
          isChecked={grouping.value === choice}
          act={() => {
            groupBy(choice);
            leave();
          }}
        >
          {choice === null ? 'Nothing' : groupingTitles[choice]}
        </Item>
      ))}
      {grouping.value === null ? null : (
        <>
          <Item
            isOff={keys.every((key) => closedGroups.value.has(key))}
            act={() => {
              closeGroups(keys);
              leave();
            }}
          >
            Close all groups
          </Item>
          <Item
            isOff={!keys.some((key) => closedGroups.value.has(key))}
            act={() => {
              closeGroups([]);
              leave();
            }}
          >
            Open all groups
          </Item>
        </>
      )}
    </div>
  );
}

/** Narrow toolbars have no button for it. */
function OtherViews({ leave }: { leave: () => void }) {
  const { open } = useModel('navigation');
  return (
    <div role="group" aria-label="Views">
      <Item
        act={() => {
          leave();
          open('timeline');
        }}
      >
        Timeline of all tokens
      </Item>
    </div>
  );
}

function Shown({ columns, leave }: { columns: readonly Fitted[]; leave: () => void }) {
  const { state, shown, show, resetColumns } = useModel('tableLayout');
  return (
    <div role="group" aria-label="Columns">
      <p class="menu-title" aria-hidden="true">
        Columns
      </p>
      {state.value.columns.map(({ id, isShown }) => (
        <Item
          key={id}
          role="menuitemcheckbox"
          isChecked={isShown}
          isOff={isShown && shown.value.length < 2}
          act={() => show(id, !isShown)}
        >
          {columnTitles[id]}
          {isShown && !columns.some((one) => one.id === id) ? <span class="muted"> (no room)</span> : null}
        </Item>
      ))}
      <Item
        act={() => {
          resetColumns();
          leave();
        }}
      >
        Reset columns
      </Item>
    </div>
  );
}

interface ItemProps {
  role?: 'menuitem' | 'menuitemradio' | 'menuitemcheckbox';
  isChecked?: boolean;
  isOff?: boolean;
  act: () => void;
  children: preact.ComponentChildren;
}

function Item({ role = 'menuitem', isChecked, isOff = false, act, children }: ItemProps) {
  return (
    <button
      type="button"
      role={role}
      tabIndex={-1}
      aria-disabled={isOff}
      {...(isChecked === undefined ? {} : { 'aria-checked': isChecked })}
      onClick={() => {
        if (!isOff) act();
      }}
      onPointerEnter={(event) => event.currentTarget.focus()}
    >
      {children}
    </button>
  );
}

function itemsOf(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
}

function moveInMenu(event: KeyboardEvent, menu: HTMLElement | null, leave: () => void): void {
  const items = itemsOf(menu);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
  event.stopPropagation();
  if (event.key === 'Escape' || event.key === 'Tab') leave();
  else if (to !== undefined) items.at(to % items.length)?.focus();
  else if (/^[a-z]$/i.test(event.key) && !event.ctrlKey && !event.metaKey) focusByLetter(items, at, event.key);
  else return;
  event.preventDefault();
}

/** The next item that begins with a letter. */
function focusByLetter(items: readonly HTMLElement[], at: number, letter: string): void {
  const inTurn = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  inTurn.find(({ textContent }) => textContent?.trim().toLowerCase().startsWith(letter.toLowerCase()))?.focus();
}
