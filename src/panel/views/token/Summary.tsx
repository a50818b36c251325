import { mayStillLie } from '../../../engine/model/presence.ts';
import type { Subject } from '../../../engine/model/report.ts';
import type { Row } from '../../state/row.ts';
import { timeOfDay } from '../../words/show-time.ts';
import { identityOf, platformOf, roleWords, roomOf, useWords } from '../../words/token-words.ts';
import { Relative } from '../parts/Time.tsx';
import { useModel } from '../store-context.ts';

/** One or two sentences: who may enter what, as what, until when. */
export function Summary({ row: { subject, goneAt } }: { row: Row }) {
  const { facts, times, token } = subject;
  const until = goneAt === null ? <Until times={times} /> : <Gone at={goneAt} isOutOfSight={mayStillLie(subject)} />;
  const who = identityOf(subject);
  const room = roomOf(subject);
  const holder = who ? <b class="untrusted">{who}</b> : 'Whoever holds it';
  if (facts.use === 'video-join') {
    const where =
      room === null ? (
        'a room it does not name'
      ) : facts.roomScope === 'all-rooms' ? (
        'any room'
      ) : (
        <b class="untrusted">{room}</b>
      );
    return (
      <>
        {holder} {goneAt === null ? 'may' : 'could'} join {where} on {platformOf(subject)}
        {facts.role === 'unknown' ? '' : ` as a ${roleWords[facts.role].toLowerCase()}`}
        {until}
      </>
    );
  }
  if (facts.role === 'server') {
    return (
      <>
        A credential for servers of {platformOf(subject)}. It should never be in a browser
        {goneAt === null ? '.' : until}
      </>
    );
  }
  if (token.problem) return <>A token that cannot be read completely{goneAt === null ? '.' : until}</>;
  return (
    <>
      {platformOf(subject)}
      {facts.use === 'unknown' ? ', purpose not known' : `, for ${useWords[facts.use]}`}
      {who ? <>, of {holder}</> : null}
      {until}
    </>
  );
}

/** What is gone is spoken of in the past, whenever it would have ended. */
function Gone({ at, isOutOfSight }: { at: number; isOutOfSight: boolean }) {
  const { zone } = useModel('settings');
  return (
    <>
      . It is {isOutOfSight ? 'out of sight' : 'gone'} since {timeOfDay(at, zone.value)}
      {isOutOfSight ? ', and may still lie where no document was left to read it' : ''}.
    </>
  );
}

function Until({ times: { status, expiresAt, notBefore, endsWith, notSeconds } }: Pick<Subject, 'times'>) {
  if (status === 'never-expires') return <>, for ever: it never expires.</>;
  if (endsWith) return <>. It ends with {endsWith}.</>;
  if (status === 'expired' && expiresAt !== null) {
    return (
      <>
        . It expired <Relative at={expiresAt} />.
      </>
    );
  }
  if (status === 'not-yet-valid' && notBefore !== null) {
    return (
      <>
        . It becomes valid <Relative at={notBefore} />.
      </>
    );
  }
  if (status === 'active' && expiresAt !== null) {
    return (
      <>
        . It expires <Relative at={expiresAt} />.
      </>
    );
  }
  const misread = notSeconds?.find(({ says }) => says !== 'issued');
  if (misread) {
    return <>{`. When it ${misread.says === 'ends' ? 'ends' : 'begins'} is not known: that is in ${misread.unit}.`}</>;
  }
  return <>.</>;
}
