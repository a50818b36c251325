import { capitalised } from '../../words/capitalised.ts';
import { masked } from '../../words/masked.ts';
import { Icon } from '../parts/Icon.tsx';
import { useModel } from '../store-context.ts';

/** Lines that are drawn at most; the rest is counted. */
const mostLines = 200;

/** What is not as a lock file says, where one is open. */
export function LockChanges() {
  const { name, changes, accept, close } = useModel('lock');
  if (name.value === null) return null;
  const all = changes.value;
  const shown = all?.slice(0, mostLines) ?? [];
  return (
    <section class="lock" aria-label="Lock file">
      <div class="actions">
        <strong>{masked(name.value)}</strong>
        <p class={all !== null && all.length > 0 ? 'changed' : 'hint'} role="status">
          {statusWords(all?.length ?? null)}
        </p>
        <button type="button" class="plain" disabled={all === null || all.length === 0} onClick={() => void accept()}>
          Accept and save
        </button>
        <button type="button" class="tool small" aria-label="Close the lock file" title="Close" onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      {shown.length > 0 ? (
        <ul>
          {shown.map(({ says }) => (
            <li key={says}>{capitalised(masked(says))}</li>
          ))}
        </ul>
      ) : null}
      {all !== null && all.length > mostLines ? <p class="hint">And {all.length - mostLines} more.</p> : null}
    </section>
  );
}

function statusWords(count: number | null): string {
  if (count === null) return 'Waiting until all tokens are judged …';
  if (count === 0) return 'As locked';
  return count === 1 ? '1 change' : `${count} changes`;
}
