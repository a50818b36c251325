import { useEffect, useState } from 'preact/hooks';
import { providers } from '../../../engine/providers/index.ts';
import { insecureUrl } from '../../../introspection/ask.ts';
import type { BackendSettings } from '../../host.ts';
import { visible } from '../../words/visible.ts';
import { useStore } from '../store-context.ts';

/** The validation backends, within the settings. */
export function Backends() {
  const { settings } = useStore();
  const backends = settings.value.backends ?? [];
  return (
    <fieldset class="backends">
      <legend>Validation backends</legend>
      {backends.map((backend) => (
        <Backend key={backend.id} backend={backend} />
      ))}
      <AddBackend isFirst={backends.length === 0} />
    </fieldset>
  );
}

function Backend({ backend }: { backend: BackendSettings }) {
  const { removeBackend, backendState, allowBackend, setBackendSecret } = useStore();
  const [state, setState] = useState({ hasAccess: true, hasSecret: true });
  const [asked, setAsked] = useState(0);
  const [isChanging, setChanging] = useState(false);
  const [secret, setSecret] = useState('');
  const { url, providers: platforms, sites, header } = backend;
  const refresh = () => setAsked((count) => count + 1);

  useEffect(() => {
    let isCurrent = true;
    backendState(backend).then(
      (now) => isCurrent && setState(now),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [backend, backendState, asked]);

  return (
    <div class="backend">
      <code>{visible(url)}</code>{' '}
      <span class="muted">
        for {platforms.length ? platforms.map(nameOf).join(', ') : 'every platform'}, on{' '}
        {sites.length ? sites.map(visible).join(', ') : 'every page'}
        {header ? `, with the header ${visible(header)}` : ''}
      </span>
      {state.hasSecret ? '' : ` The value of ${visible(header ?? '')} was forgotten.`}
      {state.hasAccess ? '' : ' The browser does not let Roomkey ask it.'}
      <div class="actions">
        {state.hasAccess ? null : (
          <button type="button" class="link" onClick={() => void allowBackend(backend).then(refresh)}>
            Allow access
          </button>
        )}
        {header ? (
          <button type="button" class="link" aria-expanded={isChanging} onClick={() => setChanging(!isChanging)}>
            Set the header’s value
          </button>
        ) : null}
        <button type="button" class="link" onClick={() => void removeBackend(backend.id)}>
          Remove
        </button>
      </div>
      {isChanging ? (
        <form
          class="actions"
          onSubmit={(event) => {
            event.preventDefault();
            void setBackendSecret(backend.id, secret).then(refresh);
            setSecret('');
            setChanging(false);
          }}
        >
          <input
            type="password"
            aria-label={`Value of ${visible(header ?? '')}`}
            required
            value={secret}
            autocomplete="off"
            onInput={(event) => setSecret(event.currentTarget.value)}
          />
          <button type="submit" class="plain">
            Set
          </button>
        </form>
      ) : null}
    </div>
  );
}

const nameOf = (id: string) => providers.find((one) => one.id === id)?.name ?? visible(id);

function AddBackend({ isFirst }: { isFirst: boolean }) {
  const { addBackend, pageOrigin } = useStore();
  const [isOpen, setOpen] = useState(false);
  const [url, setUrl] = useState('');
  const [header, setHeader] = useState('Authorization');
  const [secret, setSecret] = useState('');
  const [provider, setProvider] = useState('');
  const [onlyHere, setOnlyHere] = useState(false);
  const [trouble, setTrouble] = useState('');
  const origin = pageOrigin.value;

  if (!isOpen) {
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

  async function add(event: Event) {
    event.preventDefault();
    const problem = insecureUrl(url.trim()) ?? (secret ? problemOfHeader(header.trim(), secret) : null);
    if (problem) return setTrouble(problem);
    const backend: Omit<BackendSettings, 'id'> = {
      url: url.trim(),
      sites: onlyHere && origin ? [origin] : [],
      providers: provider ? [provider] : [],
      header: secret ? header.trim() : null,
    };
    const refused = await addBackend(backend, secret);
    if (refused) return setTrouble(refused);
    setUrl('');
    setSecret('');
    setTrouble('');
    setOpen(false);
  }

  return (
    // The browser's own bubble would say less than the sentence below.
    <form class="add-backend" noValidate onSubmit={(event) => void add(event)}>
      <label>
        <span>URL</span>
        <input
          type="url"
          value={url}
          placeholder="https://backend.example/introspect"
          onInput={(event) => setUrl(event.currentTarget.value)}
        />
      </label>
      <label>
        <span>Header</span>
        <input value={header} spellcheck={false} onInput={(event) => setHeader(event.currentTarget.value)} />
      </label>
      <label>
        <span>Its value</span>
        <input
          type="password"
          value={secret}
          autocomplete="off"
          placeholder="Bearer …"
          title="Forgotten when the browser closes"
          onInput={(event) => setSecret(event.currentTarget.value)}
        />
      </label>
      <label>
        <span>For tokens of</span>
        <select value={provider} onChange={(event) => setProvider(event.currentTarget.value)}>
          <option value="">every platform</option>
          {providers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {origin ? (
        <label class="check">
          <input type="checkbox" checked={onlyHere} onChange={(event) => setOnlyHere(event.currentTarget.checked)} />{' '}
          Only on {visible(origin)}
        </label>
      ) : null}
      <p class="muted">The value is forgotten when the browser closes. The browser will ask you to allow the site.</p>
      <p class="actions">
        <button type="submit" class="primary">
          Add
        </button>
        <button type="button" class="plain" onClick={() => setOpen(false)}>
          Cancel
        </button>
      </p>
      {trouble ? <p role="alert">{trouble}</p> : null}
    </form>
  );
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
