import { type Privilege, privileges } from '../../../engine/model/facts.ts';
import type { Subject } from '../../../engine/model/report.ts';
import type { Row } from '../../state/row.ts';
import { answerOf, grantOf, privilegeWords } from '../../words/privilege-words.ts';
import { identityOf, platformOf, roomOf } from '../../words/token-words.ts';
import { Answer } from '../parts/Answer.tsx';
import { RoleBadge } from '../parts/RoleBadge.tsx';
import { useModel } from '../store-context.ts';

/** More columns than this help nobody; a filter does. */
const most = 30;

/** Tokens as columns, privileges as rows; rows in which tokens differ are marked. */
export function PrivilegeMatrix({ rows }: { rows: readonly Row[] }) {
  const judged = rows.filter(({ subject }) => Object.keys(subject.facts.privileges).length > 0);
  const shown = judged.slice(0, most).map(({ subject }) => subject);
  if (shown.length === 0) {
    return (
      <p class="hint">
        {rows.length === 0
          ? 'There are no tokens to compare.'
          : 'None of these tokens is for joining a call on a known platform, so there are no privileges to compare.'}
      </p>
    );
  }
  return (
    <div class="matrix">
      {judged.length > most ? (
        <p class="hint">
          The first {most} of {judged.length.toLocaleString('en')} tokens. Filter the list to choose others.
        </p>
      ) : null}
      <table>
        <thead>
          <tr>
            <th scope="col">May its holder …</th>
            {shown.map((subject) => (
              <Head key={subject.token.id} subject={subject} />
            ))}
          </tr>
        </thead>
        <tbody>
          {privileges.map((privilege) => (
            <Line key={privilege} privilege={privilege} subjects={shown} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ subject }: { subject: Subject }) {
  const { show } = useModel('selection');
  const navigation = useModel('navigation');
  return (
    <th scope="col">
      <button
        type="button"
        class="link"
        onClick={() => {
          navigation.open('tokens');
          show(subject.token.id, 'privileges');
        }}
      >
        {identityOf(subject) ?? platformOf(subject)}
      </button>
      <span class="muted">
        {platformOf(subject)}
        {roomOf(subject) === null ? '' : `, ${roomOf(subject)}`}
      </span>
      <RoleBadge facts={subject.facts} />
    </th>
  );
}

function Line({ privilege, subjects }: { privilege: Privilege; subjects: readonly Subject[] }) {
  const answers = subjects.map(({ facts }) => answerOf(grantOf(facts, privilege)));
  const { differs, isOdd } = differences(answers);
  return (
    <tr>
      <th scope="row">
        {privilegeWords[privilege]}
        {differs ? <Differs /> : null}
      </th>
      {answers.map((answer, index) => (
        <td key={subjects[index]?.token.id} class={isOdd(answer) ? 'odd-one' : ''}>
          <Answer answer={answer} />
        </td>
      ))}
    </tr>
  );
}

/** Whether values differ, and which of them stand out: those unlike the majority, or all where there is none. */
export function differences<Value>(values: readonly Value[]): { differs: boolean; isOdd: (value: Value) => boolean } {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const usual = [...counts].find(([, count]) => count * 2 > values.length);
  return { differs: counts.size > 1, isOdd: (value) => counts.size > 1 && (!usual || value !== usual[0]) };
}

export function Differs() {
  return (
    <span class="differs-sign" title="They differ">
      <span aria-hidden="true">≠</span>
      <span class="unseen">differs</span>
    </span>
  );
}
