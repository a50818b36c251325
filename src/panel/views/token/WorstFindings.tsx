import type { Row } from '../../state/row.ts';
import { spotOf } from '../../words/finding-spot.ts';
import { FindingMark } from '../parts/FindingMark.tsx';
import { Prose } from '../parts/Prose.tsx';
import { useModel } from '../store-context.ts';

/** The worst few findings; the rest is a tab away. */
export function WorstFindings({ row }: { row: Row }) {
  const { show } = useModel('selection');
  const shown = row.findings.filter(({ muted, under }) => !muted && !under).slice(0, 3);
  const rest = row.findings.length - shown.length;
  if (shown.length === 0) return null;
  return (
    <ul class="worst">
      {shown.map((finding) => (
        <li key={spotOf(finding)}>
          <button type="button" class="mark" onClick={() => show(row.subject.token.id, 'findings', spotOf(finding))}>
            <FindingMark severity={finding.severity} isGone={row.goneAt !== null} />{' '}
            <span>
              <Prose text={finding.title} />
            </span>
          </button>
        </li>
      ))}
      {rest > 0 ? (
        <li>
          <button type="button" class="link" onClick={() => show(row.subject.token.id, 'findings')}>
            and {rest} more
          </button>
        </li>
      ) : null}
    </ul>
  );
}
