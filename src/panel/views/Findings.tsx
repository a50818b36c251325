import type { Finding, Link } from '../../engine/model.ts';
import { normalPath } from '../json-path.ts';
import { masked, secretsOf } from '../masked.ts';
import type { Row } from '../rows.ts';
import { titleOf } from '../token-words.ts';
import { Prose } from './Prose.tsx';
import { SeverityMark } from './SeverityMark.tsx';
import { Spot } from './Spot.tsx';
import { useStore } from './store-context.ts';

/** The name of a finding within its token, for coming back to it. */
export function spotOf({ rule, at }: Finding): string {
  return normalPath(`finding ${rule} ${at ?? ''}`);
}

/** What is wrong with one token, worst first: why it matters, what to do, and what causes it. */
export function Findings({ row }: { row: Row }) {
  const { report } = useStore();
  const { subject, findings } = row;
  if (findings.length === 0) {
    return (
      <p class="hint">
        Nothing was found wrong with this token under the {report.value.policy} policy. Whether a server would accept it
        is another question.
      </p>
    );
  }
  return (
    <ol class="findings">
      {findings.map((finding) => (
        <li key={spotOf(finding)}>
          <OneFinding finding={finding} row={row} secrets={secretsOf(subject.token)} />
        </li>
      ))}
    </ol>
  );
}

function OneFinding({ finding, row, secrets }: { finding: Finding; row: Row; secrets: readonly string[] }) {
  const { show, allRows } = useStore();
  const id = row.subject.token.id;
  const others = (finding.tokens ?? []).filter((other) => other !== id);
  return (
    <Spot at={spotOf(finding)} class="finding">
      <h3>
        <SeverityMark severity={finding.severity} /> <span class="title">{finding.title}</span>
      </h3>
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
      <p class="row-of-links">
        <Cause finding={finding} row={row} />
        {others.slice(0, 20).map((other) => {
          const otherRow = allRows.value.find(({ subject }) => subject.token.id === other);
          return otherRow ? (
            <button key={other} type="button" class="link" onClick={() => show(other, 'findings', spotOf(finding))}>
              Also: {titleOf(otherRow.subject)}
            </button>
          ) : null;
        })}
        {finding.references.map((link) => (
          <Reference key={link.url} link={link} />
        ))}
      </p>
      <p class="muted small">
        <code>{finding.rule}</code>
        {finding.confidence === 'certain' ? '' : ` · ${finding.confidence}`}
        {finding.modifiers.length > 0 ? ` · severity adjusted (${finding.modifiers.join(', ')})` : ''}
      </p>
    </Spot>
  );
}

/** The way from a finding to the claim or place that causes it. */
function Cause({ finding: { at, tokens }, row: { subject } }: { finding: Finding; row: Row }) {
  const { show } = useStore();
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
