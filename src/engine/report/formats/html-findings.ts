import { goneSince } from '../../model/presence.ts';
import { type Severity, severities } from '../../model/report.ts';
import { severityRank } from '../../model/severity-order.ts';
import { clip } from '../../text/sentence.ts';
import type { DocumentFinding, ReportDocument } from '../report-document.ts';
import { type Numbered, numberLink } from './html-tables.ts';
import { escapeHtml, proseHtml } from './html-text.ts';

/** Ways of one finding that are listed; the rest is counted. */
const most = 50;

/** A finding, and all tokens it was made of: what is wrong is told once, and of each what differs. */
interface Group {
  first: DocumentFinding;
  severity: Severity;
  /** What is said, of which tokens. */
  said: Map<string, number[]>;
}

/** What is wrong, the worst first. What was muted, and what is a detail of another, is left out, as is what only gone tokens have. */
export function findingsHtml(tokens: readonly Numbered[], { findings, tokens: all }: ReportDocument): string {
  const groups = new Map<string, Group>();
  for (const { number, token, subject } of tokens)
    if (goneSince(subject) === null) for (const finding of token.findings) add(groups, finding, [number]);
  const numbers = new Map(all.map(({ id }, index) => [id, index + 1]));
  for (const finding of findings)
    add(
      groups,
      finding,
      (finding.tokens ?? []).flatMap((id) => numbers.get(id) ?? []).sort((a, b) => a - b),
    );
  if (groups.size === 0) return '';
  const sorted = [...groups.values()].sort((a, b) => severityRank(a.severity) - severityRank(b.severity));
  return `<h2 id="findings">What is wrong</h2>\n<div class="findings">\n${sorted.map(groupHtml).join('\n')}\n</div>`;
}

function add(groups: Map<string, Group>, finding: DocumentFinding, numbers: readonly number[]): void {
  if (finding.under !== null || finding.muted !== null) return;
  const { rule, severity, why, fix, says } = finding;
  // A platform has a remedy of its own, and what only informs is said apart.
  const key = JSON.stringify([rule, severity === 'info', why, fix]);
  const group = groups.get(key) ?? { first: finding, severity, said: new Map<string, number[]>() };
  groups.set(key, group);
  if (severityRank(severity) < severityRank(group.severity)) group.severity = severity;
  const about = group.said.get(says) ?? [];
  group.said.set(says, about);
  about.push(...numbers.filter((number) => !about.includes(number)));
}

function groupHtml({ first, severity, said }: Group): string {
  const { title, why, fix, rule, references } = first;
  const [link] = references.filter((url) => /^https:\/\//.test(url));
  const name = link
    ? `<a class="muted" rel="noreferrer noopener" href="${escapeHtml(link)}">${escapeHtml(rule)}</a>`
    : `<span class="muted">${escapeHtml(rule)}</span>`;
  const lines = [...said]
    .slice(0, most)
    .map(
      ([says, numbers]) =>
        `<li>${numbers.length > 0 ? `${numbers.map(numberLink).join(', ')}: ` : ''}${proseHtml(clip(says, 400))}</li>`,
    );
  if (said.size > most) lines.push(`<li class="muted">and ${said.size - most} more</li>`);
  return `<div class="finding"><h3>${severityHtml(severity)} ${proseHtml(title)} ${name}</h3>
<ul>${lines.join('')}</ul>
<p class="muted">${proseHtml(why)}${fix ? ` <b>What to do:</b> ${proseHtml(fix)}` : ''}</p></div>`;
}

/** The word of a severity; anything that is none is shown as it stands. */
export function severityHtml(severity: Severity): string {
  const name = severities.includes(severity) ? ` ${severity}` : '';
  return `<span class="severity${name}">${escapeHtml(severity)}</span>`;
}
