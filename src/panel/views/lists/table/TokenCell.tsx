import type { Row } from '../../../state/row.ts';
import type { Column } from '../../../state/table-layout.ts';
import { groupDigits } from '../../../words/group-digits.ts';
import { timeOfDay } from '../../../words/show-time.ts';
import { identityOf, platformOf, roomOf } from '../../../words/token-words.ts';
import { whereOf } from '../../../words/where-words.ts';
import { RoleBadge } from '../../parts/RoleBadge.tsx';
import { Status } from '../../parts/Status.tsx';
import { useModel } from '../../store-context.ts';
import { Problem } from './Problem.tsx';
import { Strip } from './Strip.tsx';

/** What a column tells of a token. */
export function TokenCell({ column, row }: { column: Column; row: Row }) {
  const { subject } = row;
  switch (column) {
    case 'platform':
      return subject.provider ? <span>{platformOf(subject)}</span> : <span class="muted">{platformOf(subject)}</span>;
    case 'room':
      return <Named name={roomOf(subject)} />;
    case 'identity':
      return <Named name={identityOf(subject)} />;
    case 'role':
      return <RoleBadge facts={subject.facts} />;
    case 'where':
      return <WhereCell row={row} />;
    case 'status':
      return <Status row={row} />;
    case 'finding':
      return <Problem row={row} />;
    case 'timeline':
      return <Strip row={row} />;
    case 'places':
      return <>{row.places}</>;
    case 'seen':
      return <Seen row={row} />;
  }
}

function Named({ name }: { name: string | null }) {
  return name === null ? <span class="muted">–</span> : <span title={name}>{name}</span>;
}

/** Characters at the end of a place that stay when its middle gives way: keys often differ in their ends alone. */
const tailLength = 9;

function WhereCell({ row }: { row: Row }) {
  const { origin } = useModel('shown');
  const where = whereOf(row.subject, origin.value);
  if (!where) return <span class="muted">–</span>;
  const more = row.places - 1;
  const [kind, rest] = splitKind(where.text);
  const [head, tail] = splitEnd(rest);
  return (
    <>
      <span class="where-name" title={where.title}>
        <span class="kind">{kind}</span>
        <span class="rest">
          <span class="start">{head}</span>
          {tail === '' ? null : <span class="end">{tail}</span>}
        </span>
      </span>
      {more > 0 ? (
        <span class="muted more-places" title={`${groupDigits(more)} more ${more === 1 ? 'place' : 'places'}`}>
          +{groupDigits(more)}
          <span class="unseen"> more {more === 1 ? 'place' : 'places'}</span>
        </span>
      ) : null}
    </>
  );
}

/** `localStorage.`, `cookie `: what many places have in common gives way first; of `reply of POST /join` no part can be spared alone. */
function splitKind(text: string): [kind: string, rest: string] {
  const at = / of [A-Z]+ /.test(text) ? -1 : (/[. ]/.exec(text)?.index ?? -1);
  return [text.slice(0, at + 1), text.slice(at + 1)];
}

/** A short text stays whole; no pair of surrogates is parted. */
function splitEnd(text: string): [head: string, tail: string] {
  if (text.length < 2 * tailLength) return [text, ''];
  const at = text.length - tailLength;
  const code = text.charCodeAt(at);
  const from = code >= 0xdc00 && code < 0xe000 ? at - 1 : at;
  return [text.slice(0, from), text.slice(from)];
}

function Seen({ row: { firstSeenAt, versions } }: { row: Row }) {
  const { zone } = useModel('settings');
  return (
    <>
      {firstSeenAt === null ? '–' : timeOfDay(firstSeenAt, zone.value)}
      {versions.length === 0 ? null : <span class="muted">, {renewedWords(versions)}</span>}
    </>
  );
}

/** That a page went on with another token which it kept in memory is inferred, not seen. */
function renewedWords(versions: Row['versions']): string {
  if (!versions.some(({ followed }) => followed)) return `renewed ${versions.length}×`;
  return `follows ${versions.length} ${versions.length === 1 ? 'other' : 'others'}`;
}
