import type { Token } from '../../../engine/model/token.ts';
import { isSearchable } from '../../../engine/weak-keys/search-key.ts';
import type { KeySearch } from '../../state/key-searches.ts';
import type { Row } from '../../state/row.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { Icon } from '../parts/Icon.tsx';
import { useModel } from '../store-context.ts';

/** Whether others can know the key of an HMAC signature: the names, samples and words that people use as keys are tried here. */
export function WeakKey({ row: { subject } }: { row: Row }) {
  const keySearches = useModel('keySearches');
  const shown = useModel('shown');
  const { report } = useModel('judgement');
  const { token } = subject;
  if (!isSearchable(token)) return null;
  const search = keySearches.searches.value.get(token.id);
  return (
    <section aria-label="A weak key">
      <h2>A weak key</h2>
      <p class="hint">
        Tries published and common secrets, and names from the token and the page. It runs here: nothing is sent or
        kept.
      </p>
      {search?.kind === 'running' ? (
        <p class="actions">
          <progress value={search.tried} max={Math.max(1, search.total)} aria-label="Looking for a weak key" />
          <button type="button" class="plain" onClick={() => keySearches.cancel(token.id)}>
            Cancel
          </button>
          <span class="hint">
            {count(search.tried)} tried, {count(search.perSecond)} guesses per second
          </span>
        </p>
      ) : (
        <p class="actions">
          <button
            type="button"
            class="plain"
            onClick={() => keySearches.start(subject, shown.page.value, report.value.subjects)}
          >
            Look for a weak key
          </button>
        </p>
      )}
      <div role="status">{search ? <Result search={search} token={token} /> : null}</div>
    </section>
  );
}

function Result({ search, token }: { search: KeySearch; token: Token }) {
  const { show } = useModel('selection');
  if (search.kind === 'running') return null;
  if (search.kind === 'failed') {
    return (
      <p class="verdict">
        <Icon name="error" /> <b>The search stopped unexpectedly.</b> Nothing is known of the key.
      </p>
    );
  }
  return (
    <>
      {search.kind === 'found' ? (
        <p class="verdict bad">
          <Icon name="error" /> <b>The key is weak.</b> It is {masked(search.key.says, secretsOf(token))}. Whoever knows
          it can make tokens that are accepted.{' '}
          <button type="button" class="link" onClick={() => show(token.id, 'findings')}>
            Show the finding
          </button>
        </p>
      ) : (
        <p class="verdict">
          <Icon name="info" /> <b>No weak key was found.</b> That does not make it strong: a longer search could still
          find it.
        </p>
      )}
      <p class="hint">{tally(search)}</p>
    </>
  );
}

function tally({ tried, perSecond }: { tried: number; perSecond: number }): string {
  return `${count(tried)} ${tried === 1 ? 'guess' : 'guesses'}, ${count(perSecond)} per second`;
}

const count = (number: number) => number.toLocaleString('en');
