import { checkExpectations } from '../expect/check-expectations.ts';
import { findingsAccepted } from '../expect/expect-what-is-seen.ts';
import type { Expectation, Expectations, Match, Wanted } from '../expect/expectations.ts';
import { isPageLike } from '../expect/page-patterns.ts';
import { createScopes } from '../expect/scope.ts';
import { matches } from '../expect/wanted.ts';
import { addressPattern, namePattern } from '../lock/name-pattern.ts';
import { placesSeen, withoutQuery } from '../model/looked-at.ts';
import type { Finding, Subject } from '../model/report.ts';
import { bySeverity } from '../model/severity-order.ts';
import { type ReadSeat, readSeats, type Seat } from './seat.ts';
import { mayWith, powers } from './seat-rights.ts';
import { verdictOf } from './seat-verdict.ts';
import { type Seating, seatingOf } from './seating.ts';

/** What is expected of two seats from then on. */
export interface SeatExpectations {
  file: Expectations;
  /** Findings of medium severity or worse that would count as right: to be asked about before the file is taken over. */
  accepted: readonly Finding[];
}

/** Why two seats make no expectations, in a sentence. */
export class SeatsError extends Error {}

/**
 * Expectations that hold for two seats as they are, and fail when one holds what the other should: how many call tokens of each kind, on
 * the guest's none of a host, and no power that the guest's have not. Each seat's speak of the addresses of its pages, as patterns, or
 * where no page is known, of its file. Throws `SeatsError` where the seats are not what is to be expected, or cannot be told apart.
 */
export function expectationsOfSeats(a: Seat, b: Seat): SeatExpectations {
  const seats = readSeats(a, b);
  const seating = seatingOf(seats);
  const { outcome, says } = verdictOf(seating, { allowUnread: true });
  if (outcome === 'other' || seats.some(({ kind }) => kind === 'none')) throw new SeatsError(says);
  const scopes = scopesOf(seats, seating);
  const expect = seats.flatMap((seat, index) => {
    const scope = scopes[index];
    return scope ? expectationsOf(seat, scope, seating) : [];
  });
  if (holdsTurned(seats, scopes, expect))
    throw new SeatsError(
      'The tokens of both seats are alike, so that whatever is expected of one holds for the other.',
    );
  return {
    file: fileOf(scopes, expect),
    accepted: seats.flatMap(({ report }) => findingsAccepted(report)).sort(bySeverity),
  };
}

/** Whether all that is expected of each seat holds for the other, too. */
function holdsTurned(
  seats: readonly [ReadSeat, ReadSeat],
  scopes: readonly [SeatScope, SeatScope],
  expect: readonly Expectation[],
): boolean {
  return [0, 1].every((index) => {
    const [own, other, seat] = [scopes[index], scopes[1 - index], seats[1 - index]];
    if (!own || !other || !seat) return true;
    const turned = expect.filter((one) => isOf(one, own)).map((one) => ({ ...one, ...other.scope }));
    return checkExpectations(seat.report, fileOf([other], turned)).every(({ held }) => held === true);
  });
}

const isOf = ({ on, where }: Expectation, { scope }: SeatScope) => on === scope.on && where === scope.where;

function fileOf(scopes: readonly SeatScope[], expect: readonly Expectation[]): Expectations {
  const marked = scopes.flatMap(({ mark, patterns }) => (patterns ? [[mark, patterns] as const] : []));
  return { ...(marked.length > 0 && { pages: Object.fromEntries(marked) }), expect: [...expect] };
}

/** What tells a seat from the other, in a report of both. */
interface SeatScope {
  /** What the seat is called in names of expectations, and the mark of its pages. */
  mark: string;
  /** Addresses of its pages; null where it is told by its files. */
  patterns: string[] | null;
  scope: Pick<Expectation, 'on' | 'where'>;
}

function scopesOf(seats: readonly [ReadSeat, ReadSeat], { host, guest }: Seating): [SeatScope, SeatScope] {
  const names = seats.map((seat, index) =>
    seat === host ? 'host' : seat === guest ? 'guest' : markOf(seat.name) || `seat ${index + 1}`,
  );
  const [one = 'seat 1', other = 'seat 2'] = names[0] === names[1] ? ['seat 1', 'seat 2'] : names;
  const [here, there] = [pagesOf(seats[0]), pagesOf(seats[1])];
  const isApart =
    here.patterns.length > 0 &&
    there.patterns.length > 0 &&
    !here.pages.some((page) => there.patterns.some((pattern) => isPageLike(page, pattern))) &&
    !there.pages.some((page) => here.patterns.some((pattern) => isPageLike(page, pattern)));
  if (isApart)
    return [
      { mark: one, patterns: here.patterns, scope: { on: one } },
      { mark: other, patterns: there.patterns, scope: { on: other } },
    ];
  const [files, otherFiles] = [filesOf(seats[0]), filesOf(seats[1])];
  const isByFile = files.length > 0 && otherFiles.length > 0 && !files.some((file) => otherFiles.includes(file));
  if (isByFile)
    return [
      { mark: one, patterns: null, scope: { where: { input: wantedFiles(files, otherFiles) } } },
      { mark: other, patterns: null, scope: { where: { input: wantedFiles(otherFiles, files) } } },
    ];
  const [page] = here.patterns;
  throw new SeatsError(
    page === undefined || there.patterns.length === 0
      ? `The page of ${page === undefined ? seats[0].name : seats[1].name} is not known, so that no expectation can speak of one seat alone.`
      : `Both seats are at ${page}, so that no expectation can speak of one alone.`,
  );
}

/** A name without what no mark may have. */
function markOf(name: string): string {
  return name.replace(/[*:/\s]+/g, ' ').trim();
}

/** Patterns of pages that a file lists at most. */
const mostPages = 20;

/** Pages that are looked at one by one at most. */
const mostAsked = 200;

/** Pages in which the call tokens of a seat lie, and their addresses as patterns: without query, and without what varies from run to run. */
function pagesOf({ report, tokens }: ReadSeat): { pages: string[]; patterns: string[] } {
  const looked = report.lookedAt ?? placesSeen(tokens);
  const all = [...new Set(looked.flatMap(({ page }) => (page === null ? [] : [withoutQuery(page)])))];
  const scopeOf = createScopes({ ...report, subjects: [...tokens] });
  const pages = all.slice(0, mostAsked).filter((page) => scopeOf({}, [page]).tokens.length > 0);
  const patterns = [...new Set(pages.map(patternOf))];
  const isTold = patterns.length <= mostPages && pages.every((page) => patterns.some((one) => isPageLike(page, one)));
  return { pages, patterns: isTold ? patterns.filter((one) => /^[a-z][a-z\d+.-]*:/i.test(one)) : [] };
}

/** What an address may have in another spelling than its pattern (spaces, letters beyond ASCII, `?`, `#`, `%`) is a `*`. */
function patternOf(page: string): string {
  return addressPattern(page).replace(/[^\x21\x22\x24\x26-\x3e\x40-\x7e]+/g, '*');
}

function filesOf({ report, tokens }: ReadSeat): string[] {
  const looked = report.lookedAt ?? placesSeen(tokens);
  return [...new Set(looked.flatMap(({ input }) => (input === undefined ? [] : [input])))].slice(0, mostPages);
}

/** Files by their names, in whatever folder; by their whole names where the other seat has one called so, too. */
function wantedFiles(files: readonly string[], others: readonly string[]): Wanted {
  const base = (file: string) => file.split('/').at(-1) ?? file;
  const isAlone = !files.some((file) => others.map(base).includes(base(file)));
  return files.flatMap((file): Wanted[] => (isAlone ? [{ like: base(file) }, { like: `*/${base(file)}` }] : [file]));
}

/** What holds for a seat as it is. Throws where its guest's part does not, as of what was read in part nothing can be said. */
function expectationsOf(seat: ReadSeat, own: SeatScope, { guest }: Seating): Expectation[] {
  const { report, tokens, name } = seat;
  const { mark, scope, patterns } = own;
  const place = patterns === null ? `in ${name}` : `on pages marked ${mark}`;
  const scoped = createScopes(report)(scope, patterns).tokens.map(({ subject }) => subject);
  const counts = matchesOf(scoped.filter((subject) => tokens.includes(subject))).map((kind): Expectation => {
    const count = scoped.filter((subject) => matches(subject, kind)).length;
    return { name: `${count} ${kindWords(kind)}${count === 1 ? '' : 's'} ${place}`, ...scope, count, tokens: kind };
  });
  const expect = seat === guest ? [...counts, ...guestExpectations(seat, place, scope)] : counts;
  const failed = checkExpectations(report, fileOf([own], expect)).find(({ held }) => held !== true);
  if (failed) throw new SeatsError(`“${failed.name}” would not hold for ${name}: ${failed.says}`);
  return expect;
}

function guestExpectations({ tokens }: ReadSeat, place: string, scope: SeatScope['scope']): Expectation[] {
  const denied = powers.filter((privilege) => mayWith(tokens, privilege) !== true);
  const have = Object.fromEntries(denied.map((privilege) => [`privileges.${privilege}`, [false, null]]));
  return [
    { name: `no host token ${place}`, ...scope, none: { role: ['host', 'server'] } },
    ...(denied.length > 0
      ? [{ name: `no power of a host ${place}`, ...scope, every: { use: 'video-join' }, have }]
      : []),
  ];
}

/** What call tokens of a platform have in common, each once; rooms as patterns. */
function matchesOf(tokens: readonly Subject[]): Match[] {
  const kinds = new Map<string, Match>();
  for (const { provider, facts } of tokens) {
    if (!provider) continue;
    const room = roomOf(facts.room);
    const match: Match = {
      provider: provider.id,
      use: facts.use,
      role: facts.role,
      ...(room !== undefined && { room }),
    };
    kinds.set(JSON.stringify(match), match);
  }
  return [...kinds.values()];
}

/** The name of a room, or its pattern; undefined for one that is random as a whole. */
function roomOf(room: string | null): Wanted | undefined {
  if (room === null) return null;
  const pattern = namePattern(room);
  if (!pattern.includes('*')) return room;
  return /[^*]{3}/.test(pattern) ? { like: pattern } : undefined;
}

function kindWords({ provider, role, room }: Match): string {
  const name = role === 'participant' ? 'guest' : role === 'unknown' ? 'call' : role;
  const where = typeof room === 'string' ? ` for ${room}` : '';
  return `${String(provider)} ${String(name)} token${where}`;
}
