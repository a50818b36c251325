import { useState } from 'preact/hooks';
import { providers } from '../../../engine/recognise/providers/index.ts';
import { insecureUrl } from '../../../introspection/insecure-url.ts';
import { visible } from '../../words/visible.ts';
import { useModel } from '../store-context.ts';

/** Offers to add a backend, the first one with a word about what that means. */
export function AddBackend({ isFirst }: { isFirst: boolean }) {
  const [entry, setEntry] = useState<Entry>(blank);
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <Form entry={entry} setEntry={setEntry} close={() => setOpen(false)} />;
  return (
    <>
      {isFirst ? (
        <p class="muted">None yet. Tokens go only to a backend you add here, and only when you press Validate.</p>
      ) : null}
      <button type="button" class="link" onClick={() => setOpen(true)}>
        Add a backend
      </button>
    </>
  );
}

/** What the user typed. */
interface Entry {
  url: string;
  header: string;
  secret: string;
  provider: string;
  onlyHere: boolean;
  trouble: string;
}

const blank: Entry = { url: '', header: 'Authorization', secret: '', provider: '', onlyHere: false, trouble: '' };

interface FormProps {
  /** Kept while the form is closed by Cancel, so that nothing has to be typed twice. */
  entry: Entry;
  setEntry: (update: (known: Entry) => Entry) => void;
  close: () => void;
}

function Form({ entry, setEntry, close }: FormProps) {
  const { add } = useModel('backends');
  const origin = useModel('shown').origin.value;
  const change = (changed: Partial<Entry>) => setEntry((known) => ({ ...known, ...changed }));

  async function submit(event: Event) {
    event.preventDefault();
    const trouble = problemOf(entry) ?? (await add(backendOf(entry, origin), entry.secret));
    if (trouble) return change({ trouble });
    change({ url: '', secret: '', trouble: '' });
    close();
  }

  return (
    // The browser's own bubble would say less than the sentence below.
    <form class="add-backend" noValidate onSubmit={(event) => void submit(event)}>
      <Fields entry={entry} change={change} />
      {origin ? (
        <label class="check">
          <input
            type="checkbox"
            checked={entry.onlyHere}
            onChange={(event) => change({ onlyHere: event.currentTarget.checked })}
          />{' '}
          Only on {visible(origin)}
        </label>
      ) : null}
      <p class="muted">The value is forgotten when the browser closes. The browser will ask you to allow the site.</p>
      <p class="actions">
        <button type="submit" class="primary">
          Add
        </button>
        <button type="button" class="plain" onClick={close}>
          Cancel
        </button>
      </p>
      {entry.trouble ? <p role="alert">{entry.trouble}</p> : null}
    </form>
  );
}

function Fields({ entry, change }: { entry: Entry; change: (changed: Partial<Entry>) => void }) {
  return (
    <>
      <label>
        <span>URL</span>
        <input
          type="url"
          value={entry.url}
          placeholder="https://backend.example/introspect"
          onInput={(event) => change({ url: event.currentTarget.value })}
        />
      </label>
      <label>
        <span>Header</span>
        <input
          value={entry.header}
          spellcheck={false}
          onInput={(event) => change({ header: event.currentTarget.value })}
        />
      </label>
      <label>
        <span>Its value</span>
        <input
          type="password"
          value={entry.secret}
          autocomplete="off"
          placeholder="Bearer …"
          title="Forgotten when the browser closes"
          onInput={(event) => change({ secret: event.currentTarget.value })}
        />
      </label>
      <label>
        <span>For tokens of</span>
        <select value={entry.provider} onChange={(event) => change({ provider: event.currentTarget.value })}>
          <option value="">every platform</option>
          {providers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

function backendOf({ url, header, secret, provider, onlyHere }: Entry, origin: string | null) {
  return {
    url: url.trim(),
    sites: onlyHere && origin ? [origin] : [],
    providers: provider ? [provider] : [],
    header: secret ? header.trim() : null,
  };
}

function problemOf({ url, header, secret }: Entry): string | null {
  return insecureUrl(url.trim()) ?? (secret ? problemOfHeader(header.trim(), secret) : null);
}

/** RFC 9110 §5: names are tokens, values are visible characters. Tried on the browser's own reading of both. */
function problemOfHeader(name: string, value: string): string | null {
  try {
    new Headers({ [name]: value });
    return null;
  } catch {
    return 'This cannot be sent as a header: check its name, and its value for characters that do not belong.';
  }
}
