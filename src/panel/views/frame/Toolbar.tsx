import type { Ref } from 'preact';
import type { Severity } from '../../../engine/model/report.ts';
import { severities } from '../../../engine/model/report.ts';
import { filterWords } from '../../state/filter.ts';
import { views } from '../../state/navigation.ts';
import type { PageMark } from '../../state/page-marks.ts';
import { policyTitle } from '../../words/policy-words.ts';
import { visible } from '../../words/visible.ts';
import { ValidateAll } from '../lists/ValidateAll.tsx';
import { Icon, WatchIcon } from '../parts/Icon.tsx';
import { severityWords } from '../parts/SeverityMark.tsx';
import { useModel } from '../store-context.ts';
import { AsOfSelect } from './AsOf.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { OpenFile } from './OpenFile.tsx';

const viewTitles: Record<(typeof views)[number], string> = {
  tokens: 'Tokens',
  findings: 'Findings',
  origins: 'Origins',
  privileges: 'Privileges',
};

export function Toolbar({ filterRef }: { filterRef: Ref<HTMLInputElement> }) {
  return (
    <div class="toolbar">
      <div class="group">
        <WatchButtons />
        <PreserveLog />
        <OpenFile />
        <ExpectationsButton />
      </div>
      <div class="group filters">
        <Filter inputRef={filterRef} />
        <SeveritySelect />
        <PlatformSelect />
      </div>
      <div class="group views">
        <ViewButtons />
      </div>
      <div class="group judging">
        <PolicySelect />
        <PageOwnerSelect />
        <AsOfSelect />
      </div>
      <div class="group end">
        <ValidateAll />
        <ExportMenu />
        <SettingsButton />
      </div>
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

export function PreserveLog() {
  const { preservesLog, setPreserveLog } = useModel('settings');
  return (
    <label class="check" title="Keep tokens that are gone when the page navigates or is loaded again">
      <input
        type="checkbox"
        checked={preservesLog.value}
        onChange={(event) => setPreserveLog(event.currentTarget.checked)}
      />
      <span>Preserve log</span>
    </label>
  );
}

function ViewButtons() {
  const { view, open } = useModel('navigation');
  return (
    <>
      {views.map((id) => (
        <button key={id} type="button" class="choice" aria-pressed={view.value === id} onClick={() => open(id)}>
          {viewTitles[id]}
        </button>
      ))}
    </>
  );
}

function PolicySelect() {
  const { chosen, name: own, names, choose } = useModel('policyChoice');
  const administered = chosen.value.by === 'administrator';
  return (
    <label>
      <span>Policy</span>
      <select
        value={administered ? '' : own.value}
        disabled={administered}
        title={administered ? 'Your administrator set the policy' : 'How strictly tokens are judged'}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {administered ? <option value="">{visible(policyTitle(chosen.value.policy.name))}</option> : null}
        {names.value.map((name) => (
          <option key={name} value={name}>
            {visible(policyTitle(name))}
          </option>
        ))}
      </select>
    </label>
  );
}

function PageOwnerSelect() {
  const { mark, setMark } = useModel('pageMarks');
  const { origin } = useModel('shown');
  return (
    <label>
      <span>Page of</span>
      <select
        value={mark.value ?? ''}
        disabled={origin.value === null}
        title="Whose page this is: a host token on a guest’s page is reported"
        onChange={(event) => setMark((event.currentTarget.value || null) as PageMark | null)}
      >
        <option value="">anyone</option>
        <option value="guest">a guest</option>
        <option value="host">a host</option>
      </select>
    </label>
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
    </button>
  );
}

function Filter({ inputRef }: { inputRef: Ref<HTMLInputElement> }) {
  const { text } = useModel('filter');
  return (
    <span class="filter">
      <Icon name="filter" />
      <input
        ref={inputRef}
        type="search"
        aria-label="Filter tokens"
        placeholder="Filter"
        title={`Words, or ${filterWords.map((word) => `${word}:`).join(' ')}  A minus before a word leaves out.`}
        spellcheck={false}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          if (text.value) text.value = '';
          else document.querySelector<HTMLElement>('.roomkey [role="grid"]')?.focus();
        }}
      />
      {text.value ? (
        <button
          type="button"
          class="tool small"
          aria-label="Clear filter"
          title="Clear filter"
          onClick={() => {
            text.value = '';
          }}
        >
          <Icon name="close" />
        </button>
      ) : null}
    </span>
  );
}

export function SeveritySelect() {
  const { severity: chosen } = useModel('filter');
  return (
    <select
      aria-label="Severity"
      title="Show tokens with findings at least this bad"
      value={chosen.value ?? ''}
      onChange={(event) => {
        chosen.value = (event.currentTarget.value || null) as Severity | null;
      }}
    >
      <option value="">All severities</option>
      {severities.map((severity) => (
        <option key={severity} value={severity}>
          {severity === 'critical' ? 'Critical' : `${severityWords[severity]} or worse`}
        </option>
      ))}
    </select>
  );
}

export function PlatformSelect() {
  const { platform } = useModel('filter');
  const { platforms } = useModel('rows');
  const chosen = platform.value;
  const isListed = platforms.value.some(({ id }) => id === chosen);
  return (
    <select
      aria-label="Platform"
      title="Show tokens of one platform"
      value={chosen ?? ''}
      onChange={(event) => {
        platform.value = event.currentTarget.value || null;
      }}
    >
      <option value="">All platforms</option>
      {platforms.value.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
      {chosen && !isListed ? <option value={chosen}>{chosen}</option> : null}
    </select>
  );
}
