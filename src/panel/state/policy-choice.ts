import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Problem } from '../../engine/model.ts';
import { type Mute, type Policy, policies, standard } from '../../engine/policies.ts';
import type { Host, Preset, Settings } from '../host.ts';

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
  /** The code that reads policy files, once it is loaded; before that there is nothing to judge. */
  judging: ReadonlySignal<Judging | null>;
  loadJudging: () => Promise<Judging>;
}

/** Which policy holds: an administrator's, the site's own, or the one for all sites; and which findings are accepted. */
export function createPolicyChoice({
  host,
  settings,
  saveSettings,
  pageOrigin,
  judging,
  loadJudging,
}: PolicyChoiceOptions) {
  const preset = signal<Preset>({ policy: null });
  const own = computed(() => settings.value.ownPolicies ?? []);
  const mutes = computed(() => settings.value.mutes ?? []);
  const names = computed(() => [...Object.keys(policies), ...own.value.map(({ name }) => name)]);
  /** The policy this site has of its own. */
  const siteName = computed(() => {
    const { sitePolicies = {} } = settings.value;
    const origin = pageOrigin.value;
    return origin !== null && Object.hasOwn(sitePolicies, origin) ? (sitePolicies[origin] ?? null) : null;
  });
  /** The user's choice for this page. */
  const name = computed(() => siteName.value ?? settings.value.policy);

  const chosen = computed<ChosenPolicy>(() => {
    const given = preset.value.policy;
    const by = given === null ? 'user' : 'administrator';
    const wanted = given ?? name.value;
    const known = builtIn(wanted);
    if (known) return { by, policy: withMutes(known), problems: [] };
    const text = given ?? own.value.find((one) => one.name === wanted)?.text;
    // Without tokens there is nothing to judge, and nothing that reads files.
    const read =
      text === undefined ? null : judging.value?.readPolicy(text, given === null ? wanted : 'administrator policy');
    if (!read) return { by, policy: withMutes(standard), problems: [] };
    if (read.policy) return { by, policy: withMutes(read.policy), problems: [] };
    const whose = given === null ? `The policy ${wanted}` : 'The policy set by your administrator';
    const message = `${whose} has mistakes, so the standard policy is used.`;
    return {
      by,
      policy: withMutes(standard),
      problems: [{ code: 'policy-unusable', message }, ...read.problems],
    };
  });

  function withMutes(policy: Policy): Policy {
    return mutes.value.length > 0 ? { ...policy, mutes: [...policy.mutes, ...mutes.value] } : policy;
  }

  function chooseForSite(policy: string | null, origin = pageOrigin.value): void {
    if (origin === null) return;
    const { [origin]: _, ...others } = settings.value.sitePolicies ?? {};
    saveSettings({ sitePolicies: policy === null ? others : { ...others, [origin]: policy } });
  }

  return {
    preset,
    chosen,
    names,
    name,
    siteName,
    mutes,

    /** Reads what an administrator set. */
    async load(): Promise<void> {
      preset.value = await host.settings.preset();
    },

    /** Chooses for this page: for its site where that has a policy of its own, for all sites otherwise. */
    choose: (policy: string): void => {
      if (siteName.value === null) saveSettings({ policy });
      else chooseForSite(policy);
    },
    chooseForAll: (policy: string): void => saveSettings({ policy }),
    chooseForSite,

    /**
     * Adds a policy file, or replaces the one of its name, and chooses it. Its mutes join the user's own. Resolves to
     * what is wrong with it; then nothing has changed.
     */
    async importFile(text: string, fileName: string): Promise<Problem[]> {
      const { readPolicy, formatPolicy } = judging.value ?? (await loadJudging());
      const read = readPolicy(text, fileName.replace(/\.json$/i, ''));
      if (!read.policy) return read.problems;
      const title = builtIn(read.policy.name) ? `${read.policy.name} (imported)` : read.policy.name || fileName;
      const { mutes: brought, ...rest } = read.policy;
      const file = { name: title, text: formatPolicy({ ...rest, name: title, mutes: [] }) };
      const fresh = brought.filter((one) => !mutes.value.some((known) => isSame(one, known)));
      saveSettings({
        ownPolicies: [...own.value.filter((one) => one.name !== title), file],
        mutes: [...mutes.value, ...fresh],
        ...(siteName.value === null ? { policy: title } : withSite(title)),
      });
      return [];

      function withSite(policy: string): Partial<Settings> {
        const origin = pageOrigin.value;
        return origin === null ? {} : { sitePolicies: { ...settings.value.sitePolicies, [origin]: policy } };
      }
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
      const { formatPolicy } = judging.value ?? (await loadJudging());
      const { policy } = chosen.value;
      const file = `roomkey-policy-${policy.name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60)}.json`;
      await host.save({ name: file, type: 'application/json', text: formatPolicy(policy) });
      return file;
    },

    mute: (mute: Mute): void => saveSettings({ mutes: [...mutes.value, mute] }),
    unmute: (mute: Mute): void => saveSettings({ mutes: mutes.value.filter((one) => !isSame(one, mute)) }),
  };
}

function builtIn(name: string): Policy | null {
  return Object.hasOwn(policies, name) ? policies[name as keyof typeof policies] : null;
}

function isSame(a: Mute, b: Mute): boolean {
  return (['rule', 'token', 'place', 'origin', 'reason'] as const).every((member) => a[member] === b[member]);
}
