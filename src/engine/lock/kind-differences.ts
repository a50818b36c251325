import type { Role, RoomScope } from '../model/facts.ts';
import { listed } from '../text/sentence.ts';
import type { LockedKind } from './lock-file.ts';
import { isSamePattern } from './name-pattern.ts';
import { isSameSpan } from './span.ts';

/** What of a token changed. */
export type ChangedPart =
  | 'role'
  | 'rights'
  | 'room'
  | 'person'
  | 'lifetime'
  | 'issuer'
  | 'form'
  | 'algorithm'
  | 'claims';

/** One difference, as it reads on from what the kind is called: "gained record", "lives 12 h, was 1 h". */
export interface Difference {
  part: ChangedPart;
  says: string;
}

/** In what a kind that is seen differs from a locked one, but for its places and findings. Patterns and rounded times count as what they stand for. */
export function kindDifferences(locked: LockedKind, seen: LockedKind): Difference[] {
  return [
    ...roleDifferences(locked, seen),
    ...rightDifferences(locked, seen),
    ...roomDifferences(locked, seen),
    ...told('person', 'is for', locked.person, seen.person),
    ...lifeDifferences(locked, seen),
    ...told('issuer', 'is of the tenant', locked.tenant, seen.tenant),
    ...told('issuer', 'is issued by', locked.issuer, seen.issuer),
    ...listDifferences('issuer', locked.audience, seen.audience, ['is now also meant for', 'is no longer meant for']),
    ...told('form', 'is', formWords(locked), formWords(seen)),
    ...told('algorithm', 'is signed with', locked.alg, seen.alg),
    ...listDifferences('claims', locked.header, seen.header, ['now has in its header', 'no longer has in its header']),
    ...listDifferences('claims', locked.claims, seen.claims, ['now carries', 'no longer carries']),
  ];
}

const roleNouns: Record<Role, string> = {
  host: 'host',
  participant: 'guest',
  viewer: 'viewer',
  server: 'server credential',
  unknown: 'token',
};

/** Who holds it, in a word. */
export const roleNoun = ({ role }: LockedKind) => roleNouns[role];

function roleDifferences(locked: LockedKind, seen: LockedKind): Difference[] {
  const words = ({ role }: LockedKind) => (role === 'unknown' ? 'of a role that is not told' : roleNouns[role]);
  if (locked.role !== seen.role) return [{ part: 'role', says: `is ${words(seen)}, was ${words(locked)}` }];
  return told('role', 'has the role', locked.vendorRole, seen.vendorRole);
}

function rightDifferences(locked: LockedKind, seen: LockedKind): Difference[] {
  const without = (some: readonly string[], ...others: (readonly string[])[]) =>
    some.filter((one) => !others.some((list) => list.includes(one)));
  const denied = without(seen.mayNot, locked.mayNot, locked.may);
  const undenied = without(locked.mayNot, seen.mayNot, seen.may);
  return [
    ...right('gained', without(seen.may, locked.may)),
    ...right('lost', without(locked.may, seen.may)),
    ...right('is now denied', denied),
    ...right('is no longer denied', undenied),
    ...listDifferences('rights', locked.scopes, seen.scopes, ['gained the scope', 'lost the scope']),
  ];
}

function right(verb: string, names: readonly string[]): Difference[] {
  return names.length === 0 ? [] : [{ part: 'rights', says: `${verb} ${listed(names)}` }];
}

/** The rooms that a kind opens, in words. */
export function roomWords({ rooms, room }: LockedKind): string {
  const scopes: Record<RoomScope, string> = {
    'one-room': room ?? 'a room',
    'some-rooms': room === undefined ? 'some rooms' : `rooms like ${room}`,
    'all-rooms': 'any room',
    'not-stated': room ?? 'a room that is not told',
  };
  return scopes[rooms];
}

function roomDifferences(locked: LockedKind, seen: LockedKind): Difference[] {
  if (locked.rooms === seen.rooms && isSame(locked.room, seen.room)) return [];
  return [{ part: 'room', says: `opens ${roomWords(seen)}, was ${roomWords(locked)}` }];
}

function lifeDifferences(locked: LockedKind, seen: LockedKind): Difference[] {
  const differences: Difference[] = [];
  if (!isSameSpan(locked.lives, seen.lives))
    differences.push({ part: 'lifetime', says: `lives ${seen.lives}, was ${locked.lives}` });
  const [before, now] = [locked.starts ?? 'at once', seen.starts ?? 'at once'];
  if (!isSameSpan(withoutWords(before), withoutWords(now)))
    differences.push({ part: 'lifetime', says: `is valid ${now}, was ${before}` });
  return differences;
}

const withoutWords = (starts: string) => starts.replace(' after it was issued', '');

function formWords({ form, product }: LockedKind): string {
  return product === undefined ? form : `${form} (${product})`;
}

function told(part: ChangedPart, verb: string, locked: string | undefined, seen: string | undefined): Difference[] {
  if (isSame(locked, seen)) return [];
  return [{ part, says: `${verb} ${seen ?? 'none that is told'}, was ${locked ?? 'none that is told'}` }];
}

const isSame = (locked: string | undefined, seen: string | undefined) =>
  locked === undefined || seen === undefined ? locked === seen : isSamePattern(locked, seen);

function listDifferences(
  part: ChangedPart,
  locked: readonly string[] = [],
  seen: readonly string[] = [],
  [gained, lost]: [string, string],
): Difference[] {
  const more = seen.filter((one) => !locked.some((other) => isSamePattern(other, one)));
  const less = locked.filter((one) => !seen.some((other) => isSamePattern(one, other)));
  return [
    ...(more.length > 0 ? [{ part, says: `${gained} ${few(more)}` }] : []),
    ...(less.length > 0 ? [{ part, says: `${lost} ${few(less)}` }] : []),
  ];
}

/** Names of which a line names at most. */
const mostNamed = 10;

/** Names in a line: all, or the first and how many more. */
export function few(names: readonly string[]): string {
  if (names.length <= mostNamed) return listed(names);
  return `${names.slice(0, mostNamed).join(', ')} and ${names.length - mostNamed} more`;
}
