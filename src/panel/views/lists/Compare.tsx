import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { privileges } from '../../../engine/model/facts.ts';
import type { Json } from '../../../engine/text/json.ts';
import { aspectOf } from '../../state/aspects.ts';
import type { Row } from '../../state/row.ts';
import { leavesOf } from '../../words/json-path.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { meaningFor } from '../../words/meaning.ts';
import { answerOf, grantOf, privilegeWords } from '../../words/privilege-words.ts';
import { identityOf, platformOf } from '../../words/token-words.ts';
import { cut } from '../../words/visible.ts';
import { Answer } from '../parts/Answer.tsx';
import { Breakable } from '../parts/Breakable.tsx';
import { RoleBadge } from '../parts/RoleBadge.tsx';
import { Status } from '../parts/Status.tsx';
import { TabPanel, Tabs } from '../parts/Tabs.tsx';
import { useModel } from '../store-context.ts';
import { Unit } from '../token/ClaimNode.tsx';
import { CloseDetail, leaveOnEscape } from '../token/Detail.tsx';
import { Differs, differences, OnlyDifferences } from './Differs.tsx';

/** Claims compared of one token at most, and tokens compared at most. */
const mostClaims = 500;
const mostTokens = 10;

/** Two or more tokens side by side: what they allow, and claim by claim. */
export function Compare({ rows }: { rows: readonly Row[] }) {
  const { deselect } = useModel('selection');
  const shown = rows.slice(0, mostTokens);
  const [tab, setTab] = useState<'privileges' | 'claims'>(privilegeLines(shown).length > 0 ? 'privileges' : 'claims');
  const lines = tab === 'claims' ? claimLines(shown) : privilegeLines(shown);
  return (
    <section
      class="detail compare"
      aria-label={`Comparison of ${rows.length} tokens`}
      onKeyDown={(event) => leaveOnEscape(event, deselect)}
    >
      <Tabs
        name="compare"
        label="Comparison"
        choices={[
          { id: 'privileges', title: 'Privileges compared' },
          { id: 'claims', title: 'Claims compared' },
        ]}
        chosen={tab}
        choose={setTab}
      >
        <CloseDetail close={deselect} />
      </Tabs>
      <TabPanel name="compare" chosen={tab}>
        {rows.length > mostTokens ? (
          <p class="hint">
            The first {mostTokens} of {rows.length.toLocaleString('en')} tokens.
          </p>
        ) : null}
        {lines.length > 0 ? (
          <Lines key={tab} title={tab === 'claims' ? 'Claim' : 'May its holder …'} rows={shown} lines={lines} />
        ) : (
          <p class="hint">
            {tab === 'claims'
              ? 'None of these tokens has claims that can be read.'
              : 'None of these tokens is for joining a call on a known platform, so there are no privileges to compare.'}
          </p>
        )}
      </TabPanel>
    </section>
  );
}

/** What is compared, with what each token says of it. */
interface Line {
  id: string;
  name: ComponentChildren;
  cells: readonly ComponentChildren[];
  differs: boolean;
  /** Whether the answer of a token stands out. */
  isOdd: readonly boolean[];
}

function Lines({ title, rows, lines }: { title: string; rows: readonly Row[]; lines: readonly Line[] }) {
  const [onlyDifferences, setOnlyDifferences] = useState(false);
  return (
    <div class="matrix">
      <p class="actions">
        <OnlyDifferences isOn={onlyDifferences} set={setOnlyDifferences} />{' '}
        <span class="muted">
          {lines.filter(({ differs }) => differs).length} of {lines.length} differ
        </span>
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col" class="line-name column-name">
              {title}
            </th>
            {rows.map((row) => (
              <Head key={row.subject.token.id} row={row} />
            ))}
          </tr>
        </thead>
        <tbody>
          {lines
            .filter(({ differs }) => differs || !onlyDifferences)
            .map(({ id, name, cells, differs, isOdd }) => (
              <tr key={id}>
                <th scope="row" class="line-name">
                  {name}
                  {differs ? <Differs /> : null}
                </th>
                {cells.map((cell, index) => (
                  <td key={rows[index]?.subject.token.id} class={isOdd[index] ? 'odd-one' : undefined}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

/** Tells a token from the others beside it: who, where to, as what, for how long, and where it lies. */
function Head({ row }: { row: Row }) {
  const { show } = useModel('selection');
  const { subject } = row;
  const name = identityOf(subject) ?? platformOf(subject);
  const rest = [aspectOf(subject, 'room'), platformOf(subject), aspectOf(subject, 'place')];
  return (
    <th scope="col" class="column-name">
      <span class="token-name" title={[name, ...rest].join('\n')}>
        <button type="button" class="link" onClick={() => show(subject.token.id, 'overview')}>
          {name}
        </button>
        <span>
          <RoleBadge facts={subject.facts} />
        </span>
        {rest.map((words, index) => (
          <span key={index} class="muted">
            {words}
          </span>
        ))}
        <span class="muted">
          {subject.times.lifetimeSeconds === null ? '' : `${aspectOf(subject, 'lifetime')}, `}
          <Status row={row} />
        </span>
      </span>
    </th>
  );
}

/** Privileges of which any of the tokens speaks. */
function privilegeLines(rows: readonly Row[]): Line[] {
  return privileges.flatMap((privilege) => {
    const answers = rows.map(({ subject }) => answerOf(grantOf(subject.facts, privilege)));
    if (answers.every((answer) => answer === 'not stated')) return [];
    const { differs, isOdd } = differences(answers);
    return [
      {
        id: privilege,
        name: privilegeWords[privilege],
        cells: answers.map((answer) => <Answer answer={answer} />),
        differs,
        isOdd: answers.map(isOdd),
      },
    ];
  });
}

function claimLines(rows: readonly Row[]): Line[] {
  const columns = rows.map(({ subject: { token } }) =>
    leavesOf({ header: token.header, claims: token.claims }, mostClaims),
  );
  return [...new Set(columns.flatMap((leaves) => [...leaves.keys()]))].map((path) => {
    const values = columns.map((leaves) => (leaves.has(path) ? JSON.stringify(leaves.get(path) as Json) : null));
    const { differs, isOdd } = differences(values);
    return {
      id: path,
      name: (
        <code>
          <Breakable text={cut(masked(path.replace(/^claims\./, '')), 200).text} />
        </code>
      ),
      cells: rows.map((row, index) => <Claim row={row} path={path} value={columns[index]?.get(path)} />),
      differs,
      isOdd: values.map(isOdd),
    };
  });
}

/** A value as it is read: times as times, and what is not there as such. */
function Claim({ row: { subject }, path, value }: { row: Row; path: string; value: Json | undefined }) {
  if (value === undefined) return <span class="muted">not there</span>;
  const unit = typeof value === 'number' ? meaningFor(subject, path)?.unit : undefined;
  if (unit) {
    return (
      <span title={String(value)}>
        <Unit value={value} unit={unit} />
      </span>
    );
  }
  return <span class="mono value">{cut(masked(JSON.stringify(value), secretsOf(subject.token)), 300).text}</span>;
}
