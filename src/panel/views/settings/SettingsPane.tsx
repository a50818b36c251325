import { visible } from '../../words/visible.ts';
import { PlatformSelect, SeveritySelect } from '../frame/Toolbar.tsx';
import { useStore } from '../store-context.ts';
import { Backends } from './Backends.tsx';
import { PolicySettings } from './PolicySettings.tsx';

/** Settings under the toolbar, the way the Network panel shows its own. */
export function SettingsPane() {
  const store = useStore();
  const { pageMarks } = store.settings.value;
  const origin = store.pageOrigin.value;
  const marks = Object.entries(pageMarks);
  return (
    <section id="roomkey-settings" class="settings" aria-label="Settings">
      <fieldset class="where-narrow">
        <legend>Filter</legend>
        <SeveritySelect />
        <PlatformSelect />
      </fieldset>
      <PolicySettings />
      <fieldset>
        <legend>Times</legend>
        {(['local', 'utc'] as const).map((zone) => (
          <label key={zone}>
            <input
              type="radio"
              name="roomkey-zone"
              checked={store.zone.value === zone}
              onChange={() => store.setTimeZone(zone)}
            />{' '}
            {zone === 'local' ? 'In your time zone' : 'In UTC'}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>Whose page is it?</legend>
        {origin ? (
          ([null, 'guest', 'host'] as const).map((mark) => (
            <label key={mark}>
              <input
                type="radio"
                name="roomkey-mark"
                checked={store.pageMark.value === mark}
                onChange={() => store.setPageMark(mark)}
              />{' '}
              {visible(origin)} {mark === null ? 'may be anyone’s' : `is a ${mark}’s`}
            </label>
          ))
        ) : (
          <p class="muted">A page can be marked once one is read.</p>
        )}
        {marks
          .filter(([marked]) => marked !== origin)
          .map(([marked, mark]) => (
            <p key={marked}>
              {visible(marked)} is a {mark}’s{' '}
              <button type="button" class="link" onClick={() => store.setPageMark(null, marked)}>
                Forget
              </button>
            </p>
          ))}
      </fieldset>
      <Backends />
    </section>
  );
}
