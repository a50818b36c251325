import { useState } from 'preact/hooks';
import { Icon } from '../parts/Icon.tsx';
import { usePopup } from '../parts/use-popup.ts';
import { useModel } from '../store-context.ts';

/** Saves the report: masked at one press, with whole tokens only after a choice that says what it means. */
export function ExportMenu() {
  const { isPossible, formats, format: chosen, offerFormats } = useModel('exporting');
  const canExport = isPossible.value;
  // One that this version does not have, as another may have kept it, is none.
  const format = (formats.value.find(({ id }) => id === chosen.value) ?? formats.value[0])?.id ?? '';
  const setFormat = (id: string) => {
    chosen.value = id;
  };
  const { isOpen, setOpen, close, frame, button, onKeyDown } = usePopup();

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears Esc from the controls inside
    <span ref={frame} class="menu" onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        class="tool"
        aria-label="Export report"
        title="Export report"
        aria-expanded={isOpen}
        aria-disabled={!canExport}
        onClick={() => {
          if (isOpen) setOpen(false);
          else if (canExport) void offerFormats().then(setOpen);
        }}
      >
        <Icon name="export" />
      </button>
      {isOpen ? <Choices format={format} setFormat={setFormat} close={close} /> : null}
    </span>
  );
}

interface ChoicesProps {
  format: string;
  setFormat: (format: string) => void;
  close: () => void;
}

/** A part of its own, so that the box for whole tokens is empty whenever the menu opens. */
function Choices({ format, setFormat, close }: ChoicesProps) {
  const { exportReport, formats } = useModel('exporting');
  const { name = '', isWithoutTokens = false } = formats.value.find(({ id }) => id === format) ?? {};
  const save = (isWhole: boolean) => {
    void exportReport(isWhole, format);
    close();
  };

  return (
    <div class="popup" role="dialog" aria-label="Export report">
      <label class="line">
        <span>Format</span>
        <select value={format} onChange={(event) => setFormat(event.currentTarget.value)}>
          {formats.value.map(({ id, name: title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="plain" onClick={() => save(false)}>
        {isWithoutTokens ? `Save ${name}, which holds no token` : `Save ${name} report, tokens masked`}
      </button>
      {isWithoutTokens ? null : <WholeTokens save={() => save(true)} />}
    </div>
  );
}

/** The press that puts whole tokens into a file, after a choice that says what it means. */
function WholeTokens({ save }: { save: () => void }) {
  const [isSure, setSure] = useState(false);
  return (
    <>
      <label class="check">
        <input type="checkbox" checked={isSure} onChange={(event) => setSure(event.currentTarget.checked)} />
        <span>Put whole tokens in it. Whoever gets the file can use them until they expire.</span>
      </label>
      <button type="button" class="plain" disabled={!isSure} onClick={save}>
        Save with whole tokens
      </button>
    </>
  );
}
