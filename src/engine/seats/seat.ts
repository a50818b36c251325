import { sourceOf } from '../find/sources/index.ts';
import { isNote } from '../model/notes.ts';
import { goneSince } from '../model/presence.ts';
import type { Report, ReportInput, Subject } from '../model/report.ts';
import { clip } from '../text/sentence.ts';

/** What one person's browser holds at a call: a report of a page, or of recordings of it. */
export interface Seat {
  /** What the seat is called: the name of a file, or the user's own. */
  name: string;
  report: Report;
  /** What the report was made of, with what could not be read of each. */
  inputs?: readonly ReportInput[];
}

/** Whose seat it is by the tokens that are there: `server` holds a credential that belongs into no browser, `none` no call token. */
export type SeatKind = 'server' | 'host' | 'guest' | 'unknown' | 'none';

/** A seat as it is compared. */
export interface ReadSeat {
  name: string;
  report: Report;
  kind: SeatKind;
  /** Call tokens that are there. */
  tokens: readonly Subject[];
  /** Call tokens that were there. */
  gone: readonly Subject[];
  /** All other tokens that are there. */
  others: readonly Subject[];
  /** What was not looked at, a sentence each; none where everything was. */
  unread: readonly string[];
}

/** Longest name of a seat, in characters. */
const longestName = 60;

/** Both seats, with names that tell them apart. */
export function readSeats(a: Seat, b: Seat): [ReadSeat, ReadSeat] {
  const [one, other] = [nameOf(a, 'the first seat'), nameOf(b, 'the second seat')];
  const isSame = one === other;
  return [readSeat(a, isSame ? `${one} (1)` : one), readSeat(b, isSame ? `${other} (2)` : other)];
}

function nameOf({ name }: Seat, otherwise: string): string {
  return clip(name.replace(/\s+/g, ' ').trim(), longestName) || otherwise;
}

function readSeat(seat: Seat, name: string): ReadSeat {
  const { report } = seat;
  const isThere = (subject: Subject) => goneSince(subject) === null;
  const calls = report.subjects.filter(isCallToken);
  const tokens = calls.filter(isThere);
  return {
    name,
    report,
    kind: kindOf(tokens),
    tokens,
    gone: calls.filter((subject) => !isThere(subject)),
    others: report.subjects.filter((subject) => !isCallToken(subject) && isThere(subject)),
    unread: unreadOf(seat),
  };
}

/** What opens a call, or makes tokens that do. */
function isCallToken({ facts }: Subject): boolean {
  return facts.use === 'video-join' || facts.role === 'host' || facts.role === 'server';
}

function kindOf(tokens: readonly Subject[]): SeatKind {
  const has = (role: Subject['facts']['role']) => tokens.some(({ facts }) => facts.role === role);
  if (has('server')) return 'server';
  if (has('host')) return 'host';
  if (has('unknown')) return 'unknown';
  return tokens.length > 0 ? 'guest' : 'none';
}

/** Things that are named of what was not looked at; the rest is counted. */
const mostNamed = 3;

function unreadOf({ report, inputs = [] }: Seat): string[] {
  const { lookedAt } = report;
  const isLookedAt = report.subjects.length > 0 || (lookedAt?.some(({ isAddress }) => !isAddress) ?? false);
  if (!isLookedAt) return ['Nothing was looked at.'];
  const problems = [...report.problems, ...inputs.flatMap((input) => input.problems)].filter((one) => !isNote(one));
  const messages = problems.map(({ message, subject }) => sentenceOf(message, subject));
  const broken = inputs
    .filter(({ readable }) => !readable)
    .map(({ name }) => `${clip(name) || 'An input'} could not be read.`);
  const parts = (lookedAt ?? [])
    .filter(({ isPartial }) => isPartial)
    .map(
      ({ source, origin }) =>
        `${sourceOf(source)?.name ?? 'A place'}${origin === null ? '' : ` of ${origin}`} was read in part.`,
    );
  const all = [...new Set([...broken, ...messages, ...parts])];
  const rest = all.length - mostNamed;
  return [
    ...(lookedAt === undefined || lookedAt.length === 0 ? ['Where was looked is not told.'] : []),
    ...all.slice(0, mostNamed),
    ...(rest > 0 ? [`${rest} more ${rest === 1 ? 'thing was' : 'things were'} not read whole.`] : []),
  ];
}

function sentenceOf(message: string, subject: string | undefined): string {
  const words = message.trim() || 'Something could not be read';
  const whole = /[.!?…]$/.test(words) ? words : `${words}.`;
  return subject === undefined ? clip(whole, 300) : `${clip(whole.slice(0, -1), 250)} (${clip(subject)}).`;
}
