import { type Privilege, privileges, roles } from '../../model/facts.ts';
import { goneSince } from '../../model/presence.ts';
import type { Report, Subject } from '../../model/report.ts';
import { keptFor, readersOf } from '../../words/place-words.ts';
import { type Answer, answerOf, grantOf, privilegeWords, shortPrivilegeWords } from '../../words/privilege-words.ts';
import type { DocumentToken, ReportDocument } from '../report-document.ts';
import { cell, escapeHtml } from './html-text.ts';
import { endWords, placeWords, shortTitle } from './report-words.ts';

/** Tokens in the matrix, and places of one origin, at most; the rest is counted. */
const most = 200;

/** A token with its number in the report, as it is written and as it was judged. */
export interface Numbered {
  number: number;
  token: DocumentToken;
  subject: Subject;
}

export function numbered(written: ReportDocument, { subjects }: Report): Numbered[] {
  return written.tokens.flatMap((token, index) => {
    const subject = subjects[index];
    return subject ? [{ number: index + 1, token, subject }] : [];
  });
}

/** `<a href="#token-3">3</a>`. */
export function numberLink(number: number): string {
  return `<a href="#token-${number}">${number}</a>`;
}

const signs: Record<Answer, string> = { yes: '✓', no: '✕', depends: '◐', 'not stated': '–' };
const roleTitles = {
  host: 'Hosts',
  participant: 'Participants',
  viewer: 'Viewers',
  server: 'Servers',
  unknown: 'Role not known',
};

/** Tokens as lines by role, privileges as columns; answers unlike most are marked. Empty where no token speaks of privileges. */
export function matrixHtml(tokens: readonly Numbered[]): string {
  const speaking = tokens.filter(
    ({ subject }) => goneSince(subject) === null && Object.keys(subject.facts.privileges).length > 0,
  );
  const shown = roles.flatMap((role) => speaking.filter(({ subject }) => subject.facts.role === role)).slice(0, most);
  const columns = columnsOf(shown);
  if (columns.length === 0) return '';
  const silent = privileges.filter((privilege) => !columns.some((column) => column.privilege === privilege));
  const lines = roles.flatMap((role) => {
    const group = shown.filter(({ subject }) => subject.facts.role === role);
    if (group.length === 0) return [];
    const head = `<tr class="role"><th scope="rowgroup" colspan="${columns.length + 1}">${roleTitles[role]}</th></tr>`;
    return [head, ...group.map((one) => matrixLine(one, columns))];
  });
  const notes = [
    Object.entries(signs)
      .map(([word, sign]) => `${sign} ${word}`)
      .join(' · '),
    columns.some(({ differs }) => differs) ? 'marked: unlike most' : 'all alike',
    silent.length > 0 ? `said by none: ${silent.map((one) => privilegeWords[one]).join(', ')}` : '',
    speaking.length > shown.length ? `and ${speaking.length - shown.length} more tokens` : '',
  ].filter((note) => note !== '');
  return `<h2>Who may do what</h2>
<div class="wide matrix">
<table>
<thead><tr><th scope="col">May its holder …</th>${columns.map(({ privilege }) => `<th scope="col"><span>${shortPrivilegeWords[privilege]}</span></th>`).join('')}</tr></thead>
<tbody>
${lines.join('\n')}
</tbody>
</table>
</div>
<p class="muted">${notes.join('; ')}.</p>`;
}

interface MatrixColumn {
  privilege: Privilege;
  differs: boolean;
  /** The answer of most; null where there is none. */
  usual: Answer | null;
}

const answerIn = ({ subject }: Numbered, privilege: Privilege) => answerOf(grantOf(subject.facts, privilege));

/** Those of which any token speaks. */
function columnsOf(shown: readonly Numbered[]): MatrixColumn[] {
  return privileges.flatMap((privilege) => {
    const counts = new Map<Answer, number>();
    for (const one of shown) {
      const answer = answerIn(one, privilege);
      counts.set(answer, (counts.get(answer) ?? 0) + 1);
    }
    if ([...counts.keys()].every((answer) => answer === 'not stated')) return [];
    const [usual = null] = [...counts].find(([, count]) => count * 2 > shown.length) ?? [];
    return [{ privilege, differs: counts.size > 1, usual }];
  });
}

function matrixLine(one: Numbered, columns: readonly MatrixColumn[]): string {
  const cells = columns.map(({ privilege, differs, usual }) => {
    const answer = answerIn(one, privilege);
    const isOdd = differs && answer !== usual;
    return `<td${isOdd ? ' class="odd"' : ''} title="${privilegeWords[privilege]}: ${answer}">${signs[answer]}</td>`;
  });
  return `<tr><th scope="row">${numberLink(one.number)} <bdi>${cell(shortTitle(one.token), 80)}</bdi></th>${cells.join('')}</tr>`;
}

interface Entry extends Numbered {
  /** Of the sighting among those of its token. */
  index: number;
}

/** Every place of every origin that holds a token, who can read it there, and for how long. */
export function originsHtml(tokens: readonly Numbered[], withInput: boolean): string {
  const groups = new Map<string, Entry[]>();
  for (const one of tokens) {
    for (const [index, { origin }] of one.token.sightings.entries()) {
      const entries = groups.get(origin ?? 'no origin') ?? [];
      groups.set(origin ?? 'no origin', entries);
      entries.push({ ...one, index });
    }
  }
  if (groups.size === 0) return '';
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `<h2>Where they lie</h2>\n${sorted.map(([origin, entries]) => originHtml(origin, entries, withInput)).join('\n')}`;
}

function originHtml(origin: string, entries: readonly Entry[], withInput: boolean): string {
  const rest = entries.length - most;
  return `<h3><bdi>${cell(origin)}</bdi></h3>
<div class="wide places">
<table>
<thead><tr><th scope="col">Place</th><th scope="col">Token</th><th scope="col">Who can read it</th><th scope="col">Kept</th><th scope="col">Valid until</th></tr></thead>
<tbody>
${entries
  .slice(0, most)
  .map((entry) => placeLine(entry, withInput))
  .join('\n')}
</tbody>
</table>
</div>${rest > 0 ? `\n<p class="muted">and ${rest} more places</p>` : ''}`;
}

function placeLine({ number, token, subject, index }: Entry, withInput: boolean): string {
  const [sighting, place] = [token.sightings[index], subject.sightings[index]?.place];
  if (!sighting || !place) return '';
  // The origin stands above, and as it may be shown.
  const readers = readersOf({ traits: place.traits, origin: 'this origin' });
  const words = placeWords({ ...sighting, origin: null, seenAt: null }, { withInput });
  return `<tr${sighting.goneAt === null ? '' : ' class="gone"'}><td><code>${cell(words)}</code></td><td>${numberLink(number)} <bdi>${cell(shortTitle(token), 60)}</bdi></td><td>${escapeHtml(readers.join('; '))}</td><td>${keptFor(place)}</td><td>${escapeHtml(endWords(token))}</td></tr>`;
}
