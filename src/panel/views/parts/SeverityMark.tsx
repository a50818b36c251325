import type { Severity } from '../../../engine/model/report.ts';

/** Each severity has a shape of its own, so that colour is never what tells them apart. */
const shapes: Record<Severity, string> = {
  critical: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z',
  high: 'M8 1.2L15.4 14.5H.6z',
  medium: 'M8 .8L15.2 8 8 15.2.8 8z',
  low: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z',
  info: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2z',
};

export const severityWords: Record<Severity, string> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
};

/** Shape and word of a severity; the word may be left to screen readers where room is short. */
export function SeverityMark({ severity, word = true }: { severity: Severity; word?: boolean }) {
  return (
    <span class={`severity ${severity}`} title={severityWords[severity]}>
      <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true" focusable="false">
        <path d={shapes[severity]} />
        {severity === 'info' ? <path class="sign" d="M8 7v4.5M8 4.4v1.4" /> : null}
        {severity === 'critical' || severity === 'high' ? (
          <path class="sign" d={severity === 'critical' ? 'M8 4v5M8 10.6v1.6' : 'M8 5.5v4.5M8 11.2v1.6'} />
        ) : null}
      </svg>
      <span class={word ? 'word' : 'unseen'}>{severityWords[severity]}</span>
    </span>
  );
}
