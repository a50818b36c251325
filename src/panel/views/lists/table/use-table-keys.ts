import type { RefObject } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Line } from '../../../state/lines.ts';
import { useModel } from '../../store-context.ts';
import { rowHeight } from './use-window.ts';

interface TableKeysOptions {
  scroller: RefObject<HTMLDivElement | null>;
  /** Of the line that keys act on; null while there is none. */
  activeKey: string | null;
  /** Makes the head of a group the active line, or a token again. */
  setActiveGroup: (key: string | null) => void;
}

/** What a press on a line does, by pointer or key; the same object as long as its parameter is. */
export function useLineActions(setActiveGroup: (key: string | null) => void) {
  const { select } = useModel('selection');
  const folds = useModel('folds');

  return useMemo(() => {
    /** A token is chosen; the head of a group has nothing to choose, but keys go on from it. */
    function choose(line: Line, how: 'only' | 'toggle' | 'range'): void {
      setActiveGroup('group' in line ? line.key : null);
      if ('row' in line) select(line.row.subject.token.id, how);
      else if ('version' in line) select(line.version.subject.token.id, how);
    }

    function setOpen(line: Line, isOpen: boolean): void {
      if ('group' in line) folds.setGroup(line.group.key, isOpen);
      else if ('row' in line) folds.setVersions(line.row.subject.token.id, isOpen);
    }

    return { choose, setOpen };
  }, [select, folds, setActiveGroup]);
}

export type LineActions = ReturnType<typeof useLineActions>;

/** Moving through the list, folding and unfolding, into the details and out of the choice. */
export function useTableKeys({ scroller, activeKey, setActiveGroup }: TableKeysOptions) {
  const { lines } = useModel('rows');
  const { ids, deselect } = useModel('selection');
  const { choose, setOpen } = useLineActions(setActiveGroup);

  return (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = lines.value;
    const active = all.findIndex(({ key }) => key === activeKey);
    const line = all[active];
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 240) / rowHeight) - 2);
    const to = targetOf(all, active, event.key, page);
    if (to) {
      event.preventDefault();
      choose(to, event.shiftKey ? 'range' : 'only');
    } else if (line && isFoldKey(line, event.key)) {
      event.preventDefault();
      setOpen(line, !isOpenLine(line));
    } else if (event.key === 'Enter' && ids.value.length > 0) {
      event.preventDefault();
      document.querySelector<HTMLElement>('.detail [role="tab"][aria-selected="true"]')?.focus();
    } else if (event.key === 'Escape' && ids.value.length > 0) {
      event.stopPropagation();
      deselect();
    }
  };
}

/** The line that a key leads to; undefined for other keys, and where there is none. */
function targetOf(all: readonly Line[], active: number, key: string, page: number): Line | undefined {
  const line = all[active];
  switch (key) {
    case 'ArrowDown':
      return nearest(all, active + 1, 1);
    case 'ArrowUp':
      return nearest(all, active < 0 ? all.length - 1 : active - 1, -1);
    case 'PageDown':
      return nearest(all, active + page, 1);
    case 'PageUp':
      return nearest(all, active - page, -1);
    case 'Home':
      return nearest(all, 0, 1);
    case 'End':
      return nearest(all, all.length - 1, -1);
    case 'ArrowRight':
      return line && isOpenLine(line) ? all[active + 1] : undefined;
    case 'ArrowLeft':
      return line && isOpenLine(line) !== true ? holderOf(all, active) : undefined;
    default:
      return undefined;
  }
}

/** The line there, or the next in that direction that can be active; at the end, the last that can. */
function nearest(all: readonly Line[], from: number, by: 1 | -1): Line | undefined {
  const start = Math.min(all.length - 1, Math.max(0, from));
  for (let at = start; all[at]; at += by) if (isActivable(all[at])) return all[at];
  for (let at = start; all[at]; at -= by) if (isActivable(all[at])) return all[at];
  return undefined;
}

function isActivable(line: Line | undefined): boolean {
  return line !== undefined && !('navigation' in line);
}

/** The line that this one is folded away in. */
function holderOf(all: readonly Line[], index: number): Line | undefined {
  const level = levelOf(all[index]);
  return all.slice(0, Math.max(0, index)).findLast((line) => levelOf(line) < level);
}

function levelOf(line: Line | undefined): number {
  return line && 'level' in line ? line.level : 1;
}

/** Null where it holds nothing. */
function isOpenLine(line: Line): boolean | null {
  return 'isOpen' in line ? line.isOpen : null;
}

function isFoldKey(line: Line, key: string): boolean {
  const isOpen = isOpenLine(line);
  if (isOpen === null) return false;
  if (key === 'ArrowRight') return !isOpen;
  if (key === 'ArrowLeft') return isOpen;
  return 'group' in line && (key === 'Enter' || key === ' ');
}
