import { visible } from '../../words/visible.ts';
import { AsOfSelect } from '../frame/AsOf.tsx';
import { PreserveLog } from '../frame/Choices.tsx';
import { useModel } from '../store-context.ts';
import { Access } from './Access.tsx';
import { Backends } from './Backends.tsx';
import { PolicySettings } from './PolicySettings.tsx';
import { Trace } from './Trace.tsx';

/** Settings under the toolbar, the way the Network panel shows its own. */
export function SettingsPane() {
  return (
    <section id="roomkey-settings" class="settings" aria-label="Settings">
      <Kept />
      <PolicySettings />
      <Times />
      <PageOwners />
      <Access />
      <Trace />
      <Backends />
    </section>
  );
}

/** What is said of how settings are kept: nothing where all is well. */
function Kept() {
  const { isPrivate, leftOut } = useModel('settings');
  return (
    <>
      {isPrivate.value ? (
        <p class="hint">
          This is a private window: what you set here is forgotten when the panel closes. Which sites you allow is kept
          by the browser, until you withdraw it.
        </p>
      ) : null}
      {leftOut.value.length > 0 ? (
        <p class="hint">
          Of what was stored, this could not be read and was left out: {visible(leftOut.value.join(', '))}.
        </p>
      ) : null}
    </>
  );
}

function Times() {
  const { zone, setTimeZone } = useModel('settings');
  return (
    <fieldset>
      <legend>Times</legend>
      {(['local', 'utc'] as const).map((one) => (
        <label key={one}>
          <input type="radio" name="roomkey-zone" checked={zone.value === one} onChange={() => setTimeZone(one)} />{' '}
          {one === 'local' ? 'In your time zone' : 'In UTC'}
        </label>
      ))}
      <AsOfSelect />
      <PreserveLog />
    </fieldset>
  );
}

function PageOwners() {
  const { stored } = useModel('settings');
  const { mark: chosen, setMark } = useModel('pageMarks');
  const origin = useModel('shown').origin.value;
  const others = Object.entries(stored.value.pageMarks).filter(([marked]) => marked !== origin);
  return (
    <fieldset>
      <legend>Whose page is it?</legend>
      {origin ? (
        ([null, 'guest', 'host'] as const).map((mark) => (
          <label key={mark}>
            <input type="radio" name="roomkey-mark" checked={chosen.value === mark} onChange={() => setMark(mark)} />{' '}
            {visible(origin)} {mark === null ? 'may be anyone’s' : `is a ${mark}’s`}
          </label>
        ))
      ) : (
        <p class="muted">A page can be marked once one is read.</p>
      )}
      {others.map(([marked, mark]) => (
        <p key={marked}>
          {visible(marked)} is a {mark}’s{' '}
          <button type="button" class="link" onClick={() => setMark(null, marked)}>
            Forget
          </button>
        </p>
      ))}
    </fieldset>
  );
}
