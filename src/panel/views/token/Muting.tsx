import { useState } from 'preact/hooks';
import { mutableFor, muteOf } from '../../../engine/audit/mutes.ts';
import type { Mute } from '../../../engine/audit/policy/policies.ts';
import type { Finding } from '../../../engine/model/report.ts';
import type { Row } from '../../state/row.ts';
import { masked, secretsOfAll } from '../../words/masked.ts';
import { visible } from '../../words/visible.ts';
import { useModel } from '../store-context.ts';

/** Accepts a finding, with a reason, or takes that back. */
export function Muting({ finding, row }: { finding: Finding; row: Row }) {
  const policyChoice = useModel('policyChoice');
  const { say } = useModel('messages');
  const { all } = useModel('rows');
  const [isOpen, setOpen] = useState(false);
  const about = finding.tokens
    ? all.value.flatMap(({ subject }) => (finding.tokens?.includes(subject.token.id) ? [subject] : []))
    : [row.subject];

  if (finding.muted) {
    const mute = muteOf(finding, policyChoice.chosen.value.policy.mutes, about);
    return mute && policyChoice.mutes.value.includes(mute) ? (
      <button
        type="button"
        class="link"
        onClick={() => {
          policyChoice.unmute(mute);
          say('The finding counts again.');
        }}
      >
        Unmute
      </button>
    ) : (
      <span class="muted">muted by the policy {visible(policyChoice.chosen.value.policy.name)}</span>
    );
  }
  // A place whose label holds a token would be kept on disk, where no token goes.
  const secrets = secretsOfAll(all.value);
  const targets = mutableFor(finding, about).filter(
    ({ place }) => place === null || masked(place, secrets) === visible(place),
  );
  if (targets.length === 0) return null;
  return (
    <>
      <button type="button" class="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        Mute
      </button>
      {isOpen ? <MuteForm rule={finding.rule} targets={targets} secrets={secrets} /> : null}
    </>
  );
}

interface MuteFormProps {
  rule: string;
  targets: readonly Pick<Mute, 'token' | 'place' | 'origin'>[];
  secrets: readonly string[];
}

function MuteForm({ rule, targets, secrets }: MuteFormProps) {
  const policyChoice = useModel('policyChoice');
  const { say } = useModel('messages');
  const [chosen, setChosen] = useState(0);
  const [reason, setReason] = useState('');
  const target = targets[chosen];
  return (
    <form
      class="mute-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!target || reason.trim() === '') return;
        policyChoice.mute({ rule, ...target, reason: masked(reason.trim(), secrets) });
        say('Muted. The finding stays listed and is counted apart.');
      }}
    >
      <label>
        <span>For</span>
        <select value={chosen} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
          {targets.map((one, index) => (
            <option key={JSON.stringify(one)} value={index}>
              {one.token !== null ? 'this token' : visible(one.place ?? `everything on ${one.origin}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Reason</span>
        <input
          value={reason}
          required
          maxLength={500}
          placeholder="why it is accepted"
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="plain" disabled={reason.trim() === ''}>
        Mute the finding
      </button>
    </form>
  );
}
