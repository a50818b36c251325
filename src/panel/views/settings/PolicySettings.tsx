import { useRef, useState } from 'preact/hooks';
import type { Problem } from '../../../engine/model/capture.ts';
import { policyTitle } from '../../words/policy-words.ts';
import { visible } from '../../words/visible.ts';
import { PolicyOptions } from '../parts/PolicyOptions.tsx';
import { useModel } from '../store-context.ts';

const words: Record<string, string> = {
  standard: 'limits that suit most calls.',
  strict: 'shorter lifetimes, for sensitive calls such as telehealth.',
  relaxed: 'longer lifetimes, for development and open events.',
};

/** Longest policy file that is read, in bytes. */
const largest = 1 << 20;

/** Which policy holds, for all sites and for this one, and the user's own policies. */
export function PolicySettings() {
  const { policy, by, problems } = useModel('policyChoice').chosen.value;
  return (
    <fieldset class="policies">
      <legend>Policy</legend>
      {by === 'administrator' ? (
        <p>
          Your administrator set the policy: <b>{visible(policyTitle(policy.name))}</b>.
        </p>
      ) : (
        <>
          <ForAllSites />
          <ForThisSite />
          <ForOtherSites />
        </>
      )}
      <Mistakes problems={problems} />
      {by === 'administrator' ? null : <Import />}
      <Export />
      <Mutes />
    </fieldset>
  );
}

function ForAllSites() {
  const { names, chooseForAll, remove } = useModel('policyChoice');
  const { stored } = useModel('settings');
  return (
    <>
      {names.value.map((name) => (
        <div key={name}>
          <label>
            <input
              type="radio"
              name="roomkey-policy"
              checked={stored.value.policy === name}
              onChange={() => chooseForAll(name)}
            />{' '}
            {visible(policyTitle(name))}
            {Object.hasOwn(words, name) ? `: ${words[name]}` : ''}
          </label>
          {Object.hasOwn(words, name) ? null : (
            <>
              {' '}
              <button type="button" class="link" aria-label={`Remove the policy ${name}`} onClick={() => remove(name)}>
                Remove
              </button>
            </>
          )}
        </div>
      ))}
    </>
  );
}

function ForThisSite() {
  const { siteName, chooseForSite } = useModel('policyChoice');
  const origin = useModel('shown').origin.value;
  if (!origin) return null;
  return (
    <label>
      On {visible(origin)}:{' '}
      <select value={siteName.value ?? ''} onChange={(event) => chooseForSite(event.currentTarget.value || null)}>
        <option value="">as on all sites</option>
        <PolicyOptions />
      </select>
    </label>
  );
}

function ForOtherSites() {
  const { chooseForSite } = useModel('policyChoice');
  const { sitePolicies = {} } = useModel('settings').stored.value;
  const origin = useModel('shown').origin.value;
  const others = Object.entries(sitePolicies).filter(([site]) => site !== origin);
  return (
    <>
      {others.map(([site, name]) => (
        <p key={site}>
          On {visible(site)}: {visible(policyTitle(name))}{' '}
          <button
            type="button"
            class="link"
            aria-label={`Forget the policy of ${site}`}
            onClick={() => chooseForSite(null, site)}
          >
            Forget
          </button>
        </p>
      ))}
    </>
  );
}

function Export() {
  const { exportFile } = useModel('policyChoice');
  const { say, fail } = useModel('messages');
  const save = () =>
    exportFile().then(
      (name) => say(`Policy saved as ${name}.`),
      (error) => fail('The policy could not be saved', error),
    );
  return (
    <button type="button" class="link" onClick={() => void save()}>
      Export the policy in use
    </button>
  );
}

function Import() {
  const { importFile } = useModel('policyChoice');
  const { say } = useModel('messages');
  const [mistakes, setMistakes] = useState<readonly Problem[]>([]);
  const file = useRef<HTMLInputElement>(null);

  async function take(chosen: File | undefined) {
    if (!chosen) return;
    try {
      const found =
        chosen.size > largest
          ? [{ code: 'policy-too-long', message: `${visible(chosen.name)} is too large for a policy.` }]
          : await importFile(await chosen.text(), chosen.name);
      setMistakes(found);
      if (found.length === 0) say(`${visible(chosen.name)} was imported and chosen.`);
    } catch {
      setMistakes([{ code: 'policy-unreadable', message: `${visible(chosen.name)} could not be read.` }]);
    }
  }

  return (
    <>
      <input
        ref={file}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label="Policy file"
        onChange={(event) => {
          void take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <button type="button" class="link" onClick={() => file.current?.click()}>
        Import a policy
      </button>{' '}
      {mistakes.length > 0 ? (
        <div role="alert">
          <p>It was not imported:</p>
          <Mistakes problems={mistakes} />
        </div>
      ) : null}
    </>
  );
}

function Mistakes({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <ul class="mistakes">
      {problems.map(({ message }) => (
        <li key={message}>{visible(message)}</li>
      ))}
    </ul>
  );
}

function Mutes() {
  const { mutes, unmute } = useModel('policyChoice');
  if (mutes.value.length === 0) return null;
  return (
    <details>
      <summary>
        {mutes.value.length} muted {mutes.value.length === 1 ? 'kind of finding' : 'kinds of findings'}
      </summary>
      <ul>
        {mutes.value.map((mute) => (
          <li key={JSON.stringify(mute)}>
            <code>{visible(mute.rule)}</code> for {visible(targetWords(mute))}: {visible(mute.reason)}{' '}
            <button type="button" class="link" aria-label={`Unmute ${mute.rule}`} onClick={() => unmute(mute)}>
              Unmute
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What a mute is for, by the first digits of a token's id. */
function targetWords({ token, place, origin }: { token: string | null; place: string | null; origin: string | null }) {
  const parts = [
    ...(token === null ? [] : [`the token with the id ${token.slice(0, 12)}…`]),
    ...(place === null ? [] : [place]),
  ];
  if (origin === null) return parts.join(' in ');
  return parts.length > 0 ? `${parts.join(' in ')} on ${origin}` : `everything on ${origin}`;
}
