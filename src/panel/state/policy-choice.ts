import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { type Mute, type Policy, policies, standard } from '../../engine/audit/policy/policies.ts';
import type { Problem } from '../../engine/model/capture.ts';
import type { Host, OwnPolicy, Preset, Settings } from '../host.ts';

type Judging = typeof import('../chunks/judging.ts');

/** The policy that tokens are judged by, and who chose it. */
export interface ChosenPolicy {
  /** With every mute that counts. */
  policy: Policy;
  by: 'administrator' | 'user';
  /** What is wrong with the file chosen; the standard policy then takes its place. */
  problems: Problem[];
}

export interface PolicyChoiceOptions {
  host: Pick<Host, 'settings' | 'save'>;
  settings: ReadonlySignal<Settings>;
  saveSettings: (changed: Partial<Settings>) => void;
  /** Origin of the inspected page. */
  pageOrigin: ReadonlySignal<string | null>;
  /** The code that reads policy files; before it is loaded there is nothing to judge. */
  judging: { code: ReadonlySignal<Judging | null>; load: () => Promise<Judging> };
}

/** Which policy holds: an administrator's, the site's own, or the one for all sites; and which findings are accepted. */
export function createPolicyChoice(options: PolicyChoiceOptions) {
  const { host, settings, saveSettings, pageOrigin, judging } = options;
  const preset = signal<Preset>({ policy: null });
  const own = computed(() => settings.value.ownPolicies ?? []);
  const mutes = computed(() => settings.value.mutes ?? []);
  const names = computed(() => [...Object.keys(policies), ...own.value.map(({ name }) => name)]);
  /** The policy this site has of its own. */
  const siteName = computed(() => policyOfSite(settings.value, pageOrigin.value));
  /** The user's choice for this page. */
  const name = computed(() => siteName.value ?? settings.value.policy);

  const chosen = computed<ChosenPolicy>(() => {
    const given = preset.value.policy;
    // Without tokens there is nothing to judge, and nothing that reads files.
    const { policy, problems } = readChoice(given, name.value, own.value, judging.code.value?.readPolicy ?? null);
    const { value: accepted } = mutes;
    return {
      by: given === null ? 'user' : 'administrator',
      policy: accepted.length > 0 ? { ...policy, mutes: [...policy.mutes, ...accepted] } : policy,
      problems,
    };
  });

  function chooseForSite(policy: string | null, origin = pageOrigin.value): void {
    if (origin === null) return;
    const { [origin]: _, ...others } = settings.value.sitePolicies ?? {};
    saveSettings({ sitePolicies: policy === null ? others : { ...others, [origin]: policy } });
  }

  function asChosen(policy: string): Partial<Settings> {
    const origin = pageOrigin.value;
    if (siteName.value === null || origin === null) return { policy };
    return { sitePolicies: { ...settings.value.sitePolicies, [origin]: policy } };
  }

  return {
    preset,
    chosen,
    /** Whether the policy that holds is one of Roomkey's own, so that no file has to be read for it. */
    isBuiltIn: computed(() => builtIn(preset.value.policy ?? name.value) !== null),
    names,
    name,
    siteName,
    mutes,

    /** Reads what an administrator set. */
    async load(): Promise<void> {
      preset.value = await host.settings.preset();
    },

    /** Chooses for this page: for its site where that has a policy of its own, for all sites otherwise. */
    choose: (policy: string): void => saveSettings(asChosen(policy)),
    chooseForAll: (policy: string): void => saveSettings({ policy }),
    chooseForSite,

    ...createPolicyFiles(options, { chosen, own, mutes, asChosen }),

    mute: (mute: Mute): void => saveSettings({ mutes: [...mutes.value, mute] }),
    unmute: (mute: Mute): void => saveSettings({ mutes: mutes.value.filter((one) => !isSame(one, mute)) }),
  };
}

function policyOfSite({ sitePolicies = {} }: Settings, origin: string | null): string | null {
  return origin !== null && Object.hasOwn(sitePolicies, origin) ? (sitePolicies[origin] ?? null) : null;
}

interface PolicyFileOptions {
  chosen: ReadonlySignal<ChosenPolicy>;
  own: ReadonlySignal<readonly OwnPolicy[]>;
  mutes: ReadonlySignal<readonly Mute[]>;
  /** What to save so that a policy holds for this page. */
  asChosen: (policy: string) => Partial<Settings>;
}

/** The user's own policies, and the files they come from and go to. */
function createPolicyFiles(
  { host, settings, saveSettings, judging }: PolicyChoiceOptions,
  { chosen, own, mutes, asChosen }: PolicyFileOptions,
) {
  return {
    /**
     * Adds a policy file, or replaces the one of its name, and chooses it. Its mutes join the user's own. Resolves to
     * what is wrong with it; then nothing has changed.
     */
    async importFile(text: string, fileName: string): Promise<Problem[]> {
      const { readPolicy, formatPolicy } = await judging.load();
      const read = readPolicy(text, fileName.replace(/\.json$/i, ''));
      if (!read.policy) return read.problems;
      const title = builtIn(read.policy.name) ? `${read.policy.name} (imported)` : read.policy.name || fileName;
      const { mutes: brought, ...rest } = read.policy;
      const file = { name: title, text: formatPolicy({ ...rest, name: title, mutes: [] }) };
      const fresh = brought.filter((one) => !mutes.value.some((known) => isSame(one, known)));
      saveSettings({
        ownPolicies: [...own.value.filter((one) => one.name !== title), file],
        mutes: [...mutes.value, ...fresh],
        ...asChosen(title),
      });
      return [];
    },

    /** Forgets an own policy; where it was chosen, the choice for all sites or the standard policy follows. */
    remove: (policy: string): void => {
      const sites = Object.entries(settings.value.sitePolicies ?? {}).filter(
        ([, chosenThere]) => chosenThere !== policy,
      );
      saveSettings({
        ownPolicies: own.value.filter((one) => one.name !== policy),
        sitePolicies: Object.fromEntries(sites),
        ...(settings.value.policy === policy ? { policy: standard.name } : {}),
      });
    },

    /** Saves the policy that holds, mutes included. Resolves to the name of the file. */
    async exportFile(): Promise<string> {
      const { formatPolicy } = await judging.load();
      const { policy } = chosen.value;
      const file = `roomkey-policy-${policy.name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60)}.json`;
      await host.save({ name: file, type: 'application/json', text: formatPolicy(policy) });
      return file;
    },
  };
}

/**
 * The policy of a choice: an administrator's, given as a name or as the text of a file, or the user's, by name. What
 * cannot be read gives way to the standard policy, with the reasons.
 */
function readChoice(
  given: string | null,
  name: string,
  own: readonly OwnPolicy[],
  readPolicy: Judging['readPolicy'] | null,
): { policy: Policy; problems: Problem[] } {
  const wanted = given ?? name;
  const known = builtIn(wanted);
  if (known) return { policy: known, problems: [] };
  const text = given ?? own.find((one) => one.name === wanted)?.text;
  const read = text === undefined ? null : readPolicy?.(text, given === null ? wanted : 'administrator policy');
  if (!read) return { policy: standard, problems: [] };
  if (read.policy) return { policy: read.policy, problems: [] };
  const whose = given === null ? `The policy ${wanted}` : 'The policy set by your administrator';
  const message = `${whose} has mistakes, so the standard policy is used.`;
  return { policy: standard, problems: [{ code: 'policy-unusable', message }, ...read.problems] };
}

function builtIn(name: string): Policy | null {
  return Object.hasOwn(policies, name) ? policies[name as keyof typeof policies] : null;
}

function isSame(a: Mute, b: Mute): boolean {
  return (['rule', 'token', 'place', 'origin', 'reason'] as const).every((member) => a[member] === b[member]);
}
