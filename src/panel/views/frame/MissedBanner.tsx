import { useState } from 'preact/hooks';
import { timeOfDay } from '../../words/show-time.ts';
import { Icon } from '../parts/Icon.tsx';
import { useModel } from '../store-context.ts';

/** Says that the page was there before devtools, so that its first requests are not known, and offers to load it again. */
export function MissedBanner() {
  const { missedBefore, reload, current } = useModel('page');
  const { zone } = useModel('settings');
  const [dismissed, setDismissed] = useState<string | null>(null);
  const before = missedBefore.value;
  const document = current.value?.documentId ?? current.value?.url ?? '';
  if (before === null || dismissed === document) return null;
  return (
    <section class="banner" aria-label="Requests not seen">
      <p>
        Devtools opened at {timeOfDay(before, zone.value)}: requests before that are not known, nor is what goes through
        connections opened earlier.
      </p>
      <div class="actions">
        <button type="button" class="plain" onClick={reload}>
          Reload the page
        </button>
        <button
          type="button"
          class="tool small"
          aria-label="Dismiss"
          title="Dismiss"
          onClick={() => setDismissed(document)}
        >
          <Icon name="close" />
        </button>
      </div>
    </section>
  );
}
