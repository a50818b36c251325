import type { Draft } from '../../../state/expectation-draft.ts';
import { capitalised } from '../../../words/capitalised.ts';
import { masked } from '../../../words/masked.ts';
import { Icon } from '../../parts/Icon.tsx';

/** What comes of the draft on what is on screen now. */
export function DraftResult({ draft }: { draft: Draft }) {
  const results = draft.results.value;
  if (results === null) return <p class="result hint">What comes of it is told once it has no mistake.</p>;
  if (draft.of === 'whole') return <Counts results={results} />;
  const { held = null, says = '', found = '' } = results[0] ?? {};
  return (
    <p class={`result ${classes.get(held) ?? ''}`}>
      <span class="outcome" role="status">
        <Icon name={held === false ? 'error' : held === null ? 'info' : 'check'} />
        <span>{words.get(held)}</span>
      </span>{' '}
      <span>{capitalised(masked(held === null && found !== '' ? `${found}.` : says))}</span>
    </p>
  );
}

const classes = new Map<boolean | null, string>([
  [true, 'held'],
  [false, 'failed'],
  [null, 'unchecked'],
]);
const words = new Map<boolean | null, string>([
  [true, 'Holds now'],
  [false, 'Fails now'],
  [null, 'Not checked'],
]);

function Counts({ results }: { results: readonly { held: boolean | null }[] }) {
  const count = (wanted: boolean | null) => results.filter(({ held }) => held === wanted).length;
  const parts = [
    [count(true), 'held'],
    [count(false), 'failed'],
    [count(null), 'not checked'],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return (
    <p class="result" role="status">
      On what is on screen: {told.join(', ') || 'nothing is expected'}.
    </p>
  );
}
