import { computed } from '@preact/signals';
import type { Host } from '../host.ts';
import { announceCounts } from './announce-counts.ts';
import { createBackends } from './backends.ts';
import { createClipboard } from './clipboard.ts';
import { createExpectations } from './expectations.ts';
import { createExport } from './export-report.ts';
import { createFilter } from './filter.ts';
import { createInspection, type InspectionOptions } from './inspection.ts';
import { createNavigation } from './navigation.ts';
import { createRevealed } from './revealed.ts';
import { createRows } from './rows.ts';
import { createSelection } from './selection.ts';
import { createValidation } from './validation.ts';

export type StoreOptions = InspectionOptions;
export type Store = ReturnType<typeof createStore>;

/** Everything the panel shows and everything a user can do, without any element: one model for each concern. */
export function createStore(host: Host, options: StoreOptions = {}) {
  const { expected, open: openInspection, ...inspection } = createInspection(host, options);
  const { messages, time, settings, page, recordings, shown, judgement, policyChoice } = inspection;
  const { report } = judgement;
  const filter = createFilter();
  const rows = createRows(report, shown.navigations, filter.keeps);
  const validation = createValidation({
    host: host.backends,
    backends: () => settings.stored.value.backends ?? [],
    isWhole: shown.isWhole,
    pageOrigin: () => shown.origin.value,
    roomOf: judgement.roomOf,
    now: time.read,
  });
  const expectations = createExpectations({
    list: expected,
    results: judgement.expectations,
    report,
    isWhole: judgement.isWhole,
    save: (file) => host.save(file),
    ...messages,
  });

  /** Starts watching; the returned function stops everything. */
  function open(): () => void {
    void settings.load();
    void policyChoice.load().catch((error) => messages.fail('What your administrator set could not be read', error));
    const closings = [
      openInspection(),
      host.onSearch((query) => {
        filter.text.value = query ?? '';
      }),
      announceCounts(
        report,
        computed(() => page.hasCapture.value && judgement.isWhole.value),
        messages.say,
      ),
      validation.close,
    ];
    return () => {
      for (const close of closings) close();
    };
  }

  return {
    ...inspection,
    filter,
    rows,
    selection: createSelection(rows.listed, rows.byId),
    navigation: createNavigation(),
    revealed: createRevealed(),
    clipboard: createClipboard(host, messages),
    /** The browser's own list of requests; null where it cannot be opened. */
    requests: { show: host.showRequests ?? null },
    validation,
    backends: createBackends({ host, settings, messages, forget: validation.forgetBackend }),
    expectations,
    exporting: createExport({ host, messages, time, ...judgement, page, recordings, expectations, validation }),
    open,
  };
}
