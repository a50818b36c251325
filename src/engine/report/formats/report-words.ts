import { inferred, stepWords, tellsMore } from '../../journey/journey-words.ts';
import type { MisreadTime } from '../../model/facts.ts';
import { type Platform, severities } from '../../model/report.ts';
import { isCalendarTime } from '../../text/calendar-time.ts';
import { urlFrom } from '../../text/hosts.ts';
import { repeatWords } from '../../text/repeat-words.ts';
import { anyOf } from '../../text/sentence.ts';
import { inWords, isoUtc } from '../../text/time-words.ts';
import { goneWords } from '../../words/place-words.ts';
import type { DocumentExpectation, DocumentToken, FormatOptions, ReportDocument } from '../report-document.ts';

/** Words that every readable format says alike. */

/** "Daily, meeting token, room standup, host (owner)". */
export function headline({ provider, form, facts }: DocumentToken): string {
  const role = facts.role === 'unknown' ? null : facts.role;
  const vendorRole = facts.vendorRole && facts.vendorRole !== role ? ` (${facts.vendorRole})` : '';
  return [
    provider
      ? `${provider.name}${provider.confidence === 'certain' ? '' : `, ${provider.confidence}`}${otherNames(provider)}`
      : `${form} token`,
    facts.product,
    facts.room === null ? roomScopes[facts.roomScope] : `room ${facts.room}`,
    role && `${role}${vendorRole}`,
  ]
    .filter((word) => word !== null && word !== '')
    .join(', ');
}

/** " (could be Galene or OpenID Connect)"; nothing where it could be no other. */
function otherNames({ others = [] }: Platform): string {
  const names = others.map(({ name }) => name);
  return names.length === 0 ? '' : ` (could be ${anyOf(names)})`;
}

const roomScopes = { 'one-room': null, 'some-rooms': 'some rooms', 'all-rooms': 'all rooms', 'not-stated': null };

/** One token among others, as the panel calls it: `Daily · standup · Ada`. */
export function shortTitle({ provider, form, facts }: DocumentToken): string {
  const room = facts.room ?? (facts.use === 'video-join' && facts.roomScope === 'all-rooms' ? 'every room' : null);
  return [provider?.name ?? form, room, facts.displayName || facts.userId]
    .filter((part) => part !== null && part !== '')
    .join(' · ');
}

/** "on https://call.example", "in call.har and 2 more files"; what it was read from. */
export function siteWords({ inputs }: ReportDocument, { page }: FormatOptions): string {
  const [first, ...more] = inputs;
  if (first) {
    const rest = more.length > 0 ? ` and ${more.length} more file${more.length === 1 ? '' : 's'}` : '';
    return `in ${first.name}${rest}`;
  }
  const url = urlFrom(page?.pageUrl ?? null);
  if (!url) return 'found';
  const { origin, protocol } = url;
  return `on ${origin === 'null' ? `a ${protocol.replace(':', '')} page` : origin}`;
}

/** When a token ends: "2026-11-20 13:00:00 UTC", "never". */
export function endWords({ times: { expiresAt, status } }: DocumentToken): string {
  if (expiresAt !== null) return dateWords(expiresAt);
  return status === 'never-expires' ? 'never expires' : 'not known';
}

/** "active until 2026-11-20 13:00:00 UTC (for another 59 minutes)". */
export function timeWords({ times, problem }: DocumentToken, now: number): string {
  const { status, expiresAt, notBefore, endsWith, notSeconds = [] } = times;
  if (status === 'expired' && expiresAt !== null)
    return `expired ${dateWords(expiresAt)} (${inWords(now - expiresAt)} ago)`;
  if (status === 'active' && expiresAt !== null) {
    return `active until ${dateWords(expiresAt)} (for another ${inWords(expiresAt - now)})`;
  }
  if (status === 'not-yet-valid' && notBefore !== null) {
    return `not valid before ${dateWords(notBefore)} (in ${inWords(notBefore - now)})`;
  }
  const misread = notSeconds.filter(({ says }) => says !== 'issued');
  if (status === 'unknown' && misread.length > 0) return `not known: ${misread.map(misreadWords).join('; ')}`;
  if (status === 'unknown' && endsWith) return `without a time: it ends with ${endsWith}`;
  if (status === 'unknown' && problem) return 'not known: the token is damaged';
  return {
    expired: 'expired',
    active: 'active',
    'not-yet-valid': 'not valid yet',
    'never-expires': 'never expires',
    unknown: 'no time can be read',
  }[status];
}

/** "exp is 1795179600000, in milliseconds; servers that read seconds never see it end". */
function misreadWords({ claim, value, unit, says }: MisreadTime): string {
  return `${claim} is ${value}, in ${unit}; servers that read seconds never see it ${says === 'ends' ? 'end' : 'begin'}`;
}

/** What an expectation is called, with the step of the run that it belongs to. */
export function expectationName({ name, step }: Pick<DocumentExpectation, 'name' | 'step'>): string {
  return step === undefined ? name : `${step}: ${name}`;
}

/** Whether an expectation held, in a word or two. */
export function outcomeWord({ held }: Pick<DocumentExpectation, 'held'>): string {
  if (held === null) return 'not checked';
  return held ? 'held' : 'failed';
}

/** What it says, after that word. */
export function outcomeReason({ says }: Pick<DocumentExpectation, 'says'>): string {
  return says.replace(/^not checked: /, '');
}

/** What is damaged, and which claims that leaves unknown; null for a token that is whole. */
export function damageWords({ problem, irregularities }: DocumentToken): string | null {
  if (!problem) return null;
  const incomplete = irregularities.filter(({ code }) => code === 'value-incomplete').slice(0, 5);
  return [problem, ...incomplete].map(({ message }) => message).join(' ');
}

/** "2026-11-20 12:00:00 UTC"; outside of the years 1 to 9999 the number, and that it is no date. */
export function dateWords(seconds: number): string {
  if (!isCalendarTime(Math.round(seconds))) return `${seconds} (beyond any calendar)`;
  return isoUtc(seconds).replace('T', ' ').replace(/Z$/, ' UTC');
}

/** "Ada (id f81d4fae)". */
export function userWords({ facts }: DocumentToken): string | null {
  if (facts.displayName === null) return facts.userId === null ? null : `id ${facts.userId}`;
  return facts.userId === null ? facts.displayName : `${facts.displayName} (id ${facts.userId})`;
}

/** Privileges the token grants, denies, and does not mention. */
export function privilegeWords({ facts }: DocumentToken): { may: string[]; mayNot: string[]; notStated: string[] } {
  const names = (wanted: boolean | null) =>
    Object.entries(facts.privileges).flatMap(([name, allowed]) =>
      allowed === wanted ? [name.replaceAll('-', ' ')] : [],
    );
  return { may: names(true), mayNot: names(false), notStated: names(null) };
}

/** With its file: `call.har: localStorage["auth"] $.session.token on https://call.example, 2026-11-20 12:00:00 UTC`; and its repeats. */
export function placeWords(
  sighting: DocumentToken['sightings'][number],
  { withInput = false, withUrl = false }: { withInput?: boolean; withUrl?: boolean } = {},
): string {
  const { input, label, path, origin, url, seenAt, goneAt, library, more, readBy, isFromWorker } = sighting;
  return [
    withInput && input && input !== label ? `${input}: ` : '',
    label,
    path ? ` ${path}` : '',
    origin && !label.includes(origin) ? ` on ${origin}` : '',
    library ? ` (${library})` : '',
    seenAt === null ? '' : `, ${dateWords(seenAt)}`,
    more ? `, ${repeatWords(more, dateWords)}` : '',
    goneAt === null ? '' : `, ${goneWords(sighting)} since ${dateWords(goneAt)}`,
    readBy === 'page' ? ', by the page’s own word' : '',
    isFromWorker ? ', answered by the page’s service worker' : '',
    withUrl && url ? `, ${url}` : '',
  ].join('');
}

/** Steps told of one token; the rest is counted. */
const mostSteps = 12;

/** What stands in the way of joining with it, one cause a line, and what could not be told. */
export function joinLines({ verdict, causes, notTold }: NonNullable<DocumentToken['join']>): string[] {
  const seen = verdict === 'nothing-seen' ? ['Of what token and page show, nothing stands in the way.'] : [];
  const lines = causes.map(({ likelihood, says, fix }) => `${likelihoodWords[likelihood]}: ${says} ${fix}`);
  return [...seen, ...lines, `Not shown by token and page: ${notTold.join('; ')}.`];
}

const likelihoodWords = { certain: 'Refused', likely: 'Likely', possible: 'Possible' };

/** Where it went, one step a line, and what is inferred of it; empty where nothing but its places is known. */
export function journeyLines(token: DocumentToken, tokens: readonly DocumentToken[]): string[] {
  const { journey } = token;
  if (!tellsMore(journey)) return [];
  const tokenWords = (id: string) => nameOf(id, tokens);
  const lines = journey.slice(0, mostSteps).map((step) => {
    const more =
      step.count === undefined
        ? ''
        : `, ${repeatWords({ count: step.count - 1, elsewhere: 0, lastAt: step.lastAt ?? null }, dateWords)}`;
    const mark = step.party === 'stranger' ? '! ' : '';
    return `${mark}${step.at === null ? '' : `${dateWords(step.at)} `}${stepWords(step, token, tokenWords)}${more}`;
  });
  const rest = journey.length > mostSteps ? [`and ${journey.length - mostSteps} more steps`] : [];
  return [...lines, ...rest, ...inferred(journey, token, tokenWords)];
}

function nameOf(id: string, tokens: readonly DocumentToken[]): string {
  const other = tokens.find((one) => one.id === id);
  return other ? `${headline(other)} (${id.slice(0, 8)}…)` : `another token (${id.slice(0, 8)}…)`;
}

/** "1 critical, 2 high"; "no findings". */
export function summaryWords({ summary }: ReportDocument): string {
  const counts = severities.flatMap((severity) => (summary[severity] > 0 ? [`${summary[severity]} ${severity}`] : []));
  const muted = summary.muted > 0 ? [`${summary.muted} muted`] : [];
  const gone = summary.gone > 0 ? [`${tokenCount(summary.gone)} gone, not counted`] : [];
  return [...(counts.length > 0 ? counts : ['no findings']), ...muted, ...gone].join(', ');
}

export function tokenCount(count: number): string {
  return `${count} token${count === 1 ? '' : 's'}`;
}
