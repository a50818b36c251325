import type { Subject } from '../../../engine/model/report.ts';
import { visible } from '../../words/visible.ts';
import { Icon } from '../parts/Icon.tsx';
import { usePopup } from '../parts/use-popup.ts';
import { useModel } from '../store-context.ts';

/** Asks the backends about every listed token, after naming them and how many tokens each gets. */
export function ValidateAll() {
  const validation = useModel('validation');
  const { listed } = useModel('rows');
  const { openSettings } = useModel('navigation');
  const { isOpen, setOpen, close, frame, button, onKeyDown } = usePopup();
  const isBusy = validation.isBusy.value;

  const label = isBusy ? 'Cancel validation' : 'Validate all';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears Esc from the controls inside
    <span ref={frame} class="menu" onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        class="tool"
        aria-label={label}
        title={label}
        aria-expanded={isBusy ? undefined : isOpen}
        aria-disabled={!isBusy && listed.value.length === 0}
        onClick={() => {
          if (isBusy) validation.cancel();
          else if (listed.value.length > 0) setOpen(!isOpen);
        }}
      >
        <Icon name={isBusy ? 'close' : 'validate'} />
      </button>
      {isOpen ? <Confirmation close={close} openSettings={openSettings} /> : null}
    </span>
  );
}

function Confirmation({ close, openSettings }: { close: () => void; openSettings: () => void }) {
  const { isWhole, backendFor } = useModel('validation');
  const { listed } = useModel('rows');
  const subjects = listed.value.map(({ subject }) => subject).filter((subject) => backendFor(subject) !== null);
  return (
    <div class="popup" role="dialog" aria-label="Validate all">
      {!isWhole() ? (
        <>
          <p>This report holds masked tokens, which nobody can verify.</p>
          <button type="button" class="plain" onClick={close}>
            Close
          </button>
        </>
      ) : subjects.length === 0 ? (
        <>
          <p>No backend is set up for these tokens.</p>
          <button
            type="button"
            class="plain"
            onClick={() => {
              openSettings();
              close();
            }}
          >
            Add one in the settings
          </button>
        </>
      ) : (
        <Send subjects={subjects} left={listed.value.length - subjects.length} close={close} />
      )}
    </div>
  );
}

interface SendProps {
  subjects: readonly Subject[];
  /** Tokens that no backend is set up for. */
  left: number;
  close: () => void;
}

function Send({ subjects, left, close }: SendProps) {
  const { backendFor, validateAll } = useModel('validation');
  const counts = new Map<string, number>();
  for (const subject of subjects) {
    const { url = '' } = backendFor(subject) ?? {};
    counts.set(url, (counts.get(url) ?? 0) + 1);
  }
  return (
    <>
      <p>The listed tokens will be sent, whole, to:</p>
      <ul>
        {[...counts].map(([url, count]) => (
          <li key={url}>
            <b>{visible(url)}</b>: {tokens(count)}
          </li>
        ))}
      </ul>
      {left > 0 ? (
        <p class="muted">
          {tokens(left)} without a backend {left === 1 ? 'stays' : 'stay'} here.
        </p>
      ) : null}
      <div class="row-of-links">
        <button
          type="button"
          class="primary"
          onClick={() => {
            void validateAll(subjects);
            close();
          }}
        >
          Send {tokens(subjects.length)}
        </button>
        <button type="button" class="plain" onClick={close}>
          Cancel
        </button>
      </div>
    </>
  );
}

const tokens = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'token' : 'tokens'}`;
