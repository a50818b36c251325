import type { Finding } from '../../engine/model.ts';
import { masked } from '../masked.ts';
import { bySeverity, type Row } from '../rows.ts';
import { titleOf } from '../token-words.ts';
import { spotOf } from './Findings.tsx';
import { Prose } from './Prose.tsx';
import { SeverityMark } from './SeverityMark.tsx';
import { useStore } from './store-context.ts';

/** Tokens listed under one rule at most. */
const most = 100;

/** Every finding of the tokens listed, grouped by the rule that made it; each leads to its token. */
export function FindingsByRule() {
  const { rows, show, view } = useStore();
  const groups = groupByRule(rows.value);
  if (groups.length === 0) {
    return <p class="hint">{rows.value.length === 0 ? 'There are no tokens to judge.' : 'Nothing was found wrong.'}</p>;
  }
  return (
    <div class="groups">
      {groups.map(({ rule, worst, entries }) => (
        <details key={rule} open={groups.length <= 8}>
          <summary>
            <SeverityMark severity={worst.severity} />{' '}
            <b>
              <Prose text={worst.title} />
            </b>{' '}
            <span class="muted">
              {entries.length} {entries.length === 1 ? 'time' : 'times'} · <code>{rule}</code>
            </span>
          </summary>
          <p>
            <Prose text={worst.why} />
          </p>
          <ul>
            {entries.slice(0, most).map(({ row, finding }) => (
              <li key={`${row.subject.token.id} ${spotOf(finding)}`}>
                <button
                  type="button"
                  class="link"
                  onClick={() => {
                    view.value = 'tokens';
                    show(row.subject.token.id, 'findings', spotOf(finding));
                  }}
                >
                  {titleOf(row.subject)}
                </button>
                {finding.severity === worst.severity ? null : <SeverityMark severity={finding.severity} />}
                <span>
                  {finding.muted ? `Muted (${masked(finding.muted.reason)}): ` : ''}
                  <Prose text={finding.says} />
                </span>
              </li>
            ))}
            {entries.length > most ? <li class="muted">and {entries.length - most} more</li> : null}
          </ul>
        </details>
      ))}
    </div>
  );
}

function groupByRule(rows: readonly Row[]) {
  const groups = new Map<string, { row: Row; finding: Finding }[]>();
  for (const row of rows) {
    for (const finding of row.findings) {
      const entries = groups.get(finding.rule);
      if (entries) entries.push({ row, finding });
      else groups.set(finding.rule, [{ row, finding }]);
    }
  }
  return [...groups]
    .flatMap(([rule, entries]) => {
      const worst = entries.map(({ finding }) => finding).sort(bySeverity)[0];
      return worst ? [{ rule, worst, entries }] : [];
    })
    .sort((a, b) => bySeverity(a.worst, b.worst) || b.entries.length - a.entries.length);
}
