import { doubtsOf, unreadSentences } from './seat-doubts.ts';
import { faultsOf } from './seat-faults.ts';
import { notesOf } from './seat-notes.ts';
import { rolesOf, seatsClause } from './seat-roles.ts';
import type { Seating } from './seating.ts';

/** What two seats are to one another. */
export interface SeatVerdict {
  /** `host-and-guest`: seats of one call, one a host's, the other a guest's. `other`: they are not. `untold`: it cannot be told. */
  outcome: 'host-and-guest' | 'other' | 'untold';
  /** Names of the host's and the guest's seat, as far as their tokens tell them apart. */
  host: string | null;
  guest: string | null;
  /** The whole in a sentence or two. */
  says: string;
  /** What else has to be known: further reasons, and what was not looked at. A sentence or two each. */
  also: readonly string[];
}

export interface VerdictOptions {
  /** Takes what was not read for what holds nothing. */
  allowUnread?: boolean;
}

/** What two seats are to one another, in plain sentences, with whatever keeps that from being sure. */
export function verdictOf(seating: Seating, { allowUnread = false }: VerdictOptions = {}): SeatVerdict {
  const { host, guest } = seating;
  const unread = unreadSentences(seating);
  const decisive = unread.filter(({ isDecisive }) => isDecisive && !allowUnread).map(({ says }) => says);
  const faults = faultsOf(seating, decisive.length > 0);
  const doubts = [...doubtsOf(seating), ...decisive];
  const roles = rolesOf(seating);
  const notes = [...notesOf(seating), ...unread.map(({ says }) => says)];
  const names = { host: host?.name ?? null, guest: guest?.name ?? null };
  if (faults.length > 0) return verdict('other', names, [...faults, ...roles, ...doubts, ...notes]);
  if (doubts.length > 0 || roles.length === 0) {
    const [doubt = 'It cannot be told which is the host’s.', ...more] = doubts;
    const says = host && guest ? `As far as can be told, ${seatsClause(host.name, guest.name)}. ${doubt}` : doubt;
    return verdict('untold', names, [says, ...more, ...roles, ...notes]);
  }
  return verdict('host-and-guest', names, [...roles, ...notes]);
}

function verdict(
  outcome: SeatVerdict['outcome'],
  names: Pick<SeatVerdict, 'host' | 'guest'>,
  [says = '', ...also]: readonly string[],
): SeatVerdict {
  return { outcome, ...names, says, also: [...new Set(also)].filter((one) => !says.includes(one)) };
}
