import type { Row } from '../../state/row.ts';
import { spotOf } from '../../words/finding-spot.ts';
import { normalPath } from '../../words/json-path.ts';
import { FindingMark } from '../parts/FindingMark.tsx';
import { Prose } from '../parts/Prose.tsx';
import { useModel } from '../store-context.ts';

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
            <FindingMark severity={finding.severity} isGone={row.goneAt !== null} word={false} />
            <span>
              <Prose text={finding.title} />
            </span>
          </button>
        ))}
    </>
  );
}
