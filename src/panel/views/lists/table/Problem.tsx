import { isAtLeast } from '../../../../engine/model/severity-order.ts';
import { causeClause } from '../../../../engine/words/cause-clause.ts';
import type { Refusal } from '../../../state/refusals.ts';
import { isOfPlace, type Row } from '../../../state/row.ts';
import { masked } from '../../../words/masked.ts';
import { Icon } from '../../parts/Icon.tsx';
import { Prose } from '../../parts/Prose.tsx';
import { SeverityMark, severityWords } from '../../parts/SeverityMark.tsx';
import { useModel } from '../../store-context.ts';

/**
 * Why joining is refused, where that is the first to be told of a token: before where it is kept, and before what is less than
 * high; null where something else is.
 */
function useRefusal({ subject, lead, goneAt }: Row): Refusal | null {
  const { refusalOf } = useModel('judgement');
  if (goneAt !== null) return null;
  const refusal = refusalOf(subject);
  const isOfToken = lead !== null && !isOfPlace(lead);
  return refusal && isOfToken && isAtLeast(lead.severity, 'high') ? null : refusal;
}

/** The sign at the start of a row: that joining is refused, or how bad its worst problem is. `isSaid` is whether a column says it in words. */
export function LeadingMark({ row, isSaid }: { row: Row; isSaid: boolean }) {
  const refusal = useRefusal(row);
  const { worst, goneAt } = row;
  if (refusal) {
    return (
      <span class="refusal" title={`Refused: ${causeClause(refusal, plain)}`} aria-hidden={isSaid}>
        <Icon name="refused" />
        <span class="unseen">Refused</span>
      </span>
    );
  }
  if (!worst || goneAt !== null) return null;
  return (
    <span aria-hidden={isSaid}>
      <SeverityMark severity={worst} word={false} />
    </span>
  );
}

/** What is wrong first of all, in words, with how bad that is. */
export function Problem({ row }: { row: Row }) {
  const refusal = useRefusal(row);
  const { lead, worst, goneAt } = row;
  if (!worst && !refusal) return <span class="muted">None</span>;
  const severity = worst === null ? null : severityWords[worst];
  return (
    <>
      {worst === null || refusal ? null : goneAt === null ? (
        <span class={`severity ${worst}`}>{severity}</span>
      ) : (
        <span class="muted">Was {severity?.toLowerCase()}</span>
      )}
      <span class="what" title={titleOf(row, refusal)}>
        {refusal ? <>Refused: {causeClause(refusal, plain)}</> : lead ? <Prose text={lead.title} /> : null}
      </span>
    </>
  );
}

/** Both, where both are told. */
function titleOf({ lead }: Row, refusal: Refusal | null): string {
  const found = lead ? plain(lead.title) : null;
  if (!refusal) return found ?? '';
  return [`Refused: ${causeClause(refusal, plain)}`, ...(found === null ? [] : [`Worst finding: ${found}`])].join('\n');
}

/** For where no code can be marked as such. */
function plain(text: string): string {
  return masked(text).replaceAll('`', '');
}
