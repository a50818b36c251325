import type { AsOf } from '../../state/time.ts';
import { dateTime, duration } from '../../words/show-time.ts';
import { useModel } from '../store-context.ts';

/** As of when everything is judged: moved forward, it shows what will have expired by then. */
export function AsOfSelect() {
  const { asOf, choices, choose } = useModel('time');
  return (
    <label class="as-of">
      <span>As of</span>
      <select
        value={String(asOf.value)}
        disabled={choices.value.length < 2}
        title="The moment as of which tokens are judged: later, to see what will have expired by then"
        onChange={({ currentTarget: { value } }) => choose(value === 'recorded' ? value : Number(value))}
      >
        {choices.value.map((choice) => (
          <option key={choice} value={String(choice)}>
            {wordsOf(choice)}
          </option>
        ))}
      </select>
    </label>
  );
}

function wordsOf(choice: AsOf): string {
  if (choice === 'recorded') return 'the recording';
  return choice === 0 ? 'now' : `in ${duration(choice)}`;
}

/** Says that the page is judged as of another moment than now, and leads back. */
export function AsOfBanner() {
  const { now, ahead, choose } = useModel('time');
  const { zone } = useModel('settings');
  if (ahead.value === 0) return null;
  return (
    <section class="banner" aria-label="As of">
      <p>
        Judged as of {dateTime(now.value, zone.value)}, in {duration(ahead.value)}: as if nothing else changed until
        then.
      </p>
      <div class="actions">
        <button type="button" class="plain" onClick={() => choose(0)}>
          Judge it now
        </button>
      </div>
    </section>
  );
}
