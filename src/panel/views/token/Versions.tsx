import { firstSeen, goneSince } from '../../../engine/model/presence.ts';
import type { Subject } from '../../../engine/model/report.ts';
import type { Row } from '../../state/row.ts';
import { timeOfDay } from '../../words/show-time.ts';
import { Moment } from '../parts/Time.tsx';
import { useModel } from '../store-context.ts';

/** The tokens that lay in the same place before, for the same holder, and the one that does now: each leads to its details. */
export function Versions({ row: { versions, subject } }: { row: Row }) {
  const { all } = useModel('rows');
  const latest = all.value.find((row) => row.versions.includes(subject))?.subject;
  if (versions.length === 0 && !latest) return null;
  return (
    <section aria-label="Versions">
      {latest ? (
        <p>
          It was renewed: <Lead to={latest}>show the latest version</Lead>.
        </p>
      ) : null}
      {versions.length > 0 ? <h2 class="hint">Earlier versions</h2> : null}
      <ul>
        {versions.map((one) => (
          <Version key={one.token.id} subject={one} />
        ))}
      </ul>
    </section>
  );
}

function Version({ subject }: { subject: Subject }) {
  const { zone } = useModel('settings');
  const [from, until] = [firstSeen(subject), goneSince(subject)].map((at) =>
    at === null ? 'an unknown time' : timeOfDay(at, zone.value),
  );
  const { expiresAt } = subject.times;
  return (
    <li>
      <Lead to={subject}>
        There from {from} until {until}
      </Lead>
      {expiresAt === null ? null : (
        <span class="muted">
          , valid until <Moment at={expiresAt} />
        </span>
      )}
    </li>
  );
}

function Lead({ to, children }: { to: Subject; children: preact.ComponentChildren }) {
  const { show } = useModel('selection');
  return (
    <button type="button" class="link" onClick={() => show(to.token.id, 'overview')}>
      {children}
    </button>
  );
}
