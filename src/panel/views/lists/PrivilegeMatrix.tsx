import { useState } from 'preact/hooks';
import { type Privilege, privileges, type Role, roles } from '../../../engine/model/facts.ts';
import type { Subject } from '../../../engine/model/report.ts';
import type { Row } from '../../state/row.ts';
import {
  type Answer as AnswerWord,
  answerOf,
  grantOf,
  privilegeWords,
  shortPrivilegeWords,
} from '../../words/privilege-words.ts';
import { Answer } from '../parts/Answer.tsx';
import { TokenName } from '../parts/TokenName.tsx';
import { useModel } from '../store-context.ts';
import { Differs, differences } from './Differs.tsx';
import { useGridKeys } from './use-grid-keys.ts';

/** Tokens drawn at first, and with each press on "more". */
const step = 60;

const groupTitles: Record<Role, [one: string, several: string]> = {
  host: ['Host', 'Hosts'],
  participant: ['Participant', 'Participants'],
  viewer: ['Viewer', 'Viewers'],
  server: ['Server', 'Servers'],
  unknown: ['Role not known', 'Role not known'],
};

/** What tokens let their holders do: a line each, grouped by role; privileges in which they differ are marked, and the answers unlike most. */
export function PrivilegeMatrix({ rows }: { rows: readonly Row[] }) {
  const [most, setMost] = useState(step);
  const keys = useGridKeys();
  const judged = byRole(rows.filter(({ subject }) => Object.keys(subject.facts.privileges).length > 0));
  const subjects = judged.map(({ subject }) => subject);
  const columns = columnsOf(subjects);
  if (columns.length === 0) {
    return (
      <p class="hint">
        {rows.length === 0
          ? 'There are no tokens to compare.'
          : 'None of these tokens is for joining a call on a known platform, so there are no privileges to compare.'}
      </p>
    );
  }
  const silent = privileges.filter((privilege) => !columns.some((column) => column.privilege === privilege));
  const shown = subjects.slice(0, most);
  return (
    <div class="matrix turned" style={{ '--answers': columns.length }}>
      <Legend differing={columns.filter(({ differs }) => differs).length} of={columns.length} />
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid, as ARIA in HTML allows a table to be */}
      <table role="grid" aria-label="What each token lets its holder do" {...keys}>
        <thead>
          <tr>
            <th scope="col" class="line-name column-name">
              May its holder …
            </th>
            {columns.map((column) => (
              <Head key={column.privilege} column={column} />
            ))}
          </tr>
        </thead>
        {roles.map((role) => (
          <Group
            key={role}
            role={role}
            count={subjects.filter(({ facts }) => facts.role === role).length}
            subjects={shown.filter(({ facts }) => facts.role === role)}
            columns={columns}
          />
        ))}
      </table>
      {subjects.length > most ? (
        <p class="hint">
          <button type="button" class="link" onClick={() => setMost(most + step)}>
            Show {Math.min(step, subjects.length - most)} more of {subjects.length.toLocaleString('en')} tokens
          </button>
        </p>
      ) : null}
      {silent.length > 0 ? (
        <p class="hint">Said by none of them: {silent.map((one) => privilegeWords[one]).join(', ')}.</p>
      ) : null}
    </div>
  );
}

/** One privilege, and how the tokens differ in it. */
interface PrivilegeColumn {
  privilege: Privilege;
  differs: boolean;
  isOdd: (answer: AnswerWord) => boolean;
}

/** Those of which any token speaks. */
function columnsOf(subjects: readonly Subject[]): PrivilegeColumn[] {
  return privileges.flatMap((privilege) => {
    const answers = subjects.map(({ facts }) => answerOf(grantOf(facts, privilege)));
    return answers.every((answer) => answer === 'not stated') ? [] : [{ privilege, ...differences(answers) }];
  });
}

function byRole(rows: readonly Row[]): Row[] {
  return roles.flatMap((role) => rows.filter(({ subject }) => subject.facts.role === role));
}

function Legend({ differing, of }: { differing: number; of: number }) {
  return (
    <p class="legend">
      <Answer answer="yes" /> <Answer answer="no" /> <Answer answer="depends" /> <Answer answer="not stated" />{' '}
      {differing > 0 ? (
        <span class="muted">
          <span aria-hidden="true">≠</span> {differing} of {of} differ; <span class="odd-one">unlike most</span>
        </span>
      ) : (
        <span class="muted">all alike</span>
      )}
    </p>
  );
}

function Head({ column: { privilege, differs } }: { column: PrivilegeColumn }) {
  return (
    <th scope="col" class="column-name" title={privilegeWords[privilege]}>
      <span class="turn">
        {shortPrivilegeWords[privilege]}
        {differs ? <Differs /> : null}
      </span>
    </th>
  );
}

function Group({
  role,
  count,
  subjects,
  columns,
}: {
  role: Role;
  /** Of all tokens of the role, drawn already or not. */
  count: number;
  subjects: readonly Subject[];
  columns: readonly PrivilegeColumn[];
}) {
  if (subjects.length === 0) return null;
  return (
    <tbody>
      <tr class="group">
        <th scope="rowgroup" class="group-name" colSpan={columns.length + 1}>
          <span>
            {groupTitles[role][count === 1 ? 0 : 1]} <span class="muted">{count.toLocaleString('en')}</span>
          </span>
        </th>
      </tr>
      {subjects.map((subject) => (
        <Line key={subject.token.id} subject={subject} columns={columns} />
      ))}
    </tbody>
  );
}

function Line({ subject, columns }: { subject: Subject; columns: readonly PrivilegeColumn[] }) {
  const { show } = useModel('selection');
  return (
    <tr data-token={subject.token.id}>
      <th scope="row" class="line-name">
        <TokenName subject={subject} tabIndex={-1} open={() => show(subject.token.id, 'privileges')} />
      </th>
      {columns.map(({ privilege, isOdd }) => {
        const answer = answerOf(grantOf(subject.facts, privilege));
        return (
          <td key={privilege} tabIndex={-1} class={isOdd(answer) ? 'odd-one' : undefined} data-privilege={privilege}>
            <Answer answer={answer} word={false} />
          </td>
        );
      })}
    </tr>
  );
}
