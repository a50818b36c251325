import type { Finding, Subject } from '../../engine/model/report.ts';
import { codeSpan, escapeMarkdown, linkTarget } from '../../engine/report/formats/markdown-text.ts';
import { capitalised } from '../words/capitalised.ts';
import { maskedLine, shownUrl } from '../words/masked.ts';
import { createMaskFor } from '../words/masked-thoroughly.ts';
import { dateTime } from '../words/show-time.ts';
import { titleOf } from '../words/token-words.ts';
import type { Row } from './row.ts';

export interface TicketOptions {
  finding: Finding;
  /** The token that it is about; of one about several, any of them. */
  row: Row;
  /** Every token that is known, to name the others and to leave none whole. */
  all: readonly Row[];
  /** Address of the page; null where there is none. */
  pageUrl: string | null;
  /** Seconds since the epoch: as of when was judged. */
  now: number;
  policy: string;
}

/** Other tokens named in a ticket, and references. */
const mostOthers = 20;
const mostReferences = 5;

/**
 * One finding as a ticket in Markdown: what, where, why and what to do. Holds no token whole, no value of a claim beside
 * what the finding says, and of an address neither query nor fragment. Nothing but references becomes a link, and nothing a mention or HTML.
 */
export function ticketOf({ finding, row, all, pageUrl, now, policy }: TicketOptions): string {
  const { subject, goneAt } = row;
  const concerned = all.filter(({ subject: other }) => other === subject || finding.tokens?.includes(other.token.id));
  // A place may be named by a token that this finding is not about.
  const masked = createMaskFor(all.map((one) => one.subject.token));
  const words = (text: string) => escapeMarkdown(masked(text));
  const code = (text: string) => codeSpan(masked(text));
  const others = concerned.filter((one) => one !== row);
  const lines = [
    `# ${capitalised(finding.severity)}: ${words(finding.title)}`,
    '',
    `- Token: ${words(titleOf(subject))}, ${code(maskedLine(subject.token))}`,
    ...others.slice(0, mostOthers).map((one) => `- Also: ${words(titleOf(one.subject))}`),
    ...(others.length > mostOthers ? [`- and ${others.length - mostOthers} more tokens`] : []),
    `- Where: ${whereWords(finding, subject, code)}`,
    ...(pageUrl === null ? [] : [`- Page: ${code(withoutParameters(masked(pageUrl)))}`]),
    `- Judged: ${dateTime(now, 'utc')}, ${words(policy)} policy, rule ${code(finding.rule)}`,
    ...(goneAt === null ? [] : [`- The token is gone since ${dateTime(goneAt, 'utc')}: it was found before.`]),
    ...(finding.muted ? [`- Muted: ${words(finding.muted.reason)}`] : []),
    '',
    words(finding.says),
    '',
    `**Why it matters:** ${words(finding.why)}`,
    ...(finding.fix ? ['', `**What to do:** ${words(finding.fix)}`] : []),
    ...referenceLines(finding),
  ];
  return `${lines.join('\n')}\n`;
}

function whereWords({ at, tokens }: Finding, { sightings }: Subject, code: (text: string) => string): string {
  if (at === null || tokens) return sightings[0] && !tokens ? placeWords(sightings[0], code) : 'the tokens together';
  const index = /^sightings\[(\d+)\]/.exec(at)?.[1];
  if (index === undefined) return `${code(at.replace(/^claims\./, ''))} in the token`;
  const sighting = sightings[Number(index)];
  return sighting ? placeWords(sighting, code) : 'a place of the token';
}

function placeWords({ place }: Subject['sightings'][number], code: (text: string) => string): string {
  return `${code(place.label)}${place.origin ? ` on ${code(place.origin)}` : ''}`;
}

/** The page without what its address carries. */
function withoutParameters(url: string): string {
  return shownUrl(url.replace(/[?#].*$/s, ''));
}

function referenceLines({ references }: Finding): string[] {
  const shown = references.slice(0, mostReferences).filter(({ url }) => /^https?:\/\//.test(url));
  return shown.length === 0
    ? []
    : ['', ...shown.map((link) => `- [${escapeMarkdown(link.title)}](${linkTarget(link.url)})`)];
}
