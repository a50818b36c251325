import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { OpenMenu } from '../../state/context-menu.ts';
import { useModel } from '../store-context.ts';
import { menuTargetAt, placeBelow } from './menu-target.ts';

/**
 * Keys of the whole panel, heard once the part that has the focus has heard them, and before the browser's own devtools do: those listen
 * at the document, and would open their console drawer at Esc, their search box at Ctrl+F and their settings at `?`.
 */
export function useKeys(filter: RefObject<HTMLInputElement | null>): void {
  const navigation = useModel('navigation');
  const selection = useModel('selection');
  const menu = useModel('contextMenu');
  const rows = useModel('rows');
  const recordings = useModel('recordings');
  const messages = useModel('messages');

  useEffect(() => {
    function back(): void {
      if (navigation.settingsOpen.peek()) {
        navigation.settingsOpen.value = false;
        document.querySelector<HTMLElement>('[aria-controls="roomkey-settings"]')?.focus();
      } else if (selection.ids.peek().length > 0) selection.deselect();
    }

    function press(event: KeyboardEvent): void {
      if (!isOurs(event)) return;
      // What a part of the panel has done with the key is enough; it goes no further.
      const isDone = event.defaultPrevented;
      event.preventDefault();
      event.stopPropagation();
      if (isDone) return;
      if (event.key === 'Escape') back();
      else if (event.key === '?') navigation.shortcutsOpen.value = true;
      else {
        filter.current?.focus();
        filter.current?.select();
      }
    }

    const openMenu = (event: MouseEvent) => showMenu(event, menu.show);
    const paste = (event: ClipboardEvent) =>
      takePasted(event, {
        text: (text) => {
          void import('../../state/explain-pasted.ts').then(({ explainPasted }) =>
            explainPasted(text, { rows, selection, navigation, recordings, messages }),
          );
        },
        files: (files) => void recordings.open(files),
      });
    // Another panel in this document, which opens as this one closes, has its own.
    const compose = (event: KeyboardEvent) => leaveToComposer(event);
    const root = document.documentElement;
    root.addEventListener('keydown', compose, true);
    root.addEventListener('keydown', press);
    root.addEventListener('contextmenu', openMenu);
    root.addEventListener('paste', paste);
    return () => {
      root.removeEventListener('keydown', compose, true);
      root.removeEventListener('keydown', press);
      root.removeEventListener('contextmenu', openMenu);
      root.removeEventListener('paste', paste);
    };
  }, []);
}

/** The panel's own menu, where there is one for what was pressed. What is marked is copied by the browser's. */
function showMenu(event: MouseEvent, show: (menu: OpenMenu) => void): void {
  const element = event.target;
  if (!(element instanceof Element) || (getSelection()?.toString() ?? '') !== '') return;
  const target = menuTargetAt(element);
  if (!target) return;
  event.preventDefault();
  const isByKey = event.button !== 2;
  show({ target, ...(isByKey ? placeBelow(element) : { x: event.clientX, y: event.clientY }) });
}

/** Keys by which somebody composes a character, as Esc and Enter are then, too: neither the panel nor devtools hear of them. */
function leaveToComposer(event: KeyboardEvent): void {
  if (event.isComposing) event.stopPropagation();
}

interface Takers {
  text: (text: string) => void;
  files: (files: File[]) => void;
}

/** What was copied as text, else as files, else as a part of a page that has no text. */
function takePasted(event: ClipboardEvent, take: Takers): void {
  const { clipboardData: data, target } = event;
  if (isEditable(target) || !data) return;
  const hasText = (type: string) => data.getData(type).trim() !== '';
  const type = ['text/plain', 'text/html'].find(hasText);
  const files = [...data.files];
  if (type !== 'text/plain' && files.length > 0) take.files(files);
  else if (type !== undefined) take.text(data.getData(type));
  else return;
  event.preventDefault();
}

/** Esc, Ctrl+F and Cmd+F anywhere; `/` and `?` but while something is written. */
function isOurs({ key, target, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  if (key === 'Escape') return !ctrlKey && !metaKey && !altKey;
  if ((ctrlKey || metaKey) && key.toLowerCase() === 'f') return !altKey && !shiftKey;
  return (key === '/' || key === '?') && !isEditable(target) && !ctrlKey && !metaKey;
}

function isEditable(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('textarea, select, input:not([type="checkbox"], [type="radio"])');
}
