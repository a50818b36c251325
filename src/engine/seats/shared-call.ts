import type { Subject } from '../model/report.ts';
import { isLike } from '../text/like.ts';
import type { ReadSeat } from './seat.ts';

/** Tokens of a seat that open calls; a server credential opens all of them. */
export function openersOf({ tokens }: ReadSeat): readonly Subject[] {
  return tokens.filter(({ facts }) => facts.role !== 'server');
}

/** Whether two tokens open one call; null where they do not tell. */
export function isOneCall(one: Subject, other: Subject): boolean | null {
  const [here, there] = [one.provider, other.provider];
  if (!here || !there) return null;
  if (here.id !== there.id) {
    const isSure = here.confidence === 'certain' && there.confidence === 'certain';
    // A platform may have two kinds of tokens for the same call, whose name nobody gives twice where it is long.
    const isRoomShared = one.facts.room === other.facts.room && (one.facts.room?.length ?? 0) >= 24;
    return isSure && !isRoomShared ? false : null;
  }
  return both(isOneTenant(one.facts.tenant, other.facts.tenant), isOneRoom(one, other));
}

/** Whether any token of one list opens a call that one of the other does, too; null where none tells and not all deny it. */
export function shareCall(some: readonly Subject[], others: readonly Subject[]): boolean | null {
  const [here, there] = [firstOfEach(some), firstOfEach(others)];
  let isDenied = [here, there].every(({ length }) => length > 0 && length < mostCalls);
  for (const one of here)
    for (const other of there) {
      const answer = isOneCall(one, other);
      if (answer) return true;
      if (answer === null) isDenied = false;
    }
  return isDenied ? false : null;
}

/** Of tokens for the same call one: there may be thousands. */
function firstOfEach(subjects: readonly Subject[]): Subject[] {
  const known = new Map<string, Subject>();
  for (const subject of subjects) {
    const { provider, facts } = subject;
    const key = JSON.stringify([provider?.id, provider?.confidence, facts.tenant, facts.roomScope, facts.room]);
    if (!known.has(key) && known.size < mostCalls) known.set(key, subject);
  }
  return [...known.values()];
}

/** Different calls that are compared of each seat at most. */
const mostCalls = 200;

function both(one: boolean | null, other: boolean | null): boolean | null {
  if (one === false || other === false) return false;
  return one === true && other === true ? true : null;
}

function isOneTenant(one: string | null, other: string | null): boolean | null {
  if (one === null && other === null) return true;
  if (one === null || other === null || one.includes('*') || other.includes('*')) return one === other ? true : null;
  return one === other;
}

function isOneRoom({ facts: one }: Subject, { facts: other }: Subject): boolean | null {
  if (one.roomScope === 'all-rooms' || other.roomScope === 'all-rooms') return true;
  if (one.room === null || other.room === null) return null;
  if (one.room === other.room) return true;
  if (one.roomScope === 'some-rooms' || other.roomScope === 'some-rooms')
    return isAmong(one.room, other.room) || isAmong(other.room, one.room) ? true : null;
  // Some servers take no notice of upper and lower case.
  return one.room.toLowerCase() === other.room.toLowerCase() ? null : false;
}

/** Whether a room is named in a list of rooms, or fits a pattern with `*`. */
function isAmong(room: string, rooms: string): boolean {
  return rooms
    .slice(0, 4000)
    .split(', ')
    .some((one) => one === room || (one.includes('*') && /[^*]/.test(one) && isLike(room, one)));
}
