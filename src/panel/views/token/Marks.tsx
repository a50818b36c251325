import type { Row } from '../../state/row.ts';
import { normalPath } from '../../words/json-path.ts';
import { Prose } from '../parts/Prose.tsx';
import { SeverityMark } from '../parts/SeverityMark.tsx';
import { useModel } from '../store-context.ts';
import { spotOf } from './Findings.tsx';

/** The findings a claim or place causes; each leads to its explanation. */
export function Marks({ path, row }: { path: string; row: Row }) {
  const { show } = useModel('selection');
  return (
    <>
      {row.findings
        .filter(({ at, tokens }) => at !== null && !tokens && normalPath(at) === path)
        .map((finding) => (
          <button
            key={spotOf(finding)}
            type="button"
            class="mark"
            title="Show the finding"
            onClick={() => show(row.subject.token.id, 'findings', spotOf(finding))}
          >
            <SeverityMark severity={finding.severity} word={false} />
            <span>
              <Prose text={finding.title} />
            </span>
          </button>
        ))}
    </>
  );
}
