import { useState } from 'preact/hooks';
import { severities } from '../../../engine/model.ts';
import { masked } from '../../words/masked.ts';
import { cut } from '../../words/visible.ts';
import { SeverityMark, severityWords } from '../parts/SeverityMark.tsx';
import { useStore } from '../store-context.ts';

/** Problems listed at most. */
const most = 100;

/** What was found, what is watched, and what could not be read. */
export function StatusLine() {
  const store = useStore();
  const [isOpen, setOpen] = useState(false);
  const { summary, problems } = store.report.value;
  const rows = store.rows.value.length;
  const all = store.allRows.value.length;
  const frames = store.frames.value.length;
  const failure = store.failure.value;
  const progress = store.searching.value;
  return (
    <footer>
      {isOpen && problems.length > 0 ? (
        <section class="problems" aria-label="What could not be read">
          <ul>
            {problems.slice(0, most).map((problem, index) => (
              <li key={`${problem.code} ${problem.subject} ${index}`}>
                {problem.subject ? <span class="mono">{cut(masked(problem.subject), 200).text}: </span> : null}
                {masked(problem.message)}
                {problem.offset === undefined ? '' : ` (at character ${problem.offset.toLocaleString('en')})`}
              </li>
            ))}
            {problems.length > most ? <li>and {problems.length - most} more</li> : null}
          </ul>
        </section>
      ) : null}
      {failure ? (
        <p class="failure" role="alert">
          {failure}{' '}
          <button
            type="button"
            class="link"
            onClick={() => {
              store.failure.value = null;
            }}
          >
            Dismiss
          </button>
        </p>
      ) : null}
      <div class="statusline">
        <span>
          {rows === all ? '' : `${rows.toLocaleString('en')} of `}
          {all.toLocaleString('en')} {all === 1 ? 'token' : 'tokens'}
          {store.goneCount.value > 0 ? `, ${store.goneCount.value.toLocaleString('en')} gone` : ''}
        </span>
        {severities
          .filter((severity) => summary[severity] > 0)
          .map((severity) => (
            <button
              key={severity}
              type="button"
              class="count-of"
              title={`Show tokens with findings that are ${severityWords[severity].toLowerCase()} or worse`}
              aria-pressed={store.severityFilter.value === severity}
              onClick={() => {
                store.severityFilter.value = store.severityFilter.value === severity ? null : severity;
              }}
            >
              <SeverityMark severity={severity} word={false} /> {summary[severity].toLocaleString('en')}
              <span class="words"> {severityWords[severity].toLowerCase()}</span>
            </button>
          ))}
        {summary.muted ? (
          <button
            type="button"
            class="link"
            title="Show the findings by rule, the muted ones last"
            onClick={() => {
              store.view.value = 'findings';
            }}
          >
            {summary.muted.toLocaleString('en')} muted
          </button>
        ) : null}
        {progress ? (
          <span class="progress">
            <progress value={progress.done} max={1} aria-label="Searching" />
            <button type="button" class="link" onClick={() => store.stopSearch()}>
              Stop
            </button>
          </span>
        ) : null}
        {problems.length > 0 ? (
          <button type="button" class="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {problems.length === 1 ? '1 problem' : `${problems.length} problems`}
          </button>
        ) : null}
        {store.page.value ? (
          <span class="watched">
            {store.paused.value ? 'Paused: ' : ''}page
            {frames ? ` and ${frames} ${frames === 1 ? 'frame' : 'frames'}` : ''}{' '}
            {store.paused.value ? 'not watched' : 'watched'}
          </span>
        ) : null}
        {store.selected.value.length === 1 && rows > 1 && store.view.value === 'tokens' ? (
          <span class="tip">Ctrl-click or Shift+Arrow chooses more to compare</span>
        ) : null}
      </div>
    </footer>
  );
}
