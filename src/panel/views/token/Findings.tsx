import { modifierWords } from '../../../engine/audit/severity.ts';
import type { Finding } from '../../../engine/model/report.ts';
import type { Link } from '../../../engine/model/token.ts';
import type { Row } from '../../state/row.ts';
import { normalPath } from '../../words/json-path.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { titleOf } from '../../words/token-words.ts';
import { Prose } from '../parts/Prose.tsx';
import { SeverityMark } from '../parts/SeverityMark.tsx';
import { Spot } from '../parts/Spot.tsx';
import { useModel } from '../store-context.ts';
import { Muting } from './Muting.tsx';

/** The name of a finding within its token, for coming back to it. */
export function spotOf({ rule, at }: Finding): string {
  return normalPath(`finding ${rule} ${at ?? ''}`);
}

/** What is wrong with one token, worst first: why it matters, what to do, and what causes it. */
export function Findings({ row }: { row: Row }) {
  const { report } = useModel('judgement');
  const { findings } = row;
  if (findings.length === 0) {
    return (
      <p class="hint">
        Nothing was found wrong with this token under the {report.value.policy} policy. Whether a server would accept it
        is another question.
      </p>
    );
  }
  const muted = findings.filter((finding) => finding.muted);
  return (
    <>
      <List findings={findings.filter((finding) => !finding.muted)} row={row} />
      {muted.length > 0 ? (
        <section class="muted-findings" aria-label="Muted findings">
          <h2>
            {muted.length} muted {muted.length === 1 ? 'finding' : 'findings'}
          </h2>
          <p class="hint">Accepted by somebody, so not counted.</p>
          <List findings={muted} row={row} />
        </section>
      ) : null}
    </>
  );
}

function List({ findings, row }: { findings: readonly Finding[]; row: Row }) {
  return (
    <ol class="findings">
      {withDetails(findings).map((finding) => (
        <li key={spotOf(finding)} class={finding.under ? 'detail-of' : ''}>
          <OneFinding finding={finding} row={row} secrets={secretsOf(row.subject.token)} />
        </li>
      ))}
    </ol>
  );
}

/** Each headline with its details right below it. */
function withDetails(findings: readonly Finding[]): Finding[] {
  const headlines = findings.filter(({ under }) => !under || !findings.some(({ rule }) => rule === under));
  return headlines.flatMap((headline) => [
    headline,
    ...findings.filter((finding) => finding.under === headline.rule && !headlines.includes(finding)),
  ]);
}

function OneFinding({ finding, row, secrets }: { finding: Finding; row: Row; secrets: readonly string[] }) {
  const { show } = useModel('selection');
  const { byId } = useModel('rows');
  const id = row.subject.token.id;
  const others = (finding.tokens ?? []).filter((other) => other !== id);
  return (
    <Spot at={spotOf(finding)} class="finding">
      <h2>
        <SeverityMark severity={finding.severity} />{' '}
        <span class="title">
          <Prose text={finding.title} />
        </span>
        {finding.muted ? <span class="muted">Muted: {masked(finding.muted.reason, secrets)}</span> : null}
      </h2>
      <p>
        <Prose text={finding.says} secrets={secrets} />
      </p>
      <p>
        <Prose text={finding.why} secrets={secrets} />
      </p>
      {finding.fix ? (
        <p>
          <b>What to do: </b>
          <Prose text={finding.fix} secrets={secrets} />
        </p>
      ) : null}
      <div class="row-of-links">
        <Cause finding={finding} row={row} />
        {others.slice(0, 20).map((other) => {
          const otherRow = byId.value.get(other);
          return otherRow ? (
            <button key={other} type="button" class="link" onClick={() => show(other, 'findings', spotOf(finding))}>
              Also: {titleOf(otherRow.subject)}
            </button>
          ) : null;
        })}
        <Muting finding={finding} row={row} />
      </div>
      <p class="muted small row-of-links references">
        <code>{finding.rule}</code>
        {finding.confidence === 'certain' ? null : <span>{finding.confidence}</span>}
        {finding.modifiers.length > 0 ? (
          <span>severity adjusted: {finding.modifiers.map(wordOf).join('; ')}</span>
        ) : null}
        {finding.references.map((link) => (
          <Reference key={link.url} link={link} />
        ))}
      </p>
    </Spot>
  );
}

function wordOf(modifier: string): string {
  return modifierWords[modifier as keyof typeof modifierWords] ?? modifier;
}

/** The way from a finding to the claim or place that causes it. */
function Cause({ finding: { at, tokens }, row: { subject } }: { finding: Finding; row: Row }) {
  const { show } = useModel('selection');
  if (at === null || tokens) return null;
  const index = /^sightings\[(\d+)\]/.exec(at)?.[1];
  if (index !== undefined) {
    const place = subject.sightings[Number(index)]?.place;
    return place ? (
      <button type="button" class="link" onClick={() => show(subject.token.id, 'places', `sightings[${index}]`)}>
        Show the place: {masked(place.label, secretsOf(subject.token))}
      </button>
    ) : null;
  }
  return (
    <button type="button" class="link" onClick={() => show(subject.token.id, 'claims', at)}>
      Show <code>{at.replace(/^claims\./, '')}</code>
    </button>
  );
}

/** Only ordinary web addresses become links. */
export function Reference({ link: { title, url } }: { link: Link }) {
  if (!/^https?:\/\//.test(url)) return <span>{title}</span>;
  return (
    <a href={url} target="_blank" rel="noreferrer noopener">
      {title}
    </a>
  );
}
