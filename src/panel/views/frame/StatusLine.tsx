import { useState } from 'preact/hooks';
import type { Problem } from '../../../engine/model/capture.ts';
import { isNote } from '../../../engine/model/notes.ts';
import { severities } from '../../../engine/model/report.ts';
import { groupDigits } from '../../words/group-digits.ts';
import { masked } from '../../words/masked.ts';
import { goneRowsWords } from '../../words/place-words.ts';
import { cut } from '../../words/visible.ts';
import { SeverityMark, severityWords } from '../parts/SeverityMark.tsx';
import { useModel } from '../store-context.ts';

/** Problems listed at most. */
const most = 100;

/** What was found, what is watched, and what could not be read. */
export function StatusLine() {
  const [isOpen, setOpen] = useState(false);
  const { problems } = useModel('judgement').report.value;
  return (
    <footer>
      {isOpen && problems.length > 0 ? <Problems problems={problems} /> : null}
      <Failure />
      <div class="statusline">
        <Counts />
        <Searching />
        {problems.length > 0 ? (
          <button type="button" class="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {problemCounts(problems)}
          </button>
        ) : null}
        <Watched />
        <Tip />
      </div>
    </footer>
  );
}

/** `2 problems, 1 note`: of what is worth knowing, not all went wrong. */
function problemCounts(problems: readonly Problem[]): string {
  const notes = problems.filter(isNote).length;
  const counts = [
    [problems.length - notes, 'problem'],
    [notes, 'note'],
  ] as const;
  return counts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}${count === 1 ? '' : 's'}`] : [])).join(', ');
}

function Problems({ problems }: { problems: readonly Problem[] }) {
  return (
    <section class="problems" aria-label="What could not be read">
      <ul>
        {problems.slice(0, most).map((problem, index) => (
          <li key={`${problem.code} ${problem.subject} ${index}`}>
            {problem.subject ? <span class="mono">{cut(masked(problem.subject), 200).text}: </span> : null}
            {masked(problem.message)}
            {problem.offset === undefined ? '' : ` (at character ${groupDigits(problem.offset)})`}
          </li>
        ))}
        {problems.length > most ? <li>and {problems.length - most} more</li> : null}
      </ul>
    </section>
  );
}

function Failure() {
  const { failure, dismiss } = useModel('messages');
  if (!failure.value) return null;
  return (
    <p class="failure" role="alert">
      {failure.value}{' '}
      <button type="button" class="link" onClick={dismiss}>
        Dismiss
      </button>
    </p>
  );
}

/** Tokens, and findings by severity; each count is a filter. */
function Counts() {
  const { report, isWhole } = useModel('judgement');
  const { summary } = report.value;
  const { listed, gone } = useModel('rows');
  const { severity: chosen } = useModel('filter');
  const navigation = useModel('navigation');
  const count = summary.tokens;
  const shown = listed.value.filter(({ goneAt }) => goneAt === null).length;
  return (
    <>
      <span>
        {shown === count ? '' : `${groupDigits(shown)} of `}
        {groupDigits(count)} {count === 1 ? 'token' : 'tokens'}
        {gone.value.length > 0 ? `, ${groupDigits(gone.value.length)} ${goneRowsWords(gone.value)}` : ''}
        {isWhole.value ? '' : ' so far'}
      </span>
      {severities
        .filter((severity) => summary[severity] > 0)
        .map((severity) => (
          <button
            key={severity}
            type="button"
            class="count-of"
            title={`Show tokens with findings that are ${severityWords[severity].toLowerCase()} or worse`}
            aria-pressed={chosen.value === severity}
            onClick={() => {
              chosen.value = chosen.value === severity ? null : severity;
            }}
          >
            <SeverityMark severity={severity} word={false} /> {groupDigits(summary[severity])}
            <span class="words"> {severityWords[severity].toLowerCase()}</span>
          </button>
        ))}
      {summary.muted ? (
        <button
          type="button"
          class="link"
          title="Show the findings by rule, the muted ones last"
          onClick={() => navigation.open('findings')}
        >
          {groupDigits(summary.muted)} muted
        </button>
      ) : null}
    </>
  );
}

function Searching() {
  const { progress, stop } = useModel('search');
  if (!progress.value) return null;
  return (
    <span class="progress">
      <progress value={progress.value.done} max={1} aria-label="Searching" />
      <button type="button" class="link" onClick={stop}>
        Stop
      </button>
    </span>
  );
}

function Watched() {
  const page = useModel('page');
  const { paused } = useModel('watch');
  const { imported } = useModel('recordings');
  const frames = page.frames.value.length;
  if (imported.value) return <span class="watched">showing {cut(masked(imported.value.title), 60).text}</span>;
  if (!page.current.value || page.state.value.kind !== 'watching') return null;
  return (
    <span class="watched">
      {paused.value ? 'Paused: ' : ''}page
      {frames ? ` and ${frames} ${frames === 1 ? 'frame' : 'frames'}` : ''} {paused.value ? 'not watched' : 'watched'}
    </span>
  );
}

function Tip() {
  const { selected } = useModel('selection');
  const { listed } = useModel('rows');
  const { view } = useModel('navigation');
  if (selected.value.length !== 1 || listed.value.length <= 1 || view.value !== 'tokens') return null;
  return <span class="tip">Ctrl-click or Shift+Arrow chooses more to compare</span>;
}
