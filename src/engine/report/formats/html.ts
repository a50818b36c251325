import type { Report } from '../../model/report.ts';
import { type DocumentFinding, type DocumentToken, type ReportDocument, toDocument } from '../report-document.ts';
import type { Format, FormatOptions } from './format.ts';
import { printable } from './printable.ts';
import {
  damageWords,
  dateWords,
  headline,
  journeyLines,
  placeWords,
  privilegeWords,
  summaryWords,
  timeWords,
  tokenCount,
  userWords,
} from './report-words.ts';

export const html: Format = { id: 'html', name: 'HTML', type: 'text/html', extension: 'html', write };

const style = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font-size: 1.1rem; margin: 0; display: inline; overflow-wrap: anywhere; }
details { border: 1px solid light-dark(#d0d0d0, #505050); border-radius: 6px; padding: .6rem 1rem; margin: .6rem 0; }
summary { cursor: pointer; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
dt { color: light-dark(#5a5a5a, #b0b0b0); }
dd { margin: 0; overflow-wrap: anywhere; }
code, pre { font: 12px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
.severity { font-weight: 600; text-transform: uppercase; font-size: .8rem; }
.critical, .high, .failed { color: light-dark(#b3261e, #ff8a80); }
.medium { color: light-dark(#8a5000, #ffb74d); }
.low, .info { color: light-dark(#1a5fb4, #8ab4f8); }
@media print { details { break-inside: avoid; } }
`;

/** The report as one page that loads nothing and runs nothing; its policy forbids both. */
function write(report: Report, options: FormatOptions): string {
  const written = toDocument(report, options);
  const problems = [...written.problems, ...written.inputs.flatMap((input) => input.problems)];
  const summary = `${tokenCount(written.summary.tokens)}: ${summaryWords(written)}. Judged at ${dateWords(written.now)} by the ${written.policy} policy.`;
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tokens found</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Tokens found</h1>
<p>${escapeHtml(summary)}</p>
${written.masked ? '' : '<p class="failed"><strong>This page holds whole tokens. Whoever has it can use them.</strong></p>'}
${written.tokens.map((token) => tokenSection(token, written)).join('\n')}
${section('About several tokens', written.findings.map(findingItem))}
${section(
  'Expectations',
  written.expectations.map(({ name, held, says }) =>
    held
      ? `<li>held: ${escapeHtml(name)}</li>`
      : `<li><span class="severity failed">failed</span> ${escapeHtml(name)}: ${escapeHtml(says)}</li>`,
  ),
)}
${section(
  'Inputs',
  written.inputs.map(
    ({ name, kind, bytes }) =>
      `<li>${escapeHtml(name)}: ${escapeHtml(kind)}${bytes === null ? '' : `, ${bytes} bytes`}</li>`,
  ),
)}
${section(
  'Not read',
  problems.map(({ message }) => `<li>${escapeHtml(message)}</li>`),
)}
</main>
</body>
</html>
`;
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `<h2>${title}</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
}

function tokenSection(token: DocumentToken, { now, tokens }: ReportDocument): string {
  const worst = token.findings.find(({ under, muted }) => under === null && muted === null)?.severity;
  const { may, mayNot, notStated } = privilegeWords(token);
  const rows: [string, string | null][] = [
    ['Token', `<code>${escapeHtml(token.token)}</code>`],
    ['Time', escapeHtml(timeWords(token, now))],
    ['User', orNull(userWords(token))],
    ['May', orNull(may.join(', '))],
    ['May not', orNull(mayNot.join(', '))],
    ['Not said', orNull(notStated.join(', '))],
    ['Damaged', orNull(damageWords(token))],
    [
      'Seen in',
      token.sightings
        .map((sighting) => escapeHtml(placeWords(sighting, { withInput: true, withUrl: true })))
        .join('<br>'),
    ],
    ['Its way', journeyLines(token, tokens).map(escapeHtml).join('<br>')],
  ];
  const findings = token.findings.filter(({ under, muted }) => under === null && muted === null);
  return `<details open>
<summary><h2>${escapeHtml(headline(token))}</h2>${worst ? ` <span class="severity ${worst}">${worst}</span>` : ''}</summary>
<dl>
${rows.flatMap(([name, value]) => (value ? [`<dt>${name}</dt><dd>${value}</dd>`] : [])).join('\n')}
</dl>
${findings.length > 0 ? `<ul>\n${findings.map(findingItem).join('\n')}\n</ul>` : ''}
<details><summary>Header and claims</summary>
<pre>${escapeLines(JSON.stringify({ header: token.header, claims: token.claims }, null, 2))}</pre>
</details>
</details>`;
}

function findingItem({ severity, title, says, why, fix, rule, references }: DocumentFinding): string {
  const links = references
    .filter((url) => /^https:\/\//.test(url))
    .map((url) => `<a rel="noreferrer noopener" href="${escapeHtml(url)}">${escapeHtml(rule)}</a>`);
  return `<li><span class="severity ${severity}">${severity}</span> <strong>${escapeHtml(title)}</strong> ${escapeHtml(says)}
<br>${escapeHtml(why)}${fix ? `<br>${escapeHtml(fix)}` : ''} ${links[0] ?? escapeHtml(rule)}</li>`;
}

function orNull(text: string | null): string | null {
  return text ? escapeHtml(text) : null;
}

function escapeHtml(text: string): string {
  return escapeSigns(printable(text));
}

/** Line breaks of the layout stay; they can only be ours, because JSON spells those of its strings out. */
function escapeLines(text: string): string {
  return text
    .split('\n')
    .map((line) => /^ */.exec(line)?.[0] + escapeHtml(line.trimStart()))
    .join('\n');
}

function escapeSigns(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
