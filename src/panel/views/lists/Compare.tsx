import { useState } from 'preact/hooks';
import type { Json } from '../../../engine/text/json.ts';
import type { Row } from '../../state/row.ts';
import { leavesOf } from '../../words/json-path.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { identityOf, platformOf } from '../../words/token-words.ts';
import { cut } from '../../words/visible.ts';
import { TabPanel, Tabs } from '../parts/Tabs.tsx';
import { useModel } from '../store-context.ts';
import { CloseDetail, leaveOnEscape } from '../token/Detail.tsx';
import { Differs, differences, PrivilegeMatrix } from './PrivilegeMatrix.tsx';

/** Claims compared of one token at most, and tokens compared at most. */
const mostClaims = 500;
const mostTokens = 10;

/** Two or more tokens side by side: what they allow, and claim by claim. */
export function Compare({ rows }: { rows: readonly Row[] }) {
  const { deselect } = useModel('selection');
  const [tab, setTab] = useState<'privileges' | 'claims'>('claims');
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
          { id: 'claims', title: 'Claims compared' },
          { id: 'privileges', title: 'Privileges compared' },
        ]}
        chosen={tab}
        choose={setTab}
      >
        <CloseDetail close={deselect} />
      </Tabs>
      <TabPanel name="compare" chosen={tab}>
        {tab === 'claims' ? <ClaimTable rows={rows} /> : <PrivilegeMatrix rows={rows} />}
      </TabPanel>
    </section>
  );
}

function ClaimTable({ rows }: { rows: readonly Row[] }) {
  const [onlyDifferences, setOnlyDifferences] = useState(false);
  const shown = rows.slice(0, mostTokens);
  const columns = shown.map(({ subject: { token } }) =>
    leavesOf({ header: token.header, claims: token.claims }, mostClaims),
  );
  const lines = [...new Set(columns.flatMap((leaves) => [...leaves.keys()]))].map((path) => {
    const values = columns.map((leaves) => (leaves.has(path) ? JSON.stringify(leaves.get(path) as Json) : null));
    return { path, values, ...differences(values) };
  });
  return (
    <div class="matrix">
      <p class="actions">
        <label>
          <input
            type="checkbox"
            checked={onlyDifferences}
            onChange={(event) => setOnlyDifferences(event.currentTarget.checked)}
          />{' '}
          Only differences
        </label>{' '}
        <span class="muted">
          {lines.filter(({ differs }) => differs).length} of {lines.length} differ
          {rows.length > mostTokens ? `; the first ${mostTokens} of ${rows.length} tokens` : ''}
        </span>
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Claim</th>
            {shown.map(({ subject }) => (
              <th key={subject.token.id} scope="col">
                {identityOf(subject) ?? platformOf(subject)}
                <span class="muted">{platformOf(subject)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines
            .filter(({ differs }) => differs || !onlyDifferences)
            .map((line) => (
              <ClaimLine key={line.path} line={line} rows={shown} />
            ))}
        </tbody>
      </table>
    </div>
  );
}

interface Compared {
  path: string;
  /** One for each token, as JSON; null where it is not there. */
  values: readonly (string | null)[];
  differs: boolean;
  isOdd: (value: string | null) => boolean;
}

function ClaimLine({ line: { path, values, differs, isOdd }, rows }: { line: Compared; rows: readonly Row[] }) {
  return (
    <tr>
      <th scope="row" class="mono">
        {cut(masked(path.replace(/^claims\./, '')), 200).text}
        {differs ? <Differs /> : null}
      </th>
      {rows.map(({ subject }, index) => (
        <td key={subject.token.id} class={isOdd(values[index] ?? null) ? 'mono odd-one' : 'mono'}>
          {values[index] == null ? (
            <span class="muted">not there</span>
          ) : (
            cut(masked(values[index] ?? '', secretsOf(subject.token)), 300).text
          )}
        </td>
      ))}
    </tr>
  );
}
