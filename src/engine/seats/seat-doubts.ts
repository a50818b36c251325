import type { Subject } from '../model/report.ts';
import { anyOf, clip } from '../text/sentence.ts';
import type { ReadSeat } from './seat.ts';
import type { Seating } from './seating.ts';
import { openersOf, shareCall } from './shared-call.ts';

/** What keeps it from being told. */
export function doubtsOf(seating: Seating): string[] {
  const { first, second } = seating;
  const both = [first, second];
  const doubts = both.filter(({ kind }) => kind === 'none').map(noneSentence);
  if (both.every(({ kind }) => kind === 'unknown'))
    doubts.push(
      `It cannot be told which is the host’s: ${unknownClause([...first.tokens, ...second.tokens], 'neither seat’s token')}.`,
    );
  else doubts.push(...both.filter(({ kind }) => kind === 'unknown').map((seat) => unknownSentence(seat, seating)));
  const isCallAsked = both.every((seat) => openersOf(seat).length > 0);
  if (isCallAsked && callsOf(seating) === null)
    doubts.push(`Whether both are seats of one call cannot be told: ${untoldCall(seating)}.`);
  return doubts;
}

/** Whether the host's own token opens a call that is the guest's, too. */
function callsOf({ first, second, host, guest }: Seating): boolean | null {
  if (!host || !guest) return shareCall(openersOf(first), openersOf(second));
  const isHosts = ({ facts }: Subject) => facts.role === 'host';
  const whole = shareCall(openersOf(host), openersOf(guest));
  return shareCall(openersOf(host).filter(isHosts), openersOf(guest)) === true ? true : whole === false ? false : null;
}

function untoldCall(seating: Seating): string {
  const { first, second } = seating;
  const some = [first, second].filter((seat) =>
    openersOf(seat).every(({ facts }) => facts.room === null && facts.roomScope !== 'all-rooms'),
  );
  if (some.length === 2) return 'neither seat’s token names a room';
  if (some[0]) return `no token of ${some[0].name} names its room`;
  const untold = [first, second].find((seat) => openersOf(seat).every(({ facts }) => facts.tenant === null));
  if (untold) return `no token of ${untold.name} names its tenant`;
  return 'what their tokens say of rooms and tenants cannot be compared';
}

function noneSentence({ name, gone }: ReadSeat): string {
  const before =
    gone.length > 0
      ? `; ${gone.length === 1 ? 'one that was there is' : `${gone.length} that were there are`} gone`
      : '';
  return `${name} holds no call token${before}, so it cannot be told whose seat it is.`;
}

function unknownSentence(seat: ReadSeat, { first, second }: Seating): string {
  const other = seat === first ? second : first;
  const whose = other.kind === 'host' ? 'is a guest’s' : 'is the host’s';
  return `Whether ${seat.name} ${whose} cannot be told: ${unknownClause(seat.tokens, 'a token of it')}.`;
}

function unknownClause(tokens: readonly Subject[], subject: string): string {
  const open = tokens.filter(({ facts }) => facts.role === 'unknown');
  const words = [
    ...new Set(open.flatMap(({ facts }) => (facts.vendorRole === null ? [] : [clip(facts.vendorRole, 40)]))),
  ];
  if (words.length === 0) return `${subject} names ${subject.startsWith('neither') ? 'a' : 'no'} role`;
  return `what the role ${anyOf(words.slice(0, 4))} may do, the platform decides`;
}

/** What was not read of a seat. */
export interface Unread {
  says: string;
  /** Whether what lies there could change whose seats they are. */
  isDecisive: boolean;
}

export function unreadSentences({ first, second, host }: Seating): Unread[] {
  return [first, second].flatMap((seat) => {
    if (seat.unread.length === 0) return [];
    // Of the host's seat the host token was seen.
    return [{ says: `Not all of ${seat.name} was looked at. ${seat.unread.join(' ')}`, isDecisive: seat !== host }];
  });
}
