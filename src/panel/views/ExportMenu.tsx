import { useEffect, useRef, useState } from 'preact/hooks';
import { type ReportFormat, reportFormats } from '../report-formats.ts';
import { Icon } from './Icon.tsx';
import { useStore } from './store-context.ts';

/** Saves the report: masked at one press, with whole tokens only after a choice that says what it means. */
export function ExportMenu() {
  const { exportReport, hasCapture, imports } = useStore();
  const canExport = hasCapture.value || imports.imported.value !== null;
  const [format, setFormat] = useState<ReportFormat>('json');
  const name = reportFormats.find(({ id }) => id === format)?.name ?? '';
  const [isOpen, setOpen] = useState(false);
  const [isSure, setSure] = useState(false);
  const frame = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    setSure(false);
    if (!isOpen) return undefined;
    frame.current?.querySelector<HTMLElement>('.popup button')?.focus();
    const closeOutside = (event: Event) => {
      if (!frame.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [isOpen]);

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears Esc from the controls inside
    <span
      ref={frame}
      class="menu"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.stopPropagation();
        close();
      }}
    >
      <button
        ref={button}
        type="button"
        class="tool"
        aria-label="Export report"
        title="Export report"
        aria-expanded={isOpen}
        aria-disabled={!canExport}
        onClick={() => {
          if (canExport) setOpen(!isOpen);
        }}
      >
        <Icon name="export" />
      </button>
      {isOpen ? (
        <div class="popup" role="dialog" aria-label="Export report">
          <label class="line">
            <span>Format</span>
            <select value={format} onChange={(event) => setFormat(event.currentTarget.value as ReportFormat)}>
              {reportFormats.map(({ id, name: title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            class="plain"
            onClick={() => {
              void exportReport(false, format);
              close();
            }}
          >
            Save {name} report, tokens masked
          </button>
          <label class="check">
            <input type="checkbox" checked={isSure} onChange={(event) => setSure(event.currentTarget.checked)} />
            <span>Put whole tokens in it. Whoever gets the file can use them until they expire.</span>
          </label>
          <button
            type="button"
            class="plain"
            disabled={!isSure}
            onClick={() => {
              void exportReport(true, format);
              close();
            }}
          >
            Save with whole tokens
          </button>
        </div>
      ) : null}
    </span>
  );
}
