import { privileges } from '../../../engine/model/facts.ts';
import type { MenuTarget } from '../../state/context-menu.ts';

/**
 * What of the panel an element belongs to, as far as there is a menu for it: a row of the list, a token or an answer of the matrix, or a
 * claim, a place or a finding of the details. Null elsewhere, where the browser's own menu is of more use.
 */
export function menuTargetAt(element: Element): MenuTarget | null {
  if (element.closest('input, textarea, select, a[href]')) return null;
  const spot = element.closest('.spot[data-at]');
  const at = spot?.getAttribute('data-at') ?? '';
  if (spot?.classList.contains('claim')) return { kind: 'claim', path: at };
  const index = /^sightings\.(\d+)$/.exec(at)?.[1];
  if (index !== undefined) return { kind: 'place', index: Number(index) };
  if (at.startsWith('finding ')) return { kind: 'finding', at };
  return matrixTarget(element) ?? rowTarget(element);
}

function matrixTarget(element: Element): MenuTarget | null {
  const id = element.closest<HTMLElement>('tr[data-token]')?.dataset.token;
  if (id === undefined) return null;
  const named = element.closest<HTMLElement>('td')?.dataset.privilege;
  const privilege = privileges.find((one) => one === named);
  return privilege ? { kind: 'privilege', id, privilege } : { kind: 'row', id, column: null, text: '' };
}

/** In the grid the focus stays on the whole, which names its active row. */
function rowTarget(element: Element): MenuTarget | null {
  const grid = element.closest('.grid');
  const active = element === grid ? document.getElementById(grid.getAttribute('aria-activedescendant') ?? '') : null;
  const row = active ?? element.closest('[role="row"][id^="token-"]');
  if (!row) return null;
  const cell = element.closest<HTMLElement>('[role="gridcell"]');
  return { kind: 'row', id: row.id.slice('token-'.length), column: columnOf(cell), text: textIn(cell) };
}

/** `cell room` */
function columnOf(cell: Element | null): string | null {
  return [...(cell?.classList ?? [])].find((name) => name !== 'cell') ?? null;
}

function textIn(cell: Element | null): string {
  const text = (cell?.textContent ?? '').trim();
  return text === '–' ? '' : text;
}

/** Where the menu of an element opens that was asked for by a key: below its first line. */
export function placeBelow(element: Element): { x: number; y: number } {
  const named = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
  const { left, top, bottom } = (named ?? element).getBoundingClientRect();
  return { x: left + 16, y: Math.min(bottom, top + 20) };
}
