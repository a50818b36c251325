import { firstSeen, goneSince } from '../../../engine/model/presence.ts';
import type { Subject } from '../../../engine/model/report.ts';
import type { Row } from '../../state/row.ts';
import { writtenChanges } from '../../words/change-words.ts';
import { timeOfDay } from '../../words/show-time.ts';
import { Moment } from '../parts/Time.tsx';
import { useModel } from '../store-context.ts';

/** The tokens that lay in the same place, or came by the same way, before, for the same holder, and the one that does now: each leads to its details. */
export function Versions({ row: { versions, subject } }: { row: Row }) {
  const { all } = useModel('rows');
  const latest = all.value.find((row) => row.versions.includes(subject))?.subject;
  if (versions.length === 0 && !latest) return null;
  return (
    <section aria-label="Versions">
      {latest ? (
        <p>
          {subject.followed ? 'It was followed by another' : 'It was renewed'}:{' '}
          <Lead to={latest}>show the latest version</Lead>.
        </p>
      ) : null}
      {versions.length > 0 ? <h2 class="hint">Earlier versions</h2> : null}
      <ul>
        {versions.map((one, index) => (
          <Version key={one.token.id} subject={one} next={versions[index - 1] ?? subject} />
        ))}
      </ul>
      {[subject, ...versions].some(({ followed }) => followed) ? (
        <p class="hint">
          Inferred: each came by the same reply as the one before, for the same holder, room and role, and no request
          carried the one before since.
        </p>
      ) : null}
    </section>
  );
}

function Version({ subject, next }: { subject: Subject; next: Subject }) {
  const { zone } = useModel('settings');
  const [from, until] = [firstSeen(subject), goneSince(subject)].map((at) =>
    at === null ? 'an unknown time' : timeOfDay(at, zone.value),
  );
  const { expiresAt } = subject.times;
  return (
    <li>
      <Lead to={subject}>
        There from {from} {subject.followed ? 'and followed at' : 'until'} {until}
      </Lead>
      {expiresAt === null ? null : (
        <span class="muted">
          , valid until <Moment at={expiresAt} />
        </span>
      )}
      <Changes before={subject} after={next} />
    </li>
  );
}

/** Claims shown of one change at most. */
const most = 100;

/** What the token that came next has otherwise, claim by claim. */
function Changes({ before, after }: { before: Subject; after: Subject }) {
  const { zone } = useModel('settings');
  const changes = writtenChanges(before, after, zone.value);
  if (changes.length === 0) return <p class="hint">Nothing but its signature differs from the next.</p>;
  return (
    <details class="changes">
      <summary>{changes.length === 1 ? '1 claim differs' : `${changes.length} claims differ`} from the next</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways where room is short */}
      <section class="scroll-x" tabIndex={0} aria-label="Claims that differ">
        <table>
          <thead>
            <tr>
              <th scope="col">Claim</th>
              <th scope="col">In this one</th>
              <th scope="col">In the next</th>
            </tr>
          </thead>
          <tbody>
            {changes.slice(0, most).map(({ name, before: old, after: new_ }) => (
              <tr key={name}>
                <th scope="row" class="mono">
                  {name}
                </th>
                <td class="mono">{old ?? <span class="muted">not there</span>}</td>
                <td class="mono">{new_ ?? <span class="muted">not there</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {changes.length > most ? <p class="hint">and {changes.length - most} more</p> : null}
    </details>
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
