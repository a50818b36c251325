import type { Json } from '../text/json.ts';
import { isMark } from './expectation-file.ts';
import type { Bounds, Expectation, Match, Wanted } from './expectations.ts';
import type { Scope } from './scope.ts';

/** "host token of daily with room standup". */
export function tokenWords(match: Match, plural = false): string {
  const { role, provider, room, ...others } = match;
  const noun = plural ? 'tokens' : 'token';
  const parts = [
    role === undefined ? '' : `${wantedWords(role)} `,
    noun,
    provider === undefined ? '' : ` of ${wantedWords(provider)}`,
    room === undefined ? '' : ` for room ${wantedWords(room)}`,
    Object.keys(others).length === 0 ? '' : ` with ${haveWords(others)}`,
  ];
  return parts.join('');
}

export function haveWords(match: Match): string {
  return Object.entries(match)
    .map(([path, wanted]) => `${path} ${wantedWords(wanted)}`)
    .join(' and ');
}

/** " on https://call.example in source cookie"; nothing where any place will do. */
export function placeWords(where: Match = {}): string {
  return Object.entries(where)
    .map(([name, wanted]) => (name === 'origin' ? ` ${originWords(wanted)}` : ` in ${name} ${wantedWords(wanted)}`))
    .join('');
}

function originWords(wanted: Wanted): string {
  return wanted === null ? 'without an origin' : `on ${wantedWords(wanted)}`;
}

/** " on pages marked guest"; nothing where any page will do. */
export function pageWords(on: string | undefined): string {
  if (on === undefined) return '';
  return isMark(on) ? ` on pages marked ${on.slice(0, 80)}` : ` on pages like ${on}`;
}

/** What was not looked at: "nothing of https://call.example was looked at". */
export function unlookedWords(
  looked: Scope['looked'],
  { on, where }: Pick<Expectation, 'on' | 'where'>,
  patterns: readonly string[] | null,
): string {
  const place = `${placeWords(where).replace(/^ on /, ' of ')}${pageWords(on)}`;
  if (looked === 'partly') return `not all${place || ' that was looked at'} could be read`;
  if (looked === 'no-page' && patterns?.length === 0) return `no pages are marked ${(on ?? '').slice(0, 80)}`;
  if (looked === 'no-page') return `no page like ${some(patterns ?? [])} was looked at`;
  return `nothing${looked === 'no-place' ? place : ''} was looked at`;
}

/** "a or b or 3 more". */
function some(patterns: readonly string[]): string {
  const more = patterns.length - 3;
  return [...patterns.slice(0, 3), ...(more > 0 ? [`${more} more`] : [])].join(' or ');
}

function wantedWords(wanted: Wanted): string {
  if (Array.isArray(wanted)) return wanted.map(wantedWords).join(' or ');
  if (wanted === null || typeof wanted !== 'object') return valueWords(wanted);
  if ('not' in wanted) return `not ${wantedWords(wanted.not)}`;
  if ('like' in wanted) return `like ${wanted.like}`;
  const { min, max } = wanted;
  if (min === undefined) return `at most ${max}`;
  return max === undefined ? `at least ${min}` : `from ${min} to ${max}`;
}

/** "exactly 2 host tokens", "at least 1 token". */
export function countWords(count: number | Bounds, tokens: Match): string {
  const [number, last] =
    typeof count === 'number' ? [`exactly ${count}`, count] : [wantedWords(count), count.max ?? count.min];
  return `${number} ${tokenWords(tokens, last !== 1)}`;
}

export function valueWords(value: Json): string {
  if (value === null) return 'not stated';
  return typeof value === 'object' ? JSON.stringify(value).slice(0, 80) : String(value).slice(0, 80);
}
