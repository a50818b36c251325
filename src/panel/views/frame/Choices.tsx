// Choices of the toolbar that also stand elsewhere: where it is narrow in its overflow menu, and some in the settings.
import type { Severity } from '../../../engine/model/report.ts';
import { severities } from '../../../engine/model/report.ts';
import type { PageMark } from '../../state/page-marks.ts';
import { policyTitle } from '../../words/policy-words.ts';
import { shownName } from '../../words/token-words.ts';
import { visible } from '../../words/visible.ts';
import { PolicyOptions } from '../parts/PolicyOptions.tsx';
import { severityWords } from '../parts/SeverityMark.tsx';
import { useModel } from '../store-context.ts';

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

export function PolicySelect() {
  const { chosen, name: own, choose } = useModel('policyChoice');
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
        <PolicyOptions />
      </select>
    </label>
  );
}

export function PageOwnerSelect() {
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
      {chosen && !isListed ? <option value={chosen}>{shownName(chosen)}</option> : null}
    </select>
  );
}
