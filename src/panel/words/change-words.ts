import type { Subject } from '../../engine/model/report.ts';
import type { Json } from '../../engine/text/json.ts';
import { type ClaimChange, claimChanges } from './claim-changes.ts';
import { masked, secretsOf } from './masked.ts';
import { dateTime, type TimeZone, timeOfDay } from './show-time.ts';
import { cut } from './visible.ts';

/** A change as it is read. */
export interface WrittenChange {
  /** `exp`, `header.kid`. */
  name: string;
  /** Times as times; null where it is not there. */
  before: string | null;
  after: string | null;
}

/** What differs between a token and the one that took its place, times first: they are what a renewal is for. */
export function writtenChanges(before: Subject, after: Subject, zone: TimeZone): WrittenChange[] {
  const changes = claimChanges(before.token, after.token);
  const isTime = ({ before: old, after: new_ }: ClaimChange) => isTimeOf(before, old) || isTimeOf(after, new_);
  const inOrder = [...changes.filter(isTime), ...changes.filter((change) => !isTime(change))];
  return inOrder.map(({ path, before: old, after: new_ }) => ({
    name: cut(masked(path.replace(/^claims\./, '')), 200).text,
    before: written(before, old, zone),
    after: written(after, new_, zone),
  }));
}

/** The same in one line: `exp 12:10:00 → 12:20:00, jti differs`. */
export function changesInLine(changes: readonly WrittenChange[]): string {
  if (changes.length === 0) return 'nothing but its signature differs';
  const shown = changes.slice(0, mostInLine).map(({ name, before, after }) => {
    if (before === null) return `${name} added`;
    if (after === null) return `${name} removed`;
    const isShort = before.length <= longestInLine && after.length <= longestInLine;
    return isShort ? `${name} ${sameDay(before, after)} → ${sameDay(after, before)}` : `${name} differs`;
  });
  const rest = changes.length - shown.length;
  return [...shown, ...(rest > 0 ? [`${rest} more differ`] : [])].join(', ');
}

/** Changes told in a line, and characters of a value that is told there. */
const mostInLine = 12;
const longestInLine = 32;

/** A claim is a time where it holds one that was read from it. */
function isTimeOf({ times }: Subject, value: Json | undefined): value is number {
  return typeof value === 'number' && [times.expiresAt, times.notBefore, times.issuedAt].includes(value);
}

function written(subject: Subject, value: Json | undefined, zone: TimeZone): string | null {
  if (value === undefined) return null;
  if (isTimeOf(subject, value)) return dateTime(value, zone);
  return cut(masked(JSON.stringify(value), secretsOf(subject.token)), 300).text;
}

/** A time without its day where the other is of the same. */
function sameDay(time: string, other: string): string {
  const [, day, clock] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) \S+$/.exec(time) ?? [];
  return day !== undefined && clock !== undefined && other.startsWith(`${day} `) ? clock : time;
}

/** From when until when a version was there: `12:00:10–12:00:20`. */
export function span(from: number | null, until: number | null, zone: TimeZone): string {
  return [from, until].map((at) => (at === null ? 'an unknown time' : timeOfDay(at, zone))).join(' – ');
}
