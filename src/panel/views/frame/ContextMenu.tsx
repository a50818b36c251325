import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { OpenMenu } from '../../state/context-menu.ts';
import { type MenuItem, type MenuModels, menuItems } from '../../state/menu-items.ts';
import { visible } from '../../words/visible.ts';
import { useModel } from '../store-context.ts';

/** The menu of a row, a claim, a place or a finding, after the ARIA pattern: arrow keys move, letters jump, Esc closes. */
export function ContextMenu({ menu }: { menu: OpenMenu }) {
  const { close } = useModel('contextMenu');
  const models = useMenuModels();
  // What can be done is told when it opens: the list may change below it.
  const [items] = useState(() => menuItems(menu.target, models));
  const element = useRef<HTMLDivElement>(null);
  const leave = useReturn(close);
  usePosition(element, menu);

  // Before anything else can happen: the next key is for what has opened.
  useLayoutEffect(() => {
    if (items.length === 0) return close();
    element.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    const outside = (event: Event) => {
      if (!element.current?.contains(event.target as Node)) close();
    };
    document.addEventListener('pointerdown', outside);
    addEventListener('blur', close);
    return () => {
      document.removeEventListener('pointerdown', outside);
      removeEventListener('blur', close);
    };
  }, []);

  return (
    <div
      ref={element}
      class="context-menu"
      role="menu"
      aria-label="What can be done"
      tabIndex={-1}
      onKeyDown={(event) => moveIn(event, items, leave)}
      onContextMenu={(event) => event.preventDefault()}
    >
      {items.map(({ label, run, isFirst }) => (
        <button
          key={label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          class={isFirst ? 'first' : ''}
          onClick={() => {
            leave();
            run();
          }}
        >
          {visible(label)}
        </button>
      ))}
    </div>
  );
}

function useMenuModels(): MenuModels {
  return {
    rows: useModel('rows'),
    selection: useModel('selection'),
    navigation: useModel('navigation'),
    filter: useModel('filter'),
    clipboard: useModel('clipboard'),
    expectations: useModel('expectations'),
    requests: useModel('requests'),
    messages: useModel('messages'),
    recordings: useModel('recordings'),
  };
}

/** Closes the menu and goes back to where the focus was. */
function useReturn(close: () => void): () => void {
  const before = useRef(document.activeElement);
  return () => {
    close();
    if (before.current instanceof HTMLElement) before.current.focus();
  };
}

/** Where it was asked for, moved as far as it takes to be seen whole. */
function usePosition(element: { current: HTMLElement | null }, { x, y }: OpenMenu): void {
  useLayoutEffect(() => {
    const menu = element.current;
    if (!menu) return;
    const { width, height } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(0, Math.min(x, innerWidth - width))}px`;
    menu.style.top = `${Math.max(0, y + height > innerHeight ? Math.min(y, innerHeight) - height : y)}px`;
    if (Number.parseFloat(menu.style.top) + height > innerHeight)
      menu.style.top = `${Math.max(0, innerHeight - height)}px`;
  }, [x, y]);
}

function moveIn(event: KeyboardEvent, items: readonly MenuItem[], leave: () => void): void {
  const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    event.stopPropagation();
    leave();
  } else if (to !== undefined) {
    event.preventDefault();
    buttons.at(to % Math.max(1, buttons.length))?.focus();
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== ' ') {
    event.stopPropagation();
    const letter = event.key.toLowerCase();
    const order = [...items.keys()].map((index) => (at + 1 + index) % items.length);
    const next = order.find((index) => items[index]?.label.toLowerCase().startsWith(letter));
    if (next !== undefined) buttons[next]?.focus();
  }
}
