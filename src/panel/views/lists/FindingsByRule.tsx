import type { Finding } from '../../../engine/model/report.ts';
import { bySeverity } from '../../../engine/model/severity-order.ts';
import type { Row } from '../../state/row.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { titleOf } from '../../words/token-words.ts';
import { Prose } from '../parts/Prose.tsx';
import { SeverityMark } from '../parts/SeverityMark.tsx';
import { useModel } from '../store-context.ts';
import { spotOf } from '../token/Findings.tsx';

/** Tokens listed under one rule at most. */
const most = 100;

/** Every finding of the tokens listed, grouped by the rule that made it, the muted ones and what is gone apart; each leads to its token. */
export function FindingsByRule() {
  const { listed } = useModel('rows');
  const here = listed.value.filter(({ goneAt }) => goneAt === null);
  const counting = groupByRule(here, false);
  const muted = groupByRule(here, true);
  const past = groupByRule(
    listed.value.filter(({ goneAt }) => goneAt !== null),
    false,
  );
  if (counting.length + muted.length + past.length === 0) {
    return (
      <p class="hint">{listed.value.length === 0 ? 'There are no tokens to judge.' : 'Nothing was found wrong.'}</p>
    );
  }
  return (
    <div class="groups">
      {counting.map((group) => (
        <Group key={group.rule} group={group} isOpen={counting.length <= 8} />
      ))}
      {muted.length > 0 ? (
        <section aria-label="Muted findings">
          <h2 class="hint">Muted, so not counted</h2>
          {muted.map((group) => (
            <Group key={group.rule} group={group} isOpen={muted.length <= 8} />
          ))}
        </section>
      ) : null}
      {past.length > 0 ? (
        <section aria-label="Findings of what is gone">
          <h2 class="hint">Was found in tokens that are gone, so not counted</h2>
          {past.map((group) => (
            <Group key={group.rule} group={group} isOpen={false} />
          ))}
        </section>
      ) : null}
    </div>
  );
}

type RuleGroup = ReturnType<typeof groupByRule>[number];

function Group({ group: { rule, worst, entries }, isOpen }: { group: RuleGroup; isOpen: boolean }) {
  const { show } = useModel('selection');
  const navigation = useModel('navigation');
  return (
    <details open={isOpen}>
      <summary>
        <SeverityMark severity={worst.severity} />{' '}
        <b>
          <Prose text={worst.title} />
        </b>{' '}
        <span class="muted">
          {entries.length} {entries.length === 1 ? 'time' : 'times'} · <code>{rule}</code>
          {worst.under ? ' · a detail' : ''}
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
                navigation.open('tokens');
                show(row.subject.token.id, 'findings', spotOf(finding));
              }}
            >
              {titleOf(row.subject)}
            </button>
            {finding.severity === worst.severity ? null : <SeverityMark severity={finding.severity} />}
            <span>
              {finding.muted ? `Muted (${masked(finding.muted.reason, secretsOf(row.subject.token))}): ` : ''}
              <Prose text={finding.says} />
            </span>
          </li>
        ))}
        {entries.length > most ? <li class="muted">and {entries.length - most} more</li> : null}
      </ul>
    </details>
  );
}

function groupByRule(rows: readonly Row[], areMuted: boolean) {
  const groups = new Map<string, { row: Row; finding: Finding }[]>();
  for (const row of rows) {
    for (const finding of row.findings) {
      if ((finding.muted !== undefined) !== areMuted) continue;
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
