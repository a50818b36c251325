import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/Icon.tsx';
import { useModel } from '../store-context.ts';

const isMac = /mac/i.test(navigator.platform);
const control = isMac ? '⌘' : 'Ctrl';

const shortcuts: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['/', `${control}+F`], 'Go to the filter'],
  [['↓'], 'In the filter: what can be asked for'],
  [['↑', '↓', 'Page Up', 'Page Down', 'Home', 'End'], 'Move in the list'],
  [['Enter'], 'From the list to the details'],
  [[`Shift+↓`, `${control}+click`], 'Choose several tokens, to compare them'],
  [['←', '→'], 'In a row of buttons or tabs: the next one'],
  [['→', '←'], 'In the claims: open and close'],
  [
    isMac ? ['Secondary click', 'Shift+F10'] : ['Menu key', 'Shift+F10'],
    'What can be done with a row, claim, place or finding',
  ],
  [[`${control}+V`], 'Explain the token that was copied'],
  [['Esc'], 'Back: close what is open, go to the list, close the details'],
  [['?'], 'This list'],
];

/** What the keys do. */
export function Shortcuts() {
  const { shortcutsOpen } = useModel('navigation');
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => {
    shortcutsOpen.value = false;
  };
  // Before anything else can happen: the next key is for what has opened.
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="shortcuts"
      aria-label="Shortcuts"
      onClose={close}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' && event.key !== '?') return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      <h2>Shortcuts</h2>
      <button type="button" class="tool" aria-label="Close" title="Close" onClick={close}>
        <Icon name="close" />
      </button>
      <dl>
        {shortcuts.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
