import { computed, signal } from '@preact/signals';
import type { Host } from '../host.ts';
import { announceCounts } from './announce-counts.ts';
import { createBackends } from './backends.ts';
import { createClipboard } from './clipboard.ts';
import { createContextMenu } from './context-menu.ts';
import { createExpectations } from './expectations.ts';
import { createExport } from './export-report.ts';
import { createFilter } from './filter.ts';
import { createFindingList } from './finding-list.ts';
import { createFolds } from './folds.ts';
import { createInspection, type InspectionOptions } from './inspection.ts';
import { createLayout } from './layout.ts';
import { createLockCheck } from './lock-check.ts';
import { createNavigation } from './navigation.ts';
import { openKept } from './open-kept.ts';
import { createRevealed } from './revealed.ts';
import { createRows } from './rows.ts';
import type { OtherSeat } from './seat-check.ts';
import { createSelection } from './selection.ts';
import { createTableLayout } from './table-layout.ts';
import { createTimescale } from './timescale.ts';
import { createTrail } from './trail.ts';
import { createValidation } from './validation.ts';

export type StoreOptions = InspectionOptions;
export type Store = ReturnType<typeof createStore>;

/** Everything the panel shows and everything a user can do, without any element: one model for each concern. */
export function createStore(host: Host, options: StoreOptions = {}) {
  const { expected, open: openInspection, ...inspection } = createInspection(host, options);
  const { messages, time, settings, page, recordings, shown, judgement, policyChoice } = inspection;
  const { report } = judgement;
  const filter = createFilter();
  const tableLayout = createTableLayout();
  const folds = createFolds();
  const rows = createRows({
    report,
    navigations: shown.navigations,
    keeps: filter.keeps,
    layout: tableLayout,
    folds,
  });
  const navigation = createNavigation();
  const selection = createSelection(rows.inSight, rows.byId);
  const findings = createFindingList(rows.listed);
  const trail = createTrail({ navigation, selection, findings });
  const validation = createValidation({
    host: host.backends,
    backends: () => settings.stored.value.backends ?? [],
    isWhole: shown.isWhole,
    pageOrigin: () => shown.origin.value,
    roomOf: judgement.roomOf,
    now: time.read,
  });
  const layout = createLayout();
  const lock = createLockCheck({
    report,
    isWhole: judgement.isWhole,
    save: (file) => host.save(file),
    ...messages,
  });
  const expectations = createExpectations({
    expected,
    results: judgement.expectations,
    report,
    pageUrl: computed(() => shown.page.value?.url ?? null),
    mark: inspection.pageMarks.mark,
    filtered: () => (filter.isActive.value ? rows.listed.value : null),
    isWhole: judgement.isWhole,
    save: (file) => host.save(file),
    openLock: lock.open,
    ...messages,
  });

  const exporting = createExport({ host, messages, time, ...judgement, page, recordings, expectations, validation });

  /** Starts watching; the returned function stops everything. */
  function open(): () => void {
    void settings.load();
    void policyChoice.load().catch((error) => messages.fail('What your administrator set could not be read', error));
    const closings = [
      openInspection(),
      openKept({
        host,
        fail: messages.fail,
        rows: rows.all,
        filter,
        view: navigation.view,
        tab: selection.tab,
        tableLayout,
        layout,
        exportFormat: exporting.format,
        tellLeftOut: settings.tellLeftOut,
        origin: shown.origin,
        ...expectations,
      }),
      filter.open(),
      host.onSearch(filter.search),
      announceCounts(
        report,
        computed(() => page.hasCapture.value && judgement.isWhole.value && expectations.isChecked.value),
        expectations.failedCount,
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
    // Whatever leads somewhere can be gone back from.
    selection: { ...selection, show: trail.show },
    navigation,
    findings,
    trail,
    tableLayout,
    folds,
    timescale: createTimescale({ listed: rows.listed, navigations: shown.navigations, now: inspection.time.now }),
    layout,
    contextMenu: createContextMenu(),
    revealed: createRevealed(),
    clipboard: createClipboard(host, messages),
    /** The browser's own list of requests; null where it cannot be opened. */
    requests: { show: host.showRequests ?? null, open: host.openResource ?? null },
    validation,
    backends: createBackends({ host, settings, messages, forget: validation.forgetBackend }),
    expectations,
    lock,
    /** The seat beside the one on screen, in memory only. */
    seats: { other: signal<OtherSeat | null>(null) },
    exporting,
    open,
  };
}
