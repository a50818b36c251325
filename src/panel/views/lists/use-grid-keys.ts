import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** What a key moves by, in lines and in cells. */
const steps = new Map<string, readonly [down: number, right: number]>([
  ['ArrowUp', [-1, 0]],
  ['ArrowDown', [1, 0]],
  ['ArrowLeft', [0, -1]],
  ['ArrowRight', [0, 1]],
  ['PageUp', [-10, 0]],
  ['PageDown', [10, 0]],
]);

/**
 * One Tab stop for all cells of a table, after the ARIA grid pattern: arrow keys move between them, Home and End within a line, with
 * Ctrl to the first and the last. Its lines are those with `data-token`; their cells, and what opens a token, are drawn with a `tabIndex` of -1.
 */
export function useGridKeys() {
  const table = useRef<HTMLTableElement>(null);
  const stop = useRef<HTMLElement | null>(null);

  function stopAt(cell: HTMLElement | undefined): void {
    if (!cell || cell === stop.current) return;
    if (stop.current) stop.current.tabIndex = -1;
    stop.current = cell;
    cell.tabIndex = 0;
  }

  // The cell that was the stop may be gone with its token.
  useEffect(() => {
    if (!stop.current?.isConnected) stopAt(cellsOf(linesOf(table)[0])[0]);
  });

  function move(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey || !(event.target instanceof HTMLElement)) return;
    const to = targetOf(event, linesOf(table), event.target);
    if (to) {
      event.preventDefault();
      to.focus();
    } else if (event.key === 'Enter' && event.target.matches('td')) {
      event.target.closest('tr')?.querySelector('button')?.click();
    }
  }

  return {
    ref: table,
    onKeyDown: move,
    onFocusIn: (event: FocusEvent) => {
      const cell = event.target;
      if (cell instanceof HTMLElement && cellsOf(cell.closest('tr')).includes(cell)) stopAt(cell);
    },
  };
}

function targetOf({ key, ctrlKey }: KeyboardEvent, lines: Element[], from: HTMLElement): HTMLElement | undefined {
  const line = lines.indexOf(from.closest('tr') as Element);
  const cells = cellsOf(lines[line]);
  const at = cells.indexOf(from);
  if (at < 0) return undefined;
  if (key === 'Home') return cellsOf(ctrlKey ? lines[0] : lines[line])[0];
  if (key === 'End') return cellsOf(ctrlKey ? lines.at(-1) : lines[line]).at(-1);
  const [down, right] = (ctrlKey ? undefined : steps.get(key)) ?? [0, 0];
  const next = Math.min(Math.max(line + down, 0), lines.length - 1);
  return down === 0 && right === 0 ? undefined : cellsOf(lines[next])[Math.max(at + right, 0)];
}

function linesOf(table: RefObject<HTMLTableElement | null>): Element[] {
  return [...(table.current?.querySelectorAll('tr[data-token]') ?? [])];
}

function cellsOf(line: Element | null | undefined): HTMLElement[] {
  return [...(line?.querySelectorAll<HTMLElement>('th button, td') ?? [])];
}
