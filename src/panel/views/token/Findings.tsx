import { useEffect, useState } from 'preact/hooks';
import type { Finding } from '../../../engine/model/report.ts';
import type { Row } from '../../state/row.ts';
import { spotOf } from '../../words/finding-spot.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { FindingMark } from '../parts/FindingMark.tsx';
import { Prose } from '../parts/Prose.tsx';
import { Spot } from '../parts/Spot.tsx';
import { useModel } from '../store-context.ts';
import { FindingActions, OneFinding } from './OneFinding.tsx';

/** What is wrong with one token, worst first, one of them open; what is only worth knowing is folded, and what is muted stands apart. */
export function Findings({ row }: { row: Row }) {
  const { report } = useModel('judgement');
  const { spotlight } = useModel('selection');
  const counting = withDetails(row.findings.filter(({ muted, severity }) => !muted && severity !== 'info'));
  const notes = withDetails(row.findings.filter(({ muted, severity }) => !muted && severity === 'info'));
  const muted = row.findings.filter((finding) => finding.muted);
  const all = [...counting, ...notes, ...muted];
  const [open, setOpen] = useState<string | null>(() => spotlight.peek() ?? firstOf(counting));
  const led = spotlight.value;
  useEffect(() => {
    if (led !== null) setOpen(led);
  }, [led]);
  const list = { row, all, open, choose: setOpen };
  if (all.length === 0) {
    return (
      <p class="hint">
        Nothing was found wrong with this token under the {report.value.policy} policy. Whether a server would accept it
        is another question.
      </p>
    );
  }
  return (
    <>
      {row.goneAt === null ? null : <p class="hint">Was found while the token was there, so not counted.</p>}
      {counting.length > 0 ? <List {...list} findings={counting} /> : null}
      {notes.length > 0 ? <Notes {...list} findings={notes} isAlone={counting.length === 0} /> : null}
      {muted.length > 0 ? (
        <section class="muted-findings" aria-label="Muted findings">
          <h2>
            {muted.length} muted {muted.length === 1 ? 'finding' : 'findings'}
          </h2>
          <p class="hint">Accepted by somebody, so not counted.</p>
          <List {...list} findings={muted} />
        </section>
      ) : null}
    </>
  );
}

interface ListProps {
  row: Row;
  findings: readonly Finding[];
  /** Those that previous and next go through. */
  all: readonly Finding[];
  /** Spot of the one that is open. */
  open: string | null;
  choose: (spot: string | null) => void;
}

function firstOf(findings: readonly Finding[]): string | null {
  return findings[0] ? spotOf(findings[0]) : null;
}

/** What is worth knowing and nothing to mend: one line, until it is asked for. */
function Notes({ isAlone, ...list }: ListProps & { isAlone: boolean }) {
  const { findings, open } = list;
  const titles = findings.map(({ title }) => title.slice(0, 1).toLowerCase() + title.slice(1));
  return (
    <details class="notes" open={isAlone || findings.some((finding) => spotOf(finding) === open)}>
      <summary class="fold-line">
        {findings.length} {findings.length === 1 ? 'note' : 'notes'}{' '}
        <span class="muted">
          <Prose text={titles.join('; ')} />
        </span>
      </summary>
      <List {...list} />
    </details>
  );
}

function List({ findings, ...rest }: ListProps) {
  return (
    <ol class="findings">
      {findings.map((finding) => (
        <li key={spotOf(finding)} class={finding.under && isBelow(finding, findings) ? 'detail-of' : ''}>
          <Line finding={finding} {...rest} />
        </li>
      ))}
    </ol>
  );
}

function isBelow({ under }: Finding, findings: readonly Finding[]): boolean {
  return findings.some(({ rule }) => rule === under);
}

/** Each headline with its details right below it. */
function withDetails(findings: readonly Finding[]): Finding[] {
  const headlines = findings.filter((finding) => !finding.under || !isBelow(finding, findings));
  return headlines.flatMap((headline) => [
    headline,
    ...findings.filter((finding) => finding.under === headline.rule && !headlines.includes(finding)),
  ]);
}

function Line({ finding, row, all, open, choose }: Omit<ListProps, 'findings'> & { finding: Finding }) {
  const spot = spotOf(finding);
  const isOpen = open === spot;
  const index = all.indexOf(finding);
  const to = (at: number) => {
    const other = all[at];
    return other ? () => choose(spotOf(other)) : null;
  };
  return (
    <Spot at={spot} class={isOpen ? 'finding open' : 'finding'}>
      <h2>
        <button type="button" class="entry" aria-expanded={isOpen} onClick={() => choose(isOpen ? null : spot)}>
          <FindingMark severity={finding.severity} isGone={row.goneAt !== null} />
          <span class="title">
            <Prose text={finding.title} />
          </span>
          {finding.muted ? (
            <span class="muted">Muted: {masked(finding.muted.reason, secretsOf(row.subject.token))}</span>
          ) : null}
        </button>
      </h2>
      {isOpen ? (
        <>
          <OneFinding finding={finding} row={row} />
          <FindingActions finding={finding} row={row} previous={to(index - 1)} next={to(index + 1)} />
        </>
      ) : null}
    </Spot>
  );
}
