import { isUnread } from '../../../engine/contain.ts';
import type { Row } from '../../state/row.ts';
import { capitalised } from '../../words/capitalised.ts';
import { goneTokenWords } from '../../words/place-words.ts';
import { duration, timeOfDay } from '../../words/show-time.ts';
import { useModel } from '../store-context.ts';

/** Whether a token can be used now, counting. A token that is gone says so first. */
export function Status({ row: { subject, goneAt } }: { row: Row }) {
  const { now } = useModel('time');
  const { status, expiresAt, notBefore, notSeconds } = subject.times;
  // That the page went on with another is inferred, not seen.
  if (goneAt !== null) {
    const isFollowed = subject.followed?.at === goneAt;
    return <Gone word={isFollowed ? 'Followed' : capitalised(goneTokenWords(subject))} at={goneAt} />;
  }
  const { problem } = subject.token;
  if (problem) return <span class="status damaged">{isUnread(problem) ? 'Not read' : 'Damaged'}</span>;
  if (status === 'never-expires') {
    return (
      <span class="status endless">
        Never<span class="finest"> expires</span>
      </span>
    );
  }
  if (status === 'expired' && expiresAt !== null) {
    return (
      <span class="status expired">
        Expired
        <span class="finest">
          {' '}
          <Span until={expiresAt} />
          <span class="finer"> ago</span>
        </span>
      </span>
    );
  }
  if (status === 'not-yet-valid' && notBefore !== null) {
    return (
      <span class="status early">
        <span class="finest">Valid </span>in <Span until={notBefore} />
      </span>
    );
  }
  if (status === 'active' && expiresAt !== null) {
    // Verifiers forgive a minute, and so does the report; the clock on the wall does not.
    if (now.value >= expiresAt) return <span class="status expired">Just expired</span>;
    return (
      <span class="status valid">
        <Span until={expiresAt} />
        <span class="finest"> left</span>
      </span>
    );
  }
  if (subject.times.endsWith) {
    return (
      <span class="status muted" title={`It ends with ${subject.times.endsWith}.`}>
        No time
      </span>
    );
  }
  const misread = notSeconds?.find(({ says }) => says !== 'issued');
  return <span class="status muted">{misread ? `In ${misread.unit}` : 'Not known'}</span>;
}

function Gone({ word, at }: { word: string; at: number }) {
  const { zone } = useModel('settings');
  return (
    <span class="status gone">
      {word}
      <span class="finest">
        <span class="finer"> since</span> {timeOfDay(at, zone.value)}
      </span>
    </span>
  );
}

/** The time between now and a moment; where room is short, only its greater unit is shown. */
function Span({ until }: { until: number }) {
  const [, count, rest] = /^((?:over )?\S+ \S+) ?(.*)$/.exec(duration(until - useModel('time').now.value)) ?? [];
  return (
    <>
      {count}
      {rest ? <span class="finer"> {rest}</span> : null}
    </>
  );
}
