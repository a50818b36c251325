import { modifierWords } from '../../../engine/audit/severity.ts';
import type { Finding } from '../../../engine/model/report.ts';
import type { Link } from '../../../engine/model/token.ts';
import type { Row } from '../../state/row.ts';
import { evidenceOf } from '../../words/evidence.ts';
import { spotOf } from '../../words/finding-spot.ts';
import { masked, secretsOf, shownUrl } from '../../words/masked.ts';
import { goneTokenWords } from '../../words/place-words.ts';
import { timeOfDay } from '../../words/show-time.ts';
import { titleOf } from '../../words/token-words.ts';
import { cut, visible } from '../../words/visible.ts';
import { Breakable } from '../parts/Breakable.tsx';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Pair } from '../parts/Pair.tsx';
import { Prose } from '../parts/Prose.tsx';
import { useModel } from '../store-context.ts';
import { Muting } from './Muting.tsx';

/** Other tokens named at most. */
const mostOthers = 20;

export interface FindingProps {
  finding: Finding;
  row: Row;
}

/** All about one finding below its title: where it is, what was found, why it matters, and what to do. */
export function OneFinding({ finding, row, namesToken = false }: FindingProps & { namesToken?: boolean }) {
  const secrets = secretsOf(row.subject.token);
  return (
    <>
      <dl>
        {finding.muted ? <Pair name="Muted">{masked(finding.muted.reason, secrets)}</Pair> : null}
        {namesToken ? (
          <Pair name="Token">
            <TokenLink row={row} />
          </Pair>
        ) : null}
        <Pair name="Where">
          <Cause finding={finding} row={row} />
        </Pair>
        <Pair name="Found">
          <Prose text={finding.says} secrets={secrets} />
        </Pair>
        <Pair name="Why it matters">
          <Prose text={finding.why} secrets={secrets} />
        </Pair>
        {finding.fix ? (
          <Pair name="What to do">
            <Prose text={finding.fix} secrets={secrets} />
          </Pair>
        ) : null}
        <Others finding={finding} row={row} />
      </dl>
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
    </>
  );
}

function wordOf(modifier: string): string {
  return modifierWords[modifier as keyof typeof modifierWords] ?? modifier;
}

/** The token of a finding among all, with what becomes of one that is gone. */
function TokenLink({ row }: { row: Row }) {
  const { show } = useModel('selection');
  const { zone } = useModel('settings');
  return (
    <>
      <button type="button" class="link" onClick={() => show(row.subject.token.id, 'overview')}>
        {titleOf(row.subject)}
      </button>
      {row.goneAt === null ? null : (
        <span class="muted">
          {' '}
          {goneTokenWords(row.subject)} since {timeOfDay(row.goneAt, zone.value)}
        </span>
      )}
    </>
  );
}

/** Other tokens that the same finding is about. */
function Others({ finding, row }: FindingProps) {
  const { show } = useModel('selection');
  const { byId } = useModel('rows');
  const { id } = row.subject.token;
  const others = (finding.tokens ?? []).filter((other) => other !== id).flatMap((other) => byId.value.get(other) ?? []);
  if (others.length === 0) return null;
  return (
    <Pair name="Also">
      <ul>
        {others.slice(0, mostOthers).map(({ subject }) => (
          <li key={subject.token.id}>
            <button type="button" class="link" onClick={() => show(subject.token.id, 'findings', spotOf(finding))}>
              {titleOf(subject)}
            </button>
          </li>
        ))}
        {others.length > mostOthers ? <li class="muted">and {others.length - mostOthers} more</li> : null}
      </ul>
    </Pair>
  );
}

/** The claim or place that causes a finding, what it holds, and the way to it. */
function Cause({ finding, row: { subject } }: FindingProps) {
  const { show } = useModel('selection');
  const { at, tokens } = finding;
  if (tokens) return <>{tokens.length === 1 ? 'the token as a whole' : `${tokens.length} tokens together`}</>;
  if (at === null) return <>the token as a whole</>;
  const index = /^sightings\[(\d+)\]/.exec(at)?.[1];
  if (index !== undefined) {
    const place = subject.sightings[Number(index)]?.place;
    if (!place) return <>a place that is no longer listed</>;
    return (
      <>
        <button type="button" class="link" onClick={() => show(subject.token.id, 'places', `sightings[${index}]`)}>
          Show <code>{cut(masked(place.label, secretsOf(subject.token)), 200).text}</code>
        </button>
        {place.origin ? <span class="muted"> on {visible(place.origin)}</span> : null}
        {place.exchange && place.url ? (
          <div class="mono muted">{shownUrl(place.url.replace(/[?#][\s\S]*$/, ''))}</div>
        ) : null}
      </>
    );
  }
  const evidence = evidenceOf(finding, subject);
  return (
    <>
      <button type="button" class="link" onClick={() => show(subject.token.id, 'claims', at)}>
        Show{' '}
        <code>
          <Breakable text={masked(at.replace(/^claims\./, ''))} />
        </code>
      </button>
      {evidence === null ? null : <span class="mono"> {evidence}</span>}
    </>
  );
}

/** Previous and next, a ticket to copy, and accepting it. What has no previous one, or no next, is dimmed. */
export function FindingActions({
  finding,
  row,
  previous,
  next,
}: FindingProps & { previous: (() => void) | null; next: (() => void) | null }) {
  const { all } = useModel('rows');
  const { report } = useModel('judgement');
  const { page } = useModel('shown');
  const ticket = async () =>
    (await import('../../state/finding-ticket.ts')).ticketOf({
      finding,
      row,
      all: all.value,
      pageUrl: page.value?.url ?? null,
      now: report.value.now,
      policy: report.value.policy,
    });
  return (
    <div class="finding-actions">
      <Step name="Previous finding" icon="up" go={previous} />
      <Step name="Next finding" icon="down" go={next} />
      <CopyButton what="Ticket" text={ticket} />
      <Muting finding={finding} row={row} />
    </div>
  );
}

function Step({ name, icon, go }: { name: string; icon: 'up' | 'down'; go: (() => void) | null }) {
  return (
    <button
      type="button"
      class="tool"
      aria-label={name}
      title={name}
      aria-disabled={go === null}
      onClick={() => go?.()}
    >
      <Icon name={icon} />
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
