import type { Ref } from 'preact';
import type { Severity } from '../../../engine/model.ts';
import { severities } from '../../../engine/model.ts';
import { filterWords } from '../../state/filter.ts';
import { views } from '../../state/store.ts';
import { policyTitle } from '../../words/policy-words.ts';
import { visible } from '../../words/visible.ts';
import { ValidateAll } from '../lists/ValidateAll.tsx';
import { Icon, WatchIcon } from '../parts/Icon.tsx';
import { severityWords } from '../parts/SeverityMark.tsx';
import { useStore } from '../store-context.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { OpenFile } from './OpenFile.tsx';

const viewTitles: Record<(typeof views)[number], string> = {
  tokens: 'Tokens',
  findings: 'Findings',
  origins: 'Origins',
  privileges: 'Privileges',
};

export function Toolbar({ filterRef }: { filterRef: Ref<HTMLInputElement> }) {
  const store = useStore();
  const { paused, hasGone, view, settingsOpen, policyChoice, pageMark, pageOrigin, waiting } = store;
  const administered = policyChoice.chosen.value.by === 'administrator';
  return (
    <div class="toolbar">
      <div class="group">
        <button
          type="button"
          class={`tool watch${paused.value ? '' : ' on'}`}
          aria-label={paused.value ? 'Resume watching' : 'Pause watching'}
          title={paused.value ? 'Resume watching' : 'Pause watching'}
          onClick={() => store.togglePause()}
        >
          <WatchIcon paused={paused.value} />
        </button>
        <button
          type="button"
          class={`tool${waiting.value ? ' busy' : ''}`}
          aria-label="Rescan"
          title="Rescan: read everything again"
          onClick={() => store.rescan()}
        >
          <Icon name="rescan" />
        </button>
        <button
          type="button"
          class="tool"
          aria-label="Clear"
          title="Clear: forget tokens that are gone"
          aria-disabled={!hasGone.value}
          onClick={() => store.clear()}
        >
          <Icon name="clear" />
        </button>
        <OpenFile />
        <ExpectationsButton />
      </div>
      <div class="group filters">
        <Filter inputRef={filterRef} />
        <SeveritySelect />
        <PlatformSelect />
      </div>
      <div class="group views">
        {views.map((id) => (
          <button
            key={id}
            type="button"
            class="choice"
            aria-pressed={view.value === id}
            onClick={() => {
              view.value = id;
            }}
          >
            {viewTitles[id]}
          </button>
        ))}
      </div>
      <div class="group judging">
        <label>
          <span>Policy</span>
          <select
            value={administered ? '' : policyChoice.name.value}
            disabled={administered}
            title={administered ? 'Your administrator set the policy' : 'How strictly tokens are judged'}
            onChange={(event) => policyChoice.choose(event.currentTarget.value)}
          >
            {administered ? (
              <option value="">{visible(policyTitle(policyChoice.chosen.value.policy.name))}</option>
            ) : null}
            {policyChoice.names.value.map((name) => (
              <option key={name} value={name}>
                {visible(policyTitle(name))}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>Page of</span>
          <select
            value={pageMark.value ?? ''}
            disabled={pageOrigin.value === null}
            title="Whose page this is: a host token on a guest’s page is reported"
            onChange={(event) => store.setPageMark((event.currentTarget.value || null) as 'guest' | 'host' | null)}
          >
            <option value="">anyone</option>
            <option value="guest">a guest</option>
            <option value="host">a host</option>
          </select>
        </label>
      </div>
      <div class="group end">
        <ValidateAll />
        <ExportMenu />
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
      </div>
    </div>
  );
}

function ExpectationsButton() {
  const { view, expecting } = useStore();
  const failed = expecting.failedCount.value;
  const title = `Expectations${failed > 0 ? `: ${failed} failed` : ''}`;
  return (
    <button
      type="button"
      class={`tool${failed > 0 ? ' alarm' : ''}`}
      aria-label={title}
      title={title}
      aria-pressed={view.value === 'expectations'}
      onClick={() => {
        view.value = view.value === 'expectations' ? 'tokens' : 'expectations';
      }}
    >
      <Icon name="expect" />
    </button>
  );
}

function Filter({ inputRef }: { inputRef: Ref<HTMLInputElement> }) {
  const { filterText } = useStore();
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
        value={filterText.value}
        onInput={(event) => {
          filterText.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          if (filterText.value) filterText.value = '';
          else document.querySelector<HTMLElement>('.roomkey [role="grid"]')?.focus();
        }}
      />
      {filterText.value ? (
        <button
          type="button"
          class="tool small"
          aria-label="Clear filter"
          title="Clear filter"
          onClick={() => {
            filterText.value = '';
          }}
        >
          <Icon name="close" />
        </button>
      ) : null}
    </span>
  );
}

export function SeveritySelect() {
  const { severityFilter } = useStore();
  return (
    <select
      aria-label="Severity"
      title="Show tokens with findings at least this bad"
      value={severityFilter.value ?? ''}
      onChange={(event) => {
        severityFilter.value = (event.currentTarget.value || null) as Severity | null;
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
  const { platformFilter, platforms } = useStore();
  const chosen = platformFilter.value;
  const isListed = platforms.value.some(({ id }) => id === chosen);
  return (
    <select
      aria-label="Platform"
      title="Show tokens of one platform"
      value={chosen ?? ''}
      onChange={(event) => {
        platformFilter.value = event.currentTarget.value || null;
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
