import type { Frame } from 'puppeteer-core';
import type { DocumentSighting, DocumentToken, ReportDocument } from '../../src/engine/report/report-document.ts';
import { timeOfDay } from '../../src/panel/words/show-time.ts';
import { press, reportOf } from './session.ts';

/** What a user reads in the panel, and what the report says that it saves. */
export interface Shown {
  /** The list, line by line: cells, with times named by what they are the times of. */
  list: string[];
  /** The status line, part by part. */
  status: string[];
  /** What stands above the list, or in its place. */
  message: string | null;
  /** In the report, by name: where it is, where it was, what came before and after it, and findings worse than info. */
  tokens: Record<string, string>;
  /** What the report counts, without what is 0. */
  counts: Record<string, number>;
  problems: string[];
}

interface Line {
  /** Of the token; empty for a navigation. */
  id: string;
  /** What the columns say, in this order; of a navigation, what its line says. */
  cells: string[];
}

const columns = ['platform', 'room', 'identity', 'role', 'status', 'finding', 'where', 'seen'];

const readLines = `[...document.querySelectorAll('.grid .body [role=row]')].map((row) => {
  const words = (cell) =>
    [...(cell?.childNodes ?? [])].map(({ textContent }) => textContent.trim()).join(' ').replaceAll(' ,', ',');
  const id = row.id.startsWith('token-') ? row.id.slice(6) : '';
  const cells = id
    ? ${JSON.stringify(columns)}.map((column) => words(row.querySelector('.cell.' + column)))
    : [words(row.querySelector('[role=gridcell]'))];
  return { id, cells };
})`;

const readStatus = `[...document.querySelectorAll('.statusline > *')].map(({ innerText }) => innerText.replaceAll('\\n', ' '))`;

/** `names` are those that a test has for tokens, by their texts. */
export async function whatIsShown(panel: Frame, names: ReadonlyMap<string, string>): Promise<Shown> {
  const lines = (await panel.evaluate(readLines)) as Line[];
  const status = (await panel.evaluate(readStatus)) as string[];
  const message = await textOf(panel, 'section.message');
  const report = await reportOf(panel);
  return {
    list: lines.map((line) => lineWords(line, report)),
    status,
    message,
    tokens: Object.fromEntries(report.tokens.map((token) => [nameOf(token, names), tokenWords(token, report, names)])),
    counts: Object.fromEntries(Object.entries(report.summary).filter(([, count]) => count !== 0)),
    // Of a page that may not be read beside its script it is always said.
    problems: report.problems
      .filter(({ code }) => code !== 'read-by-page')
      .map(({ message }) => withoutDocuments(message)),
  };
}

/** Whether the browser hands over a document that another process takes over is chance, and so is when a page was last read. */
export function withoutDocuments(problems: string): string {
  return problems
    .replace(/ before that, at \d\d:\d\d:\d\d\./, ' before that.')
    .replace(/ \d+ documents? of the page w.*$/, '');
}

/** What an element says, in one line; null where there is none. */
export async function textOf(panel: Frame, selector: string): Promise<string | null> {
  return (await panel.evaluate(
    String.raw`document.querySelector('${selector}')?.innerText.replace(/\s+/g, ' ').trim() ?? null`,
  )) as string | null;
}

/** What is said of an expectation as a report says it: what was expected and what was found stand apart in the panel. */
const inOneSentence = `(line) => {
  const [expected, found] = [...line.querySelectorAll('dd')].map(({ innerText }) => innerText[0].toLowerCase() + innerText.slice(1));
  if (expected === undefined) return line.querySelector('p').innerText;
  return line.classList.contains('unchecked') ? 'Not checked: ' + found + '.' : 'Expected ' + expected + ', found ' + found + '.';
}`;

const outcomes = ['Failed', 'Not checked', 'Held'];

/** Each expectation as the panel words it, what failed before the rest, and as the report that it saves does; both in the order of the file. */
export async function whatIsExpected(panel: Frame): Promise<{ shown: string[]; saved: string[] }> {
  await press(panel, /^Expectations/);
  await panel.waitForSelector('.expectations ol li');
  const shown = (await panel.evaluate(`[...document.querySelectorAll('.expectations ol li')].map((one) =>
    [one.querySelector('.outcome').innerText, one.querySelector('input').value, (${inOneSentence})(one)].join(' | '))`)) as string[];
  await press(panel, /^Expectations/);
  const { expectations } = await reportOf(panel);
  const saved = expectations.map(({ held, name, says }) =>
    [
      held === null ? 'Not checked' : held ? 'Held' : 'Failed',
      name,
      says.slice(0, 1).toUpperCase() + says.slice(1).replace(/, but /, ', found '),
    ].join(' | '),
  );
  const ranks = shown.map((line) => outcomes.indexOf(line.split(' | ')[0] ?? ''));
  if (ranks.some((rank, index) => rank < (ranks[index - 1] ?? 0)))
    throw new Error(`not the worst first: ${shown.join('\n')}`);
  const placeOf = (line: string) => expectations.findIndex(({ name }) => name === line.split(' | ')[1]);
  return { shown: shown.sort((a, b) => placeOf(a) - placeOf(b)), saved };
}

function lineWords({ id, cells }: Line, report: ReportDocument): string {
  if (!id)
    return (cells[0] ?? '')
      .replace(/^\d\d:\d\d:\d\d/, '')
      .replace(/http:\/\/[^/]+/, '')
      .trim();
  const token = report.tokens.find((one) => one.id === id);
  if (!token) return `not in the report: ${cells.join(' | ')}`;
  const [platform, room, identity, role, status = '', finding, where = '', seen = ''] = cells;
  const places = String(1 + Number(/\+(\d+) more places?$/.exec(where)?.[1] ?? 0));
  return [platform, room, identity, role, statusWords(status, token), finding, places, seenWords(seen, token)].join(
    ' | ',
  );
}

function statusWords(status: string, { sightings }: DocumentToken): string {
  const goneAt = Math.max(...sightings.map((sighting) => sighting.goneAt ?? 0));
  return status.replace(timeOfDay(goneAt, 'local'), 'then').replace(/^(?:\d+ (?:d|h|min|s) ?){1,2} left$/, 'valid');
}

function seenWords(seen: string, { sightings }: DocumentToken): string {
  const seenAt = Math.min(...sightings.map((sighting) => sighting.seenAt ?? Number.POSITIVE_INFINITY));
  return seen.replace(timeOfDay(seenAt, 'local'), 'seen');
}

function nameOf({ token }: DocumentToken, names: ReadonlyMap<string, string>): string {
  return names.get(token) ?? token;
}

function tokenWords(token: DocumentToken, { tokens }: ReportDocument, names: ReadonlyMap<string, string>): string {
  const nameById = new Map(tokens.map((one) => [one.id, nameOf(one, names)]));
  const named = (id: string) => nameById.get(id) ?? `one not listed (${id})`;
  const placed = (words: string, wanted: (sighting: DocumentSighting) => boolean) => {
    const labels = token.sightings
      .filter((one) => one.direction === undefined && wanted(one))
      .map(({ label }) => label);
    return labels.length > 0 ? [`${words} ${labels.join(' and ')}`] : [];
  };
  return [
    ...placed('in', ({ goneAt, backAt }) => goneAt === null && backAt === undefined),
    ...placed('back in', ({ goneAt, backAt }) => goneAt === null && backAt !== undefined),
    ...placed('gone from', ({ goneAt }) => goneAt !== null),
    ...carriedWords(token),
    ...(token.replaces ? [`after ${named(token.replaces)}`] : []),
    ...(token.replacedBy ? [`before ${named(token.replacedBy)}`] : []),
    ...token.findings.filter(({ severity }) => severity !== 'info').map(({ rule, severity }) => `${severity} ${rule}`),
  ].join(', ');
}

/** In which parts of requests it was, each once, whatever their numbers. */
function carriedWords({ sightings }: DocumentToken): string[] {
  const labels = sightings.flatMap(({ direction, label }) =>
    direction === undefined ? [] : [label.replace(/^(?:request|entry) \d+: /, '')],
  );
  return labels.length > 0 ? [`carried in ${[...new Set(labels)].sort().join(' and ')}`] : [];
}
