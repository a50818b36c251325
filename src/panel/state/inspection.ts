import { batch } from '@preact/signals';
import type { Capture, Problem } from '../../engine/model/capture.ts';
import type { Host } from '../host.ts';
import { createSearcher, type Searcher } from '../workers/find-client.ts';
import type { Found } from '../workers/find-messages.ts';
import type { KeyWorker } from '../workers/key-client.ts';
import { createFileReading, type FileReading } from '../workers/read-client.ts';
import { createJudgement, createJudgingCode, type Judging } from './judgement.ts';
import { createKeySearches } from './key-searches.ts';
import { createMessages } from './messages.ts';
import { createPage } from './page.ts';
import { createPageMarks } from './page-marks.ts';
import { createPolicyChoice } from './policy-choice.ts';
import { createRecordings } from './recordings.ts';
import { createSearch } from './search.ts';
import { createSettings } from './settings.ts';
import { createShown } from './shown.ts';
import { type Clock, createTime, systemClock } from './time.ts';
import { createWatch } from './watch.ts';

export interface InspectionOptions {
  clock?: Clock;
  searcher?: Searcher;
  reading?: FileReading;
  createKeyWorker?: () => KeyWorker;
  /** Where the code that judges comes from. */
  loadJudging?: () => Promise<Judging>;
}

/** From what the surroundings tell to the report: the page and the files, the search of them, and their judgement. */
export function createInspection(
  host: Host,
  {
    clock = systemClock,
    searcher = createSearcher(),
    reading = createFileReading(),
    createKeyWorker,
    loadJudging = () => import('../chunks/judging.ts'),
  }: InspectionOptions,
) {
  const messages = createMessages();
  const now = () => clock.now();
  const settings = createSettings(host, messages);
  const { stored, save: saveSettings } = settings;
  const page = createPage(host, messages);
  const recordings = createRecordings({ reading, now, take, fail: messages.fail });
  const time = createTime(clock, recordings.asOf);
  const shown = createShown(page, recordings);
  const { origin } = shown;
  const judging = createJudgingCode(loadJudging);
  const policyChoice = createPolicyChoice({
    host,
    settings: stored,
    saveSettings,
    pageOrigin: origin,
    judging: judging.code,
    loadJudging,
  });
  const keySearches = createKeySearches(createKeyWorker);
  const pageMarks = createPageMarks({ settings, origin, now, rescan: () => host.rescan() });
  const policy = policyChoice.chosen;
  const keys = keySearches.found;
  const judgement = createJudgement({ judging, time, shown, inspected: page, policy, marks: pageMarks, keys });
  const search = createSearch({ searcher, prepare: judgement.prepare, show });
  const watch = createWatch({ host, page, search, now, dismiss: messages.dismiss, prune: judgement.prune });

  async function take(found: Pick<Found, 'sightings' | 'decoded'>): Promise<void> {
    await judgement.prepare(found);
    judgement.judgeNow();
  }

  function show(capture: Capture, found: Found | null, problems: readonly Problem[]): void {
    batch(() => {
      page.see(capture, found?.sightings ?? null, problems);
      judgement.judgeNow();
      watch.waiting.value = false;
    });
    judgement.prune();
  }

  const from = { page, search, watch, recordings, shown };
  const by = { settings, policyChoice, pageMarks, keySearches, judgement };
  return { clock, time, messages, ...from, ...by };
}
