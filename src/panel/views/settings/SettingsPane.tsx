import { visible } from '../../words/visible.ts';
import { AsOfSelect } from '../frame/AsOf.tsx';
import { PlatformSelect, PreserveLog, SeveritySelect } from '../frame/Toolbar.tsx';
import { useModel } from '../store-context.ts';
import { Backends } from './Backends.tsx';
import { PolicySettings } from './PolicySettings.tsx';

/** Settings under the toolbar, the way the Network panel shows its own. */
export function SettingsPane() {
  return (
    <section id="roomkey-settings" class="settings" aria-label="Settings">
      <fieldset class="where-narrow">
        <legend>Filter</legend>
        <SeveritySelect />
        <PlatformSelect />
      </fieldset>
      <PolicySettings />
      <Times />
      <PageOwners />
      <Backends />
    </section>
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
