import { useState } from 'preact/hooks';
import type { Subject } from '../../../engine/model/report.ts';
import type { Check, VendorAnswer } from '../../../introspection/reply.ts';
import type { BackendSettings } from '../../host.ts';
import type { Row } from '../../state/row.ts';
import type { Validity } from '../../state/validation.ts';
import { verdictOf } from '../../state/verdict.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { dateTime } from '../../words/show-time.ts';
import { visible } from '../../words/visible.ts';
import { Icon } from '../parts/Icon.tsx';
import { useModel } from '../store-context.ts';
import { OutcomeIcon, outcomeWords } from './Outcome.tsx';

/** Asks the user's own backend about a token, and shows what it answered. */
export function AskBackend({ row: { subject } }: { row: Row }) {
  const { backendFor, validities } = useModel('validation');
  const { openSettings } = useModel('navigation');
  const backend = backendFor(subject);
  const validity = validities.value.get(subject.token.id);
  return (
    <section aria-label="Your backend">
      <h2>Your backend</h2>
      {backend ? (
        <Question backend={backend} subject={subject} isAsking={validity?.kind === 'asking'} />
      ) : (
        <p class="hint">
          No backend is set up for this token. A backend that you run holds the keys and can say whether the token would
          be accepted.{' '}
          <button type="button" class="link" onClick={openSettings}>
            Add one in the settings
          </button>
        </p>
      )}
      <div role="status">{validity ? <Verdict validity={validity} secrets={secretsOf(subject.token)} /> : null}</div>
      {validity?.kind === 'fault' && ['access-denied', 'unauthorized'].includes(validity.fault.code) ? (
        <p>
          <button type="button" class="link" onClick={openSettings}>
            Open the settings
          </button>
        </p>
      ) : null}
    </section>
  );
}

function Question({ backend, subject, isAsking }: { backend: BackendSettings; subject: Subject; isAsking: boolean }) {
  const { roomOf, validate, cancel } = useModel('validation');
  const [room, setRoom] = useState(() => roomOf(subject) ?? '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void validate(subject, room.trim() || null);
      }}
    >
      <label class="line">
        <span>Room to enter</span>
        <input
          value={room}
          maxLength={500}
          spellcheck={false}
          placeholder="any"
          onInput={(event) => setRoom(event.currentTarget.value)}
        />
      </label>
      <p class="actions">
        <button type="submit" class="primary" disabled={isAsking}>
          Validate
        </button>
        {isAsking ? (
          <button type="button" class="plain" onClick={() => cancel(subject.token.id)}>
            Cancel
          </button>
        ) : null}
        <span class="hint">
          sends this token to <b>{visible(backend.url)}</b>, and to nobody else
        </span>
      </p>
    </form>
  );
}

function Verdict({ validity, secrets }: { validity: Validity; secrets: readonly string[] }) {
  const { zone } = useModel('settings');
  const { tone, icon, title } = verdictOf(validity);
  if (validity.kind === 'asking') {
    return (
      <p>
        {title} {visible(validity.by)}…
      </p>
    );
  }
  const when = dateTime(validity.at, zone.value);
  if (validity.kind === 'fault') {
    return (
      <>
        <p class="verdict">
          <Icon name={icon} /> <b>{title}.</b> {masked(validity.fault.message, secrets)}
        </p>
        <p class="hint">{when}</p>
      </>
    );
  }
  const { reply } = validity;
  const checks = reply.roomkey?.checks ?? [];
  return (
    <>
      <p class={`verdict ${tone}`}>
        <Icon name={icon} /> <b>{title}.</b>
      </p>
      {checks.length > 0 ? <Checks checks={checks} secrets={secrets} /> : null}
      <Irregularities codes={reply.roomkey?.irregularities ?? []} secrets={secrets} />
      {reply.roomkey?.vendor ? <VendorReads answer={reply.roomkey.vendor} secrets={secrets} /> : null}
      <p class="hint">
        Answered by {visible(validity.by)}
        {reply.roomkey ? ` (${masked(reply.roomkey.answeredBy, secrets)})` : ''}, {when}. Forgotten when the panel
        closes.
      </p>
    </>
  );
}

const checkWords: Record<Check['name'], string> = {
  shape: 'Shape',
  time: 'Time',
  issuer: 'Issuer',
  signature: 'Signature',
  room: 'Room',
  vendor: 'The platform’s own answer',
};

function Checks({ checks, secrets }: { checks: readonly Check[]; secrets: readonly string[] }) {
  return (
    <table class="checks" aria-label="Checks">
      <thead>
        <tr>
          <th scope="col">Check</th>
          <th scope="col">Outcome</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {checks.map(({ name, outcome, reason }) => (
          <tr key={name}>
            <th scope="row">{checkWords[name]}</th>
            <td>
              <span class={`outcome ${outcome}`}>
                <OutcomeIcon outcome={outcome} /> {outcomeWords[outcome]}
              </span>
            </td>
            <td>{masked(reason, secrets)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the platform's server takes although a standard forbids it. */
function Irregularities({ codes, secrets }: { codes: readonly string[]; secrets: readonly string[] }) {
  if (codes.length === 0) return null;
  return (
    <p>
      The platform’s server takes it, although a standard forbids {codes.length === 1 ? 'one thing' : 'some things'} in
      it: {masked(codes.join(', '), secrets)}.
    </p>
  );
}

function VendorReads({ answer, secrets }: { answer: VendorAnswer; secrets: readonly string[] }) {
  return (
    <table class="checks" aria-label="What the platform reads in it">
      <tbody>
        {Object.entries(answer).map(([name, value]) => (
          <tr key={name}>
            <th scope="row">
              <code>{name}</code>
            </th>
            <td>{masked(String(value), secrets)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
