import { presentIn } from '../expect/scope.ts';
import { byText, sortedTexts } from '../lock/canonical.ts';
import { roomWords } from '../lock/kind-differences.ts';
import type { LockedKind } from '../lock/lock-file.ts';
import { lockTokens } from '../lock/lock-tokens.ts';
import { lockedPlace } from '../lock/locked-place.ts';
import { isSamePattern } from '../lock/name-pattern.ts';
import { pairKinds } from '../lock/pair-kinds.ts';
import { placeWords } from '../lock/place-differences.ts';
import { isSameSpan, spanWords } from '../lock/span.ts';
import { type Privilege, privileges, type Role } from '../model/facts.ts';
import type { Report, Severity, Subject } from '../model/report.ts';
import { bySeverity } from '../model/severity-order.ts';
import type { Sighting, TokenUse } from '../model/token.ts';
import { clip } from '../text/sentence.ts';
import { readersOf } from '../words/place-words.ts';
import { grantOf } from '../words/privilege-words.ts';
import type { ReadSeat } from './seat.ts';
import { kindTitle } from './seat-words.ts';

/** In what two kinds differ. */
export type SeatPart =
  | 'role'
  | 'lives'
  | 'room'
  | 'tenant'
  | 'person'
  | 'places'
  | 'readers'
  | 'findings'
  | `privileges.${Privilege}`;

/** One kind of call token of a seat: tokens that differ in nothing but secrets, ids and times. */
export interface SeatCell {
  /** How many there are. */
  tokens: number;
  role: Role;
  /** The platform's own word for the role. */
  vendorRole: string | null;
  /** True granted, false denied, null = left to the platform; left out where the token does not speak of it. */
  privileges: Partial<Record<Privilege, boolean | null>>;
  /** How long one is valid, in words: "1 h", "for ever". */
  lives: string;
  /** The rooms it opens, in words. */
  room: string;
  tenant: string | null;
  /** What is said of who holds it, without a name: "an id and a name". */
  person: string;
  /** Where they lie now, once each. */
  places: readonly string[];
  /** Who can read them there; none where that is not told, as by a saved report. */
  readers: readonly string[];
  /** The worst findings first, each rule once. Muted ones are left out. */
  findings: readonly { rule: string; severity: Severity; title: string }[];
}

/** A kind of call token in one seat beside what comes nearest to it in the other. */
export interface SeatRow {
  /** "Daily call token" */
  title: string;
  platform: string | null;
  use: TokenUse;
  /** In the order of the seats; null where a seat has none. */
  cells: readonly [SeatCell | null, SeatCell | null];
  /** In what they differ; empty where only one seat has it. */
  differs: readonly SeatPart[];
}

/** Kinds that are compared of each seat at most. */
const mostKinds = 100;

/** The rows of two seats, kinds of both first. */
export function seatRows([a, b]: readonly [ReadSeat, ReadSeat]): { rows: SeatRow[]; unlisted: number } {
  const [here, there] = [kindsOf(a), kindsOf(b)];
  const pairs = pairsOf(here.slice(0, mostKinds), there.slice(0, mostKinds));
  const unlisted = [here, there].reduce((sum, { length }) => sum + Math.max(0, length - mostKinds), 0);
  return { rows: pairs.map(rowOf), unlisted };
}

/** A kind with the tokens that are of it. */
interface HeldKind {
  locked: LockedKind;
  subjects: Subject[];
}

function kindsOf({ tokens, report }: ReadSeat): HeldKind[] {
  const kinds = new Map<string, Subject[]>();
  for (const subject of tokens) {
    const key = keyOf(subject);
    const known = kinds.get(key);
    if (known) known.push(subject);
    else kinds.set(key, [subject]);
  }
  return [...kinds.values()].flatMap((subjects): HeldKind[] => {
    const [first] = subjects;
    const locked = first && lockedKind(first, report);
    return locked ? [{ locked, subjects }] : [];
  });
}

/** What is said of tokens of one kind: all that a row shows but where they are and what is wrong. */
function keyOf({ token, provider, facts, times }: Subject): string {
  const { use, role, vendorRole, room, roomScope, tenant, userId, displayName } = facts;
  const lives = times.lifetimeSeconds === null ? times.status : spanWords(times.lifetimeSeconds);
  const rights = privileges.map((name) => grantOf(facts, name)?.allowed);
  const told = [userId !== null, displayName !== null];
  return JSON.stringify([
    provider?.id,
    token.form,
    use,
    role,
    vendorRole,
    room,
    roomScope,
    tenant,
    lives,
    rights,
    told,
  ]);
}

function lockedKind(subject: Subject, report: Report): LockedKind | undefined {
  const there = { ...subject, sightings: presentIn(subject) };
  return lockTokens({ ...report, subjects: [there], findings: [], problems: [] }).kinds[0];
}

type Pair = [HeldKind | null, HeldKind | null];

/** Each kind once, beside what comes nearest to it. The same pairs whichever seat is first. */
function pairsOf(here: readonly HeldKind[], there: readonly HeldKind[]): Pair[] {
  const isTurned = textOf(here) > textOf(there);
  const [some, others] = isTurned ? [there, here] : [here, there];
  const left = new Map(inOrder(some).map((kind) => [kind.locked, kind]));
  const right = new Map(inOrder(others).map((kind) => [kind.locked, kind]));
  const pairs: [HeldKind, HeldKind][] = [];
  for (let found = true; found; ) {
    found = false;
    for (const [one, other] of pairKinds([...left.keys()], [...right.keys()]).pairs) {
      const [a, b] = [left.get(one), right.get(other)];
      if (!a || !b) continue;
      left.delete(one);
      right.delete(other);
      pairs.push([a, b]);
      found = true;
    }
  }
  const all: Pair[] = [
    ...pairs,
    ...[...left.values()].map((kind): Pair => [kind, null]),
    ...[...right.values()].map((kind): Pair => [null, kind]),
  ];
  return isTurned ? all.map(([one, other]): Pair => [other, one]) : all;
}

function inOrder(kinds: readonly HeldKind[]): HeldKind[] {
  return [...kinds].sort((a, b) => byText(a.locked, b.locked));
}

const textOf = (kinds: readonly HeldKind[]) => JSON.stringify(inOrder(kinds).map(({ locked }) => locked));

function rowOf([one, other]: Pair): SeatRow {
  const cells: SeatRow['cells'] = [one && cellOf(one), other && cellOf(other)];
  const kind = one ?? other;
  return {
    title: kind ? kindTitle(kind.locked) : '',
    platform: kind?.locked.platform ?? null,
    use: kind?.locked.use ?? 'unknown',
    cells,
    differs: one && other && cells[0] && cells[1] ? differencesOf(cells[0], cells[1]) : [],
  };
}

/** Longest name of a room, a tenant, a role or a finding, in characters. */
const longest = 100;
const clipped = (text: string | null) => (text === null ? null : clip(text, longest));

function cellOf({ locked, subjects }: HeldKind): SeatCell {
  const [first] = subjects;
  const sightings = subjects.flatMap(presentIn);
  const places = sightings.map((sighting) => placeWords(lockedPlace(sighting, 0, null)));
  const { room = null, tenant = null } = first?.facts ?? {};
  return {
    tokens: subjects.length,
    role: locked.role,
    vendorRole: clipped(first?.facts.vendorRole ?? null),
    privileges: Object.fromEntries(
      privileges.flatMap((name) => {
        const grant = first && grantOf(first.facts, name);
        return grant ? [[name, grant.allowed]] : [];
      }),
    ),
    lives: locked.lives,
    room: roomWords({ ...locked, ...(room !== null && { room: clip(room, longest) }) }),
    tenant: clipped(tenant),
    person: locked.person,
    places: sortedTexts(places),
    readers: readersIn(sightings),
    findings: worstFindings(subjects),
  };
}

/** Whoever can read any of these places, whatever the origin; none where one of them does not tell. */
function readersIn(sightings: readonly Sighting[]): string[] {
  const isTold = ({ place }: Sighting) =>
    place.traits.readableByScripts !== null || place.traits.sentToServers !== null;
  if (!sightings.every(isTold)) return [];
  return sortedTexts(sightings.flatMap(({ place }) => readersOf({ traits: place.traits, origin: null })));
}

function worstFindings(subjects: readonly Subject[]): SeatCell['findings'] {
  const all = subjects
    .flatMap(({ findings }) => findings)
    .filter(({ muted, under }) => !muted && under === undefined)
    .sort(bySeverity);
  const byRule = new Map(
    all
      .toReversed()
      .map(({ rule, severity, title }) => [rule, { rule: clip(rule, longest), severity, title: clip(title, longest) }]),
  );
  return [...byRule.values()].sort((a, b) => bySeverity(a, b) || (a.rule < b.rule ? -1 : 1));
}

function differencesOf(one: SeatCell, other: SeatCell): SeatPart[] {
  const plain = (['role', 'room', 'tenant', 'person'] as const).filter((part) => one[part] !== other[part]);
  const isRole = plain.includes('role') || one.vendorRole !== other.vendorRole;
  const rights = privileges.filter((name) => one.privileges[name] !== other.privileges[name]);
  // What is not told differs from nothing.
  const isReaders = one.readers.length > 0 && other.readers.length > 0 && !isSameList(one.readers, other.readers);
  const ruleIds = ({ findings }: SeatCell) => findings.map(({ rule, severity }) => `${rule} ${severity}`);
  return [
    ...(isRole ? (['role'] as const) : []),
    ...plain.filter((part) => part !== 'role'),
    ...rights.map((name) => `privileges.${name}` as const),
    ...(isSameSpan(one.lives, other.lives) ? [] : (['lives'] as const)),
    ...(isSamePlaces(one.places, other.places) ? [] : (['places'] as const)),
    ...(isReaders ? (['readers'] as const) : []),
    ...(isSameList(ruleIds(one), ruleIds(other)) ? [] : (['findings'] as const)),
  ];
}

function isSameList(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}

/** Names of keys may end in something random. */
function isSamePlaces(some: readonly string[], others: readonly string[]): boolean {
  const has = (list: readonly string[], place: string) => list.some((one) => isSamePattern(one, place));
  return some.every((one) => has(others, one)) && others.every((one) => has(some, one));
}
