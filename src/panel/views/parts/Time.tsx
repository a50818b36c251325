import { dateTime, relative } from '../../words/show-time.ts';
import { useModel } from '../store-context.ts';

/** How far away a moment is, counting. Reads the clock by itself, so that nothing else is drawn again. */
export function Relative({ at }: { at: number }) {
  return <span class="relative">{relative(at, useModel('time').now.value)}</span>;
}

/** A moment in the zone chosen, and how far away it is; the other zone is in the tooltip. */
export function Moment({ at }: { at: number }) {
  const { zone } = useModel('settings');
  const other = zone.value === 'utc' ? 'local' : 'utc';
  return (
    <span class="moment">
      <time title={dateTime(at, other)}>{dateTime(at, zone.value)}</time> <Relative at={at} />
    </span>
  );
}
