import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Editing, ExpectationResult } from '../../state/expectations.ts';
import { pagesChosen } from '../../state/expected-pages.ts';
import { looksLikeReport } from '../../state/seat-check.ts';
import { capitalised } from '../../words/capitalised.ts';
import { masked } from '../../words/masked.ts';
import { visible } from '../../words/visible.ts';
import { Icon } from '../parts/Icon.tsx';
import { lazily } from '../parts/lazily.tsx';
import { jsonFiles, PickFile } from '../parts/PickFile.tsx';
import { useModel } from '../store-context.ts';
import { Doubts } from './Doubts.tsx';
import { LockChanges } from './LockChanges.tsx';
import { RecordRun, Run, useRun } from './Run.tsx';
import { OpenSeat, Seats, useSeatCheck } from './Seats.tsx';

const ExpectationEditor = lazily(() =>
  import('./editor/ExpectationEditor.tsx').then((module) => module.ExpectationEditor),
);

/** Expectations a user opens or makes from what is on screen, checked whenever what is on screen changes. */
export function Expectations() {
  const { list, doubts, editing } = useModel('expectations');
  const { name: lock } = useModel('lock');
  const { other } = useModel('seats');
  const open = useOpen();
  const { steps } = useRun();
  const isEmpty = list.value.length === 0;
  useFocusBack();
  return (
    <section
      class="whole expectations"
      aria-label="Expectations"
      onDrop={(event) => {
        const file = event.dataTransfer?.files[0];
        if (!file) return;
        event.preventDefault();
        void open(file);
      }}
    >
      <Actions />
      {doubts.value.length > 0 ? <Doubts /> : null}
      {editing.value ? <ExpectationEditor key={String(editing.value.of)} editing={editing.value} /> : null}
      <Run />
      <LockChanges />
      <Seats />
      {isEmpty && lock.value === null && other.value === null && steps.value.length === 0 ? (
        <p class="hint">
          Say which tokens a page should and should not hold, such as no host token on a guest’s page, and see at once
          when that changes. The saved file works with <code>roomkey scan --expect</code> too. Start from what is on
          screen, or open a file. A lock file of <code>roomkey lock</code>, or of <i>Export report</i>, opens here, too.
          To see whether the host’s page and a guest’s are what they should be, save the report of one of them (
          <i>Export report</i>, JSON), and open it here beside the other.
        </p>
      ) : null}
      {isEmpty ? null : <Lines />}
    </section>
  );
}

/** What was edited has the focus again when its editor is closed. */
function useFocusBack(): void {
  const { editing } = useModel('expectations');
  const before = useRef<Editing | null>(null);
  const now = editing.value;
  useEffect(() => {
    const { of, back = of } = before.current ?? {};
    before.current = now;
    if (now === null && back !== undefined)
      document.querySelector<HTMLElement>(`.expectations [data-edit="${back}"]`)?.focus();
  }, [now]);
}

function Lines() {
  const { list, results } = useModel('expectations');
  const element = useRef<HTMLOListElement>(null);
  const focused = document.activeElement;
  // A line that moves, as one that fails does, would leave the focus behind.
  useLayoutEffect(() => {
    if (!(focused instanceof HTMLElement) || document.activeElement === focused) return;
    if (element.current?.contains(focused)) focused.focus();
  });
  return (
    <ol ref={element}>
      {worstFirst(results.value, list.value.length).map((index) => (
        <Line
          key={JSON.stringify({ ...list.value[index], name: index })}
          name={list.value[index]?.name ?? ''}
          index={index}
          result={results.value[index]}
        />
      ))}
    </ol>
  );
}

/** Opens what a file is: expectations, a lock, or the report of another seat. */
function useOpen(): (file: File) => Promise<void> {
  const { open } = useModel('expectations');
  const seats = useSeatCheck();
  return async (file) => ((await looksLikeReport(file).catch(() => false)) ? seats.open(file) : open(file));
}

/** Places in the list: what failed first, then what was not checked, then what held; each in the order of the file. */
function worstFirst(results: readonly { held: boolean | null }[], count: number): number[] {
  const rank = (index: number) => {
    const held = results[index]?.held;
    return held === false ? 0 : held === null ? 1 : 2;
  };
  return Array.from({ length: count }, (_, index) => index).sort((a, b) => rank(a) - rank(b));
}

function Actions() {
  const { list, editing, expectWhatIsSeen, save } = useModel('expectations');
  const isEditing = editing.value !== null;
  const edit = (of: 'new' | 'whole') => {
    editing.value = { of };
  };
  const open = useOpen();
  const { steps, isRecording } = useRun();
  const isFiltered = useModel('filter').isActive.value;
  const count = list.value.length;
  const isEmpty = count === 0 && (steps.value.length === 0 || isRecording.value);
  return (
    <div class="actions">
      <button
        type="button"
        class={count > 0 ? 'plain' : 'primary'}
        title={isFiltered ? 'Only the tokens that the filter keeps' : undefined}
        onClick={() => void expectWhatIsSeen()}
      >
        Expect what I see{isFiltered ? ' (filtered)' : ''}
      </button>
      <button type="button" class="plain" data-edit="new" disabled={isEditing} onClick={() => edit('new')}>
        New expectation
      </button>
      <button type="button" class="plain" data-edit="whole" disabled={isEditing} onClick={() => edit('whole')}>
        Edit as text
      </button>
      <PickFile class="plain" field="open-expectations" accept={jsonFiles} pick={([file]) => void (file && open(file))}>
        Open file
      </PickFile>
      <button type="button" class="plain" disabled={isEmpty} onClick={() => void save()}>
        Save file
      </button>
      <OpenSeat />
      <RecordRun />
      <Standing />
      <PagesChoice />
    </div>
  );
}

/** How many hold, and whether anybody else knows of them. */
function Standing() {
  const { list, failedCount, failedInRun, uncheckedCount, isSaved, keptFor } = useModel('expectations');
  const { steps, isRecording } = useRun();
  const count = list.value.length;
  const isEmpty = count === 0 && (steps.value.length === 0 || isRecording.value);
  const failed = failedCount.value - failedInRun.value;
  const unchecked = uncheckedCount.value;
  return (
    <p class="hint" role="status">
      {count === 0
        ? ''
        : failed > 0
          ? `${failed} of ${count} failed${unchecked > 0 ? `, ${unchecked} not checked` : ''}`
          : unchecked > 0
            ? `${unchecked} of ${count} not checked`
            : `${count === 1 ? 'It holds' : `All ${count} hold`}`}
      {isSaved.value || isEmpty ? '' : keptWords(keptFor.value, count > 0)}
    </p>
  );
}

function keptWords(keptFor: string | null, isAfter: boolean): string {
  const words = keptFor === null ? 'not saved' : 'kept for this site';
  return isAfter ? `, ${words}` : capitalised(words);
}

/** The pages that what is added is about. A step of a run speaks of its own. */
function PagesChoice() {
  const { aboutPages, pickedPages } = useModel('expectations');
  const { isRecording } = useRun();
  const { choices, chosen } = pagesChosen(aboutPages.value);
  if (choices.length === 1 || isRecording.value) return null;
  return (
    <label>
      <span>New ones are about</span>{' '}
      <select
        value={chosen}
        title="The pages on which expectations that you add have to hold; on others they are not checked"
        onChange={(event) => {
          pickedPages.value = event.currentTarget.value;
        }}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice === 'any:' ? 'any page' : choice === 'page:' ? 'this page' : `pages marked ${visible(choice)}`}
          </option>
        ))}
      </select>
    </label>
  );
}

interface LineProps {
  name: string;
  index: number;
  /** Absent while it was not checked yet. */
  result: ExpectationResult | undefined;
}

function Line({ name, index, result }: LineProps) {
  const { list, editing, rename, remove } = useModel('expectations');
  const isFailed = result?.held === false;
  const isUnchecked = result?.held === null;
  return (
    <li class={isFailed ? 'failed' : isUnchecked ? 'unchecked' : 'held'}>
      <span class="outcome">
        <Icon name={isFailed ? 'error' : isUnchecked ? 'info' : 'check'} />
        <span>{isFailed ? 'Failed' : isUnchecked ? 'Not checked' : 'Held'}</span>
      </span>
      <input
        aria-label={`Name of expectation ${index + 1}`}
        value={name}
        maxLength={300}
        spellcheck={false}
        onChange={(event) => {
          rename(index, event.currentTarget.value);
          event.currentTarget.value = list.value[index]?.name ?? '';
        }}
      />
      <button
        type="button"
        class="link"
        data-edit={index}
        aria-label={`Edit ${visible(name)}`}
        disabled={editing.value !== null}
        onClick={() => {
          editing.value = { of: index };
        }}
      >
        {editing.value?.of === index ? 'Editing' : 'Edit'}
      </button>
      <button
        type="button"
        class="tool small"
        aria-label={`Remove ${visible(name)}`}
        title="Remove"
        onClick={() => remove(index)}
      >
        <Icon name="close" />
      </button>
      {result ? <ExpectedAndFound result={result} /> : null}
    </li>
  );
}

function ExpectedAndFound({ result: { held, expected, found, says } }: { result: ExpectationResult }) {
  // What holds needs one line; what could not be checked at all has words of its own.
  if (held || expected === '') return <p>{capitalised(masked(says))}</p>;
  return (
    <dl>
      <dt>Expected</dt>
      <dd>{capitalised(masked(expected))}</dd>
      <dt>{held === null ? 'Not known' : 'Found'}</dt>
      <dd>{capitalised(masked(found))}</dd>
    </dl>
  );
}
