import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Expectations } from '../../engine/expect/expectations.ts';
import type { Host } from '../host.ts';
import {
  createInspectClient,
  type InspectClientOptions,
  type InspectWorker,
  startInspectWorker,
} from '../workers/inspect-client.ts';
import type { Surroundings } from '../workers/inspect-messages.ts';
import type { KeyWorker } from '../workers/key-client.ts';
import type { Judged } from '../workers/report-changes.ts';
import { createJudgement, createJudgingCode, type Judging } from './judgement.ts';
import { createKeySearches } from './key-searches.ts';
import { createMessages } from './messages.ts';
import { createOtherTabs } from './other-tabs.ts';
import { createPage } from './page.ts';
import { createPageMarks } from './page-marks.ts';
import { createPolicyChoice } from './policy-choice.ts';
import { createRecordings } from './recordings.ts';
import { createSearch } from './search.ts';
import { createSettings } from './settings.ts';
import { createShown } from './shown.ts';
import { type Clock, createTime, systemClock } from './time.ts';
import { createTrace } from './trace.ts';
import { createTraffic } from './traffic.ts';
import { createWatch } from './watch.ts';

export interface InspectionOptions {
  clock?: Clock;
  /** Starts what searches and judges: one for the page, and one for the files that are shown in its place. */
  createWorker?: () => InspectWorker;
  createKeyWorker?: () => KeyWorker;
  /** Where the code that knows platforms and rules comes from. */
  loadJudging?: () => Promise<Judging>;
}

/** From what the surroundings tell to the report: the page and the files, and what the workers make of them. */
export function createInspection(host: Host, options: InspectionOptions) {
  const {
    clock = systemClock,
    createWorker = startInspectWorker,
    createKeyWorker,
    loadJudging = () => import('../chunks/judging.ts'),
  } = options;
  const messages = createMessages();
  const now = () => clock.now();
  const settings = createSettings(host, messages);
  const { stored, save: saveSettings } = settings;
  const judging = createJudgingCode(loadJudging, messages);
  const judged = signal<Judged | null>(null);
  let isOpen = false;
  const page = createPage(host, judged, messages);
  const recordings = createRecordings({ begin: beginFiles, prepare, now: () => time.chosen(), fail: messages.fail });
  const { imported } = recordings;
  const time = createTime(clock, recordings);
  const shown = createShown(page, recordings);
  const { origin } = shown;
  const policyChoice = createPolicyChoice({ host, settings: stored, saveSettings, pageOrigin: origin, judging });
  const policy = policyChoice.chosen;
  const keySearches = createKeySearches(createKeyWorker);
  const pageMarks = createPageMarks({ settings, origin, now, rescan: () => host.rescan() });
  const expected = signal<Expectations>({ expect: [] });
  const surroundings = surroundingsOf({ policy, pageMarks, keySearches, expected, settings });
  const otherTabs = createOtherTabs(host, judged);
  const ofPage = keptWhile(
    () => imported.value !== null,
    computed(() => ({ ...surroundings.value, elsewhere: otherTabs.elsewhere.value })),
  );
  const client = createInspectClient({
    createWorker,
    surroundings: () => ofPage.peek(),
    now: () => time.chosen(),
    onReport: (one) => {
      judged.value = one;
      // Without it an own policy that is chosen now does not hold, and what a page wants to join is not known.
      if (one.subjects.length > 0) judging.warm();
    },
  });
  const traffic = createTraffic({ client, fail: page.fail });
  const trace = createTrace(host);
  const judgement = createJudgement({
    judging,
    time,
    shown,
    inspected: page,
    judged,
    recordings,
    policy,
    missed: computed(() => [...traffic.problems.value, ...trace.problems.value]),
    judgeAgain,
  });
  const search = createSearch({
    client,
    page,
    prepare,
    ended: () => {
      watch.waiting.value = false;
    },
  });
  const watch = createWatch({ host, page, search, traffic, trace, client, now, dismiss: messages.dismiss });

  /** What an own policy says is known only with the code that knows the rules. */
  async function prepare(): Promise<void> {
    if (!policyChoice.isBuiltIn.peek()) await judging.load();
  }

  function beginFiles(given: Pick<InspectClientOptions, 'now' | 'onReport'>) {
    return createInspectClient({ createWorker, surroundings: () => surroundings.peek(), ...given });
  }

  async function judgePage(): Promise<void> {
    if (!judged.peek()) return;
    try {
      await prepare();
      if (isOpen) await client.ask({ kind: 'judge' });
    } catch (error) {
      if (isOpen) page.fail(error);
    }
  }

  function judgeAgain(): void {
    if (imported.peek()) void recordings.judge();
    else if (!client.isBusy()) void judgePage();
  }

  /** Has judged again whatever is shown when what it depends on changes; the returned function ends that. */
  function open(): () => void {
    isOpen = true;
    client.warm();
    const endings = [
      effect(() => {
        void [ofPage.value, time.ahead.value];
        void untracked(judgePage);
      }),
      effect(() => {
        void [surroundings.value, recordings.asOf.value, time.ahead.value];
        void untracked(recordings.judge);
      }),
      search.open(),
      watch.open(),
      otherTabs.open(),
      clock.onSecond(judgement.tick),
      recordings.close,
      keySearches.close,
    ];
    return () => {
      isOpen = false;
      for (const end of endings) end();
    };
  }

  const from = { page, search, watch, recordings, shown };
  const by = { settings, trace, policyChoice, pageMarks, keySearches, judgement };
  return { time, messages, expected, ...from, ...by, open };
}

interface Choices {
  policy: ReturnType<typeof createPolicyChoice>['chosen'];
  pageMarks: ReturnType<typeof createPageMarks>;
  keySearches: ReturnType<typeof createKeySearches>;
  expected: ReadonlySignal<Expectations>;
  settings: ReturnType<typeof createSettings>;
}

/** What tokens are judged by beside themselves, as the user has it now. */
function surroundingsOf({ policy, pageMarks, keySearches, expected, settings }: Choices): ReadonlySignal<Surroundings> {
  return computed(() => ({
    policy: policy.value.policy,
    pageMark: pageMarks.mark.value,
    loggedOut: pageMarks.loggedOut.value,
    keys: keySearches.found.value,
    elsewhere: noOthers,
    expectations: expected.value,
    preservesLog: settings.preservesLog.value,
  }));
}

/** What is computed, held as it was while something is so. */
function keptWhile<T>(isSo: () => boolean, computedNow: ReadonlySignal<T>): ReadonlySignal<T> {
  let kept: T | undefined;
  return computed(() => {
    kept = isSo() && kept !== undefined ? kept : computedNow.value;
    return kept;
  });
}

/** What was recorded is in no tab. */
const noOthers: ReadonlyMap<string, number> = new Map();
