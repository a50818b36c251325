import { useState } from 'preact/hooks';
import { createRun, type Run as RunModel, type Step, type WalkedStep } from '../../state/run.ts';
import { capitalised } from '../../words/capitalised.ts';
import { masked } from '../../words/masked.ts';
import { timeOfDay } from '../../words/show-time.ts';
import { visible } from '../../words/visible.ts';
import { Icon } from '../parts/Icon.tsx';
import { useModel } from '../store-context.ts';

/** Runs by the expectations that they are of: made with the first look at them, they outlive each. */
const runs = new WeakMap<object, RunModel>();

export function useRun(): RunModel {
  const expectations = useModel('expectations');
  const { report, isWhole } = useModel('judgement');
  const { page } = useModel('shown');
  const { loggedOut } = useModel('pageMarks');
  const { rescan } = useModel('watch');
  const { say } = useModel('messages');
  const time = useModel('time');
  const known = runs.get(expectations);
  if (known) return known;
  const run = createRun({ ...expectations, report, isWhole, page, loggedOut, rescan, say, now: time.read });
  runs.set(expectations, run);
  return run;
}

/** A run over several pages: recorded while the user walks, and checked while they walk it again. */
export function Run() {
  const { steps, isRecording } = useRun();
  if (steps.value.length === 0 && !isRecording.value) return null;
  return (
    <section class="run" aria-label="Run">
      <RunActions />
      {isRecording.value ? <Recording /> : null}
      {steps.value.length > 0 ? (
        <ol>
          {steps.value.map((step, index) => (
            <StepLine key={JSON.stringify([index, step.name, step.open])} step={step} index={index} />
          ))}
        </ol>
      ) : null}
    </section>
  );
}

/** Begins a recording, or ends it. */
export function RecordRun() {
  const { steps, isRecording, record, stop } = useRun();
  if (isRecording.value) {
    return (
      <button type="button" class="primary" onClick={stop}>
        Stop recording
      </button>
    );
  }
  const title = 'Each page that you go to becomes a step';
  return (
    <button
      type="button"
      class="plain"
      title={steps.value.length > 0 ? `In place of the run that is here: ${title.toLowerCase()}` : title}
      onClick={record}
    >
      Record a run
    </button>
  );
}

function RunActions() {
  const { steps, isRecording, results } = useRun();
  const all = [...results.value.values()];
  const count = steps.value.length;
  return (
    <div class="actions">
      <p class="hint" role="status">
        {isRecording.value ? `Recording, ${stepWords(count)}` : count > 0 ? runWords(all, count) : ''}
      </p>
    </div>
  );
}

/** "3 steps walked, 1 of them failed". */
function runWords(walked: readonly WalkedStep[], count: number): string {
  if (walked.length === 0) return `A run of ${stepWords(count)}: walk them to check them`;
  const failed = walked.filter(({ held }) => held === false).length;
  const unknown = walked.filter(({ held }) => held === null).length;
  const outcome = failed > 0 ? `${failed} failed` : unknown > 0 ? `${unknown} not checked` : 'all held';
  return `${walked.length} of ${stepWords(count)} walked, ${outcome}`;
}

function stepWords(count: number): string {
  return count === 1 ? '1 step' : `${count} steps`;
}

/** What can be said of the walk while it is recorded. */
function Recording() {
  const { act, leftOut } = useRun();
  const [action, setAction] = useState('');
  return (
    <>
      <form
        class="actions"
        onSubmit={(event) => {
          event.preventDefault();
          act(action);
          setAction('');
        }}
      >
        <label>
          What you have just done{' '}
          <input
            value={action}
            placeholder="log out"
            maxLength={200}
            onInput={(event) => setAction(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="plain" disabled={action.trim() === ''}>
          Add action
        </button>
      </form>
      <p class="hint">
        Go through the pages as your test should. <i>Expect what I see</i> adds to the last step.{' '}
        {leftOut.value.length > 0
          ? `Not written down, as it could be a token: ${leftOut.value.map((one) => visible(masked(one))).join(', ')}.`
          : 'Parameters of addresses that could be tokens are not written down.'}
      </p>
    </>
  );
}

function StepLine({ step, index }: { step: Step; index: number }) {
  const { current, results, isRecording, done, rename, remove } = useRun();
  const { zone } = useModel('settings');
  const result = results.value.get(index);
  const { word, icon, kind } = outcomeOf(result, step, isRecording.value);
  const isCurrent = current.value === index;
  return (
    <li class={kind} aria-current={isCurrent ? 'step' : undefined}>
      <span class="outcome">
        <Icon name={icon} />
        <span>{word}</span>
      </span>
      <input
        aria-label={`Name of step ${index + 1}`}
        value={step.name}
        maxLength={300}
        spellcheck={false}
        onChange={(event) => {
          rename(index, event.currentTarget.value);
        }}
      />
      <button
        type="button"
        class="tool small"
        aria-label={`Remove ${visible(step.name)}`}
        title="Remove"
        onClick={() => remove(index)}
      >
        <Icon name="close" />
      </button>
      <p class="hint">
        {masked(step.open ?? step.action ?? '')}
        {result ? `, ${isCurrent ? 'since' : 'as of'} ${timeOfDay(result.at, zone.value)}` : ''}{' '}
        {step.action !== undefined && !isRecording.value ? (
          <button type="button" class="link" onClick={() => done(index)}>
            I have done it now
          </button>
        ) : null}
      </p>
      {isRecording.value ? <Expected of={step} /> : <Outcomes of={result} />}
    </li>
  );
}

function outcomeOf(result: WalkedStep | undefined, { expect }: Step, isRecording: boolean) {
  if (isRecording) return { word: 'Recorded', icon: 'info', kind: 'unchecked' } as const;
  if (!result) return { word: 'Not yet', icon: 'info', kind: 'unchecked' } as const;
  if (result.held === false) return { word: 'Failed', icon: 'error', kind: 'failed' } as const;
  if (result.held === null) return { word: 'Not checked', icon: 'info', kind: 'unchecked' } as const;
  return { word: expect.length > 0 ? 'Held' : 'Walked', icon: 'check', kind: 'held' } as const;
}

function Expected({ of: { expect } }: { of: Step }) {
  if (expect.length === 0) return null;
  return (
    <ul>
      {expect.map(({ name }) => (
        <li key={name}>{capitalised(masked(name))}</li>
      ))}
    </ul>
  );
}

/** What came of each expectation of a step, what failed first. */
function Outcomes({ of: result }: { of: WalkedStep | undefined }) {
  if (!result || result.results.length === 0) return null;
  const rank = ({ held }: { held: boolean | null }) => (held === false ? 0 : held === null ? 1 : 2);
  const sorted = [...result.results].sort((a, b) => rank(a) - rank(b));
  return (
    <ul>
      {sorted.map(({ name, held, says }) => (
        <li key={name} class={held === false ? 'failed' : held === null ? 'unchecked' : 'held'}>
          <Icon name={held === false ? 'error' : held === null ? 'info' : 'check'} />{' '}
          {held ? capitalised(masked(name)) : `${capitalised(masked(name))}: ${masked(says)}`}
        </li>
      ))}
    </ul>
  );
}
