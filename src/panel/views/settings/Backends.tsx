import { useEffect, useState } from 'preact/hooks';
import { providers } from '../../../engine/recognise/providers/index.ts';
import type { BackendSettings } from '../../host.ts';
import { visible } from '../../words/visible.ts';
import { useModel } from '../store-context.ts';
import { AddBackend } from './AddBackend.tsx';

/** The validation backends, within the settings. */
export function Backends() {
  const { list } = useModel('backends');
  return (
    <fieldset class="backends">
      <legend>Validation backends</legend>
      {list.value.map((backend) => (
        <Backend key={backend.id} backend={backend} />
      ))}
      <AddBackend isFirst={list.value.length === 0} />
    </fieldset>
  );
}

function Backend({ backend }: { backend: BackendSettings }) {
  const { remove, allow } = useModel('backends');
  const { state, refresh } = useBackendState(backend);
  const [isChanging, setChanging] = useState(false);
  const { url, providers: platforms, sites, header } = backend;
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
          <button type="button" class="link" onClick={() => void allow(backend).then(refresh)}>
            Allow access
          </button>
        )}
        {header ? (
          <button type="button" class="link" aria-expanded={isChanging} onClick={() => setChanging(!isChanging)}>
            Set the header’s value
          </button>
        ) : null}
        <button type="button" class="link" onClick={() => void remove(backend.id)}>
          Remove
        </button>
      </div>
      {isChanging ? (
        <SecretForm
          backend={backend}
          done={(isSet) => {
            setChanging(false);
            void isSet.then(refresh);
          }}
        />
      ) : null}
    </div>
  );
}

/** Whether a backend can be asked, as known when it was last looked. */
function useBackendState(backend: BackendSettings) {
  const { stateOf } = useModel('backends');
  const { grants } = useModel('page');
  const [state, setState] = useState({ hasAccess: true, hasSecret: true });
  const [asked, setAsked] = useState(0);

  useEffect(() => {
    let isCurrent = true;
    stateOf(backend).then(
      (now) => isCurrent && setState(now),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [backend, stateOf, asked]);

  const refresh = () => setAsked((count) => count + 1);
  useEffect(() => grants.onChange(refresh), [grants]);
  return { state, refresh };
}

function SecretForm({ backend, done }: { backend: BackendSettings; done: (isSet: Promise<void>) => void }) {
  const { setSecret } = useModel('backends');
  const [secret, setText] = useState('');
  return (
    <form
      class="actions"
      onSubmit={(event) => {
        event.preventDefault();
        done(setSecret(backend.id, secret));
      }}
    >
      <input
        type="password"
        aria-label={`Value of ${visible(backend.header ?? '')}`}
        required
        value={secret}
        autocomplete="off"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class="plain">
        Set
      </button>
    </form>
  );
}

const nameOf = (id: string) => providers.find((one) => one.id === id)?.name ?? visible(id);
