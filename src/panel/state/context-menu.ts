import { signal } from '@preact/signals';
import type { Privilege } from '../../engine/model/facts.ts';

/** What somebody asked for the menu of: a token in the list, an answer in the matrix, or a part of the token whose details are open. */
export type MenuTarget =
  | { kind: 'row'; id: string; column: string | null; text: string }
  | { kind: 'privilege'; id: string; privilege: Privilege }
  /** `claims.context.user` */
  | { kind: 'claim'; path: string }
  /** Which of its sightings. */
  | { kind: 'place'; index: number }
  | { kind: 'finding'; at: string };

export interface OpenMenu {
  target: MenuTarget;
  /** In CSS pixels from the left and the top of the panel. */
  x: number;
  y: number;
}

/** The menu of what was pressed with the other button, or by Shift+F10; null while none is open. */
export function createContextMenu() {
  const open = signal<OpenMenu | null>(null);
  return {
    open,
    show: (menu: OpenMenu): void => {
      open.value = menu;
    },
    close: (): void => {
      open.value = null;
    },
  };
}
