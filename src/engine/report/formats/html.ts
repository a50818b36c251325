import type { Report } from '../../model/report.ts';
import { type DocumentToken, type ReportDocument, toDocument } from '../report-document.ts';
import { reportSentence } from '../report-sentence.ts';
import type { Format, FormatOptions } from './format.ts';
import { findingsHtml, severityHtml } from './html-findings.ts';
import { style } from './html-style.ts';
import { matrixHtml, type Numbered, numbered, originsHtml } from './html-tables.ts';
import { cell, escapeHtml, escapeLines, sentenceHtml } from './html-text.ts';
import {
  damageWords,
  dateWords,
  expectationName,
  headline,
  journeyLines,
  outcomeReason,
  outcomeWord,
  placeWords,
  privilegeWords,
  siteWords,
  summaryWords,
  timeWords,
  tokenCount,
  userWords,
} from './report-words.ts';

export const html: Format = { id: 'html', name: 'HTML', type: 'text/html', extension: 'html', write };

/**
 * The report as one page that loads nothing and runs nothing; its policy forbids both. For a team: whose page, when, in a sentence
 * what it does, who may do what, where the tokens lie, what is wrong, and then each token.
 */
function write(report: Report, options: FormatOptions): string {
  const written = toDocument(report, options);
  const tokens = numbered(written, report);
  const numbers = new Map(tokens.map(({ number, token }) => [token.id, number]));
  const sentence = reportSentence(report, options);
  const title = `Tokens ${siteWords(written, options)}`;
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${cell(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${cell(title)}</h1>
<p class="muted">${escapeHtml(summary(written))}</p>
${sentence ? `<p class="sentence">${sentenceHtml(sentence.parts, (id) => numbers.get(id) ?? null)}</p>` : ''}
${written.masked ? '' : '<p class="failed"><strong>This page holds whole tokens. Whoever has it can use them.</strong></p>'}
${matrixHtml(tokens)}
${originsHtml(tokens, written.inputs.length > 1)}
${findingsHtml(tokens, written)}
${endings(written, options).join('\n')}
<h2 id="tokens">Each token</h2>
<div class="tokens">
${tokens.map((one) => tokenSection(one, written)).join('\n')}
</div>
</main>
</body>
</html>
`;
}

/** "2026-11-20 12:00:00 UTC, by the standard policy. 15 tokens: 1 critical, 2 high." */
function summary(written: ReportDocument): string {
  const { generator, now, policy, summary } = written;
  return `${dateWords(now)}, by the ${policy} policy. ${tokenCount(summary.tokens)}: ${summaryWords(written)}. ${generator.name} ${generator.version}.`;
}

/** What is told of the report as a whole, before the tokens one by one. */
function endings({ expectations, inputs, problems }: ReportDocument, { closedSites = [] }: FormatOptions): string[] {
  const unseen = closedSites
    .slice(0, 20)
    .map((site) => `Cookies of ${site} that scripts cannot read were not looked at.`);
  const unread = [...problems, ...inputs.flatMap((input) => input.problems)].map(({ message }) => message);
  return [
    section(
      'Expectations',
      expectations.map((one) =>
        one.held
          ? `<li>held: ${escapeHtml(expectationName(one))}</li>`
          : `<li><span class="severity failed">${outcomeWord(one)}</span> ${escapeHtml(expectationName(one))}: ${escapeHtml(outcomeReason(one))}</li>`,
      ),
    ),
    section(
      'Inputs',
      inputs.map(
        ({ name, kind, bytes }) =>
          `<li>${escapeHtml(name)}: ${escapeHtml(kind)}${bytes === null ? '' : `, ${bytes} bytes`}</li>`,
      ),
    ),
    section(
      'Not read',
      [...unseen, ...unread].map((message) => `<li>${escapeHtml(message)}</li>`),
    ),
  ].filter((one) => one !== '');
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `<h2>${title}</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
}

function tokenSection({ number, token }: Numbered, { now, tokens }: ReportDocument): string {
  const worst = token.findings.find(({ under, muted }) => under === null && muted === null)?.severity;
  const way = journeyLines(token, tokens).map(escapeHtml).join('<br>');
  const rows: [string, string | null][] = [
    ['Token', `<code>${escapeHtml(token.token)}</code>`],
    ['Time', escapeHtml(timeWords(token, now))],
    ['User', orNull(userWords(token))],
    ['Damaged', orNull(damageWords(token))],
  ];
  return `<section id="token-${number}">
<h3>${number}. ${escapeHtml(headline(token))}${worst ? ` ${severityHtml(worst)}` : ''}</h3>
${list(rows)}
<details><summary>Places and way, header and claims</summary>
${list(detailRows(token, way))}
<pre>${escapeLines(JSON.stringify({ header: token.header, claims: token.claims }, null, 2))}</pre>
</details>
</section>`;
}

function detailRows(token: DocumentToken, way: string): [string, string | null][] {
  const { may, mayNot, notStated } = privilegeWords(token);
  return [
    ['May', orNull(may.join(', '))],
    ['May not', orNull(mayNot.join(', '))],
    ['Not said', orNull(notStated.join(', '))],
    [
      'Seen in',
      token.sightings
        .map((sighting) => escapeHtml(placeWords(sighting, { withInput: true, withUrl: true })))
        .join('<br>'),
    ],
    ['Its way', way],
  ];
}

function list(rows: readonly [string, string | null][]): string {
  const shown = rows.flatMap(([name, value]) => (value ? [`<dt>${name}</dt><dd>${value}</dd>`] : []));
  return `<dl>\n${shown.join('\n')}\n</dl>`;
}

function orNull(text: string | null): string | null {
  return text ? escapeHtml(text) : null;
}
