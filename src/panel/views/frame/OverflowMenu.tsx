import { Icon } from '../parts/Icon.tsx';
import { usePopup } from '../parts/use-popup.ts';
import { useModel } from '../store-context.ts';
import { AsOfSelect } from './AsOf.tsx';
import { PageOwnerSelect, PlatformSelect, PolicySelect, PreserveLog, SeveritySelect } from './Choices.tsx';

/** What a narrow toolbar leaves out, each where the toolbar does (`styles/narrow.css`), and the list of shortcuts. */
export function OverflowMenu() {
  const { severity, platform } = useModel('filter');
  const { shortcutsOpen } = useModel('navigation');
  const { isOpen, setOpen, close, frame, button, onKeyDown } = usePopup();
  const isFiltering = severity.value !== null || platform.value !== null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears Esc from the controls inside
    <span ref={frame} class="menu" onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        class={`tool more${isFiltering ? ' filtering' : ''}`}
        aria-label={isFiltering ? 'More, filtering' : 'More'}
        title="More"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="more" />
      </button>
      {isOpen ? (
        <div class="popup overflow" role="dialog" aria-label="More">
          <div class="left-out filters">
            <span>Filter</span>
            <SeveritySelect />
            <PlatformSelect />
          </div>
          <div class="left-out judging">
            <PolicySelect />
            <PageOwnerSelect />
          </div>
          <div class="left-out as-of">
            <AsOfSelect />
          </div>
          <div class="left-out log">
            <PreserveLog />
          </div>
          <button
            type="button"
            class="plain"
            onClick={() => {
              close();
              shortcutsOpen.value = true;
            }}
          >
            Shortcuts
          </button>
        </div>
      ) : null}
    </span>
  );
}
