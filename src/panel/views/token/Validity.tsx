import { useRef, useState } from 'preact/hooks';
import type { Check } from '../../../introspection/reply.ts';
import { checkLocally, isEncrypted } from '../../state/check-locally.ts';
import type { Row } from '../../state/rows.ts';
import type { LocalCheck, Validity as ValidityState } from '../../state/validation.ts';
import { verdictOf } from '../../state/verdict.ts';
import { decryptedText } from '../../words/decrypted.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { dateTime } from '../../words/show-time.ts';
import { cut, visible } from '../../words/visible.ts';
import { Icon } from '../parts/Icon.tsx';
import { useStore } from '../store-context.ts';
import { WeakKey } from './WeakKey.tsx';

/** Longest key file that is read, in bytes. */
const largestKeyFile = 256 * 1024;
/** Characters of a decrypted token that are shown. */
const longestShown = 20_000;

/** Whether a token would be accepted: asked of the user's own backend, or checked with a key in hand. */
export function Validity({ row }: { row: Row }) {
  const { validation } = useStore();
  if (!validation.isWhole()) return <p class="hint">This report holds masked tokens, which nobody can verify.</p>;
  return (
    <div class="validity">
      <AskBackend row={row} />
      <WithKey row={row} />
      <WeakKey row={row} />
    </div>
  );
}

function AskBackend({ row: { subject } }: { row: Row }) {
  const { validation, settingsOpen } = useStore();
  const [room, setRoom] = useState(() => validation.roomOf(subject) ?? '');
  const backend = validation.backendFor(subject);
  const validity = validation.validities.value.get(subject.token.id);
  const isAsking = validity?.kind === 'asking';
  const openSettings = () => {
    settingsOpen.value = true;
  };
  return (
    <section aria-label="Your backend">
      <h2>Your backend</h2>
      {backend ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void validation.validate(subject, room.trim() || null);
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
              <button type="button" class="plain" onClick={() => validation.cancel(subject.token.id)}>
                Cancel
              </button>
            ) : null}
            <span class="hint">
              sends this token to <b>{visible(backend.url)}</b>, and to nobody else
            </span>
          </p>
        </form>
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

function Verdict({ validity, secrets }: { validity: ValidityState; secrets: readonly string[] }) {
  const { zone } = useStore();
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

const outcomeWords = { passed: 'passed', failed: 'failed', 'not-checked': 'not checked' } as const;
const outcomeIcons = { passed: 'check', failed: 'error', 'not-checked': 'info' } as const;

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
                <Icon name={outcomeIcons[outcome]} /> {outcomeWords[outcome]}
              </span>
            </td>
            <td>{masked(reason, secrets)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Checks a token here. The key stays in this field until it is cleared or the details close, and goes nowhere. */
function WithKey({ row: { subject } }: { row: Row }) {
  const { validation, zone } = useStore();
  const { token } = subject;
  const [key, setKey] = useState('');
  const [trouble, setTrouble] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [isOver, setOver] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const check = validation.localChecks.value.get(token.id);
  const verb = isEncrypted(token) ? 'Decrypt' : 'Verify signature';

  async function run(event: Event) {
    event.preventDefault();
    setBusy(true);
    setTrouble('');
    try {
      validation.keepLocal(token.id, await checkLocally(token, key, subject.sightings));
    } catch (error) {
      setTrouble(`The check could not be made: ${error instanceof Error ? error.message : String(error)}`);
    }
    setBusy(false);
  }

  async function take(chosen: File | undefined) {
    setOver(false);
    if (!chosen) return;
    if (chosen.size > largestKeyFile) return setTrouble(`${visible(chosen.name)} is too large for a key.`);
    setTrouble('');
    setKey(await chosen.text());
  }

  return (
    <section aria-label="A key in hand">
      <h2>A key in hand</h2>
      <form
        class={isOver ? 'drop' : ''}
        onSubmit={(event) => void run(event)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          void take(event.dataTransfer?.files[0]);
        }}
      >
        <label>
          <span class="hint">
            {token.form === 'msal-encrypted'
              ? 'The cookie msal.cache.encryption, or the key in it'
              : 'Secret, PEM, JWK or JWK Set'}
            : paste it or drop a file. It is used here and kept nowhere.
          </span>
          <textarea
            class={key && !key.includes('\n') ? 'mono secret' : 'mono'}
            rows={3}
            value={key}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => setKey(event.currentTarget.value)}
          />
        </label>
        <p class="actions">
          <button type="submit" class="plain" disabled={isBusy || key.trim() === ''}>
            {isBusy ? 'Checking…' : verb}
          </button>
          <input
            ref={file}
            type="file"
            hidden
            aria-label="Key file"
            onChange={(event) => {
              void take(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
          <button type="button" class="link" onClick={() => file.current?.click()}>
            Choose a file
          </button>
          {key ? (
            <button type="button" class="link" onClick={() => setKey('')}>
              Clear
            </button>
          ) : null}
        </p>
        {trouble ? <p role="alert">{trouble}</p> : null}
      </form>
      <div role="status">
        {check ? (
          <>
            <p class={`verdict ${check.outcome === 'passed' ? 'good' : check.outcome === 'failed' ? 'bad' : ''}`}>
              <Icon name={outcomeIcons[check.outcome]} />{' '}
              <b>
                {isEncrypted(token) ? 'Decryption' : 'Signature'} {outcomeWords[check.outcome]}.
              </b>{' '}
              {check.reason}
            </p>
            <Inside check={check} secrets={secretsOf(token)} />
            <p class="hint">Checked here, with the key you gave, {dateTime(check.at, zone.value)}</p>
          </>
        ) : null}
      </div>
    </section>
  );
}

/** What an encrypted token holds: its claims, or the claims of the token inside. */
function Inside({ check: { plaintext }, secrets }: { check: LocalCheck; secrets: readonly string[] }) {
  if (plaintext === undefined) return null;
  const text = decryptedText(plaintext);
  const { text: shown, rest } = cut(text, longestShown);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="inside" aria-label="Decrypted claims" tabIndex={0}>
      <pre class="token">
        {shown
          .split('\n')
          .map((line) => masked(line, secrets))
          .join('\n')}
        {rest > 0 ? '…' : ''}
      </pre>
    </section>
  );
}
