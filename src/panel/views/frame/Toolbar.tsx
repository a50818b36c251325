import type { RefObject } from 'preact';
import { views } from '../../state/navigation.ts';
import { ValidateAll } from '../lists/ValidateAll.tsx';
import { Icon, WatchIcon } from '../parts/Icon.tsx';
import { Roving } from '../parts/Roving.tsx';
import { useModel } from '../store-context.ts';
import { AsOfSelect } from './AsOf.tsx';
import { PageOwnerSelect, PlatformSelect, PolicySelect, PreserveLog, SeveritySelect } from './Choices.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { FilterField } from './FilterField.tsx';
import { OpenFile } from './OpenFile.tsx';
import { OverflowMenu } from './OverflowMenu.tsx';

const viewTitles: Record<(typeof views)[number], string> = {
  tokens: 'Tokens',
  findings: 'Findings',
  origins: 'Origins',
  privileges: 'Privileges',
  timeline: 'Timeline',
};

export function Toolbar({ filterRef }: { filterRef: RefObject<HTMLInputElement | null> }) {
  return (
    <div class="toolbar">
      <Roving class="group" label="Watching">
        <WatchButtons />
        <PreserveLog />
        <OpenFile />
        <ExpectationsButton />
      </Roving>
      <div class="group filters">
        <FilterField field={filterRef} />
        <SeveritySelect />
        <PlatformSelect />
      </div>
      <Roving class="group views" label="Views">
        <ViewButtons />
      </Roving>
      <div class="group judging">
        <PolicySelect />
        <PageOwnerSelect />
        <AsOfSelect />
      </div>
      <Roving class="group end" label="Report and settings">
        <ValidateAll />
        <ExportMenu />
        <SettingsButton />
        <OverflowMenu />
      </Roving>
    </div>
  );
}

function WatchButtons() {
  const { paused, waiting, togglePause, rescan, clear } = useModel('watch');
  const { hasGone } = useModel('rows');
  const label = paused.value ? 'Resume watching' : 'Pause watching';
  return (
    <>
      <button
        type="button"
        class={`tool watch${paused.value ? '' : ' on'}`}
        aria-label={label}
        title={label}
        onClick={togglePause}
      >
        <WatchIcon paused={paused.value} />
      </button>
      <button
        type="button"
        class={`tool${waiting.value ? ' busy' : ''}`}
        aria-label="Rescan"
        title="Rescan: read everything again"
        onClick={rescan}
      >
        <Icon name="rescan" />
      </button>
      <button
        type="button"
        class="tool"
        aria-label="Clear"
        title="Clear: forget tokens that are gone"
        aria-disabled={!hasGone.value}
        onClick={clear}
      >
        <Icon name="clear" />
      </button>
    </>
  );
}

function ViewButtons() {
  const { view, open } = useModel('navigation');
  return (
    <>
      {views.map((id) => (
        <button
          key={id}
          type="button"
          class="choice"
          data-view={id}
          aria-pressed={view.value === id}
          onClick={() => open(id)}
        >
          {viewTitles[id]}
        </button>
      ))}
    </>
  );
}

function SettingsButton() {
  const { settingsOpen } = useModel('navigation');
  return (
    <button
      type="button"
      class="tool"
      aria-label="Settings"
      title="Settings"
      aria-expanded={settingsOpen.value}
      aria-controls="roomkey-settings"
      onClick={() => {
        settingsOpen.value = !settingsOpen.value;
      }}
    >
      <Icon name="settings" />
    </button>
  );
}

function ExpectationsButton() {
  const { view, open } = useModel('navigation');
  const failed = useModel('expectations').failedCount.value;
  const title = `Expectations${failed > 0 ? `: ${failed} failed` : ''}`;
  return (
    <button
      type="button"
      class={`tool${failed > 0 ? ' alarm' : ''}`}
      aria-label={title}
      title={title}
      aria-pressed={view.value === 'expectations'}
      onClick={() => open(view.value === 'expectations' ? 'tokens' : 'expectations')}
    >
      <Icon name="expect" />
      {failed > 0 ? <b>{failed}</b> : null}
    </button>
  );
}
