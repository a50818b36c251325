import { useRef, useState } from 'preact/hooks';
import type { Token } from '../../../engine/model/token.ts';
import { checkLocally } from '../../state/check-locally.ts';
import type { Row } from '../../state/row.ts';
import type { LocalCheck } from '../../state/validation.ts';
import { decryptedText } from '../../words/decrypted.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { dateTime } from '../../words/show-time.ts';
import { cut, visible } from '../../words/visible.ts';
import { useModel } from '../store-context.ts';
import { OutcomeIcon, outcomeWords } from './Outcome.tsx';

/** Longest key file that is read, in bytes. */
const largestKeyFile = 256 * 1024;
/** Characters of a decrypted token that are shown. */
const longestShown = 20_000;

/** Checks a token here. The key stays in its field until it is cleared or the details close, and goes nowhere. */
export function KeyInHand({ row }: { row: Row }) {
  const { localChecks } = useModel('validation');
  const { token } = row.subject;
  const check = localChecks.value.get(token.id);
  return (
    <section aria-label="A key in hand">
      <h2>A key in hand</h2>
      <KeyForm row={row} />
      <div role="status">{check ? <Result token={token} check={check} /> : null}</div>
    </section>
  );
}

function KeyForm({ row: { subject } }: { row: Row }) {
  const { keepLocal } = useModel('validation');
  const { token } = subject;
  const [key, setKey] = useState('');
  const [trouble, setTrouble] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [isOver, setOver] = useState(false);
  const verb = token.lock ? 'Decrypt' : 'Verify signature';

  async function run(event: Event) {
    event.preventDefault();
    setBusy(true);
    setTrouble('');
    try {
      keepLocal(token.id, await checkLocally(token, key, subject.sightings));
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
      <KeyField token={token} text={key} setText={setKey} />
      <p class="actions">
        <button type="submit" class="plain" disabled={isBusy || key.trim() === ''}>
          {isBusy ? 'Checking…' : verb}
        </button>
        <ChooseFile take={(file) => void take(file)} />
        {key ? (
          <button type="button" class="link" onClick={() => setKey('')}>
            Clear
          </button>
        ) : null}
      </p>
      {trouble ? <p role="alert">{trouble}</p> : null}
    </form>
  );
}

function KeyField({ token, text, setText }: { token: Token; text: string; setText: (text: string) => void }) {
  return (
    <label>
      <span class="hint">
        {token.lock?.asksFor ?? 'Secret, PEM, JWK or JWK Set'}: paste it or drop a file. It is used here and kept
        nowhere.
      </span>
      <textarea
        class={text && !text.includes('\n') ? 'mono secret' : 'mono'}
        rows={3}
        value={text}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </label>
  );
}

function ChooseFile({ take }: { take: (file: File | undefined) => void }) {
  const file = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={file}
        type="file"
        hidden
        aria-label="Key file"
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <button type="button" class="link" onClick={() => file.current?.click()}>
        Choose a file
      </button>
    </>
  );
}

function Result({ token, check }: { token: Token; check: LocalCheck }) {
  const { zone } = useModel('settings');
  return (
    <>
      <p class={`verdict ${check.outcome === 'passed' ? 'good' : check.outcome === 'failed' ? 'bad' : ''}`}>
        <OutcomeIcon outcome={check.outcome} />{' '}
        <b>
          {token.lock ? 'Decryption' : 'Signature'} {outcomeWords[check.outcome]}.
        </b>{' '}
        {check.reason}
      </p>
      <Inside check={check} secrets={secretsOf(token)} />
      <p class="hint">Checked here, with the key you gave, {dateTime(check.at, zone.value)}</p>
    </>
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
