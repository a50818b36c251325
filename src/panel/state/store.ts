import { batch, computed, effect, signal } from '@preact/signals';
import type { Capture, Page, Problem, Report, Severity, Sighting, Subject, Token } from '../../engine/model.ts';
import { originOf } from '../../engine/sources/url-snippets.ts';
import { loadFormats, type ReportFormat } from '../chunks/formats.ts';
import {
  type BackendSettings,
  defaultSettings,
  type Host,
  type HostEvent,
  type PageState,
  type Settings,
} from '../host.ts';
import { normalPath } from '../words/json-path.ts';
import type { TimeZone } from '../words/show-time.ts';
import { createSearcher, type Searcher } from '../workers/find-client.ts';
import type { KeyWorker } from '../workers/key-client.ts';
import { createFileReading, type FileReading } from '../workers/read-client.ts';
import type { FilesRead } from '../workers/read-messages.ts';
import { createExpecting } from './expectations.ts';
import { isAtLeast, parseFilter } from './filter.ts';
import { createKeySearches } from './key-searches.ts';
import { nextJudgementAt } from './next-judgement.ts';
import { createPolicyChoice } from './policy-choice.ts';
import { createImports } from './recordings.ts';
import { type Column, rowsOf, type Sort, sortRows } from './rows.ts';
import { mergeSightings } from './sightings.ts';
import { createValidation } from './validation.ts';

export interface Clock {
  /** Seconds since the epoch. */
  now(): number;
  /** Calls back about once a second while the panel can be seen. */
  onSecond(tick: () => void): () => void;
}

export const views = ['tokens', 'findings', 'origins', 'privileges'] as const;
export type View = (typeof views)[number] | 'expectations';
export const tabs = ['overview', 'claims', 'privileges', 'findings', 'places', 'validity', 'raw'] as const;
export type Tab = (typeof tabs)[number];

export interface StoreOptions {
  clock?: Clock;
  searcher?: Searcher;
  reading?: FileReading;
  createKeyWorker?: () => KeyWorker;
  /** Where the code that judges comes from. */
  loadJudging?: () => Promise<Judging>;
}

type Judging = typeof import('../chunks/judging.ts');

export type Store = ReturnType<typeof createStore>;

/** Everything the panel shows and everything a user can do, without any element. State is what cannot be derived. */
export function createStore(
  host: Host,
  {
    clock = systemClock,
    searcher = createSearcher(),
    reading = createFileReading(),
    createKeyWorker,
    loadJudging = () => import('../chunks/judging.ts'),
  }: StoreOptions = {},
) {
  /* What came from the host */
  const pageState = signal<PageState>({ kind: 'loading' });
  const page = signal<Page | null>(null);
  const frames = signal<readonly string[]>([]);
  const sightings = signal<readonly Sighting[]>([]);
  const problems = signal<readonly Problem[]>([]);
  const hasCapture = signal(false);
  const settings = signal<Settings>(defaultSettings);

  /* What the user did */
  const paused = signal(false);
  const selectedIds = signal<readonly string[]>([]);
  const view = signal<View>('tokens');
  const tab = signal<Tab>('overview');
  const filterText = signal('');
  const severityFilter = signal<Severity | null>(null);
  const platformFilter = signal<string | null>(null);
  const sort = signal<Sort | null>(null);
  const revealedIds = signal<ReadonlySet<string>>(new Set());
  const settingsOpen = signal(false);
  /** What to bring into view in the open tab: `claims.exp`, `sightings[0]`, `finding exp-missing claims.exp`. */
  const spotlight = signal<string | null>(null);
  /** A sentence for screen readers and the status line, about what just happened. */
  const notice = signal('');
  const failure = signal<string | null>(null);

  /* What is going on */
  const now = signal(clock.now());
  const judgedAt = signal(now.value);
  const searching = signal<{ done: number } | null>(null);
  const waiting = signal(false);

  const decoded = new Map<string, Token>();
  const judging = signal<Judging | null>(null);

  /* What follows */
  const imports = createImports({ reading, now: () => clock.now(), take, fail });
  /** The inspected page, unless files are shown in its place. */
  const shownPage = computed(() => (imports.imported.value ? null : page.value));
  const shownSightings = computed(() => imports.imported.value?.sightings ?? sightings.value);
  const pageOrigin = computed(() => (shownPage.value ? originOf(shownPage.value.url) : null));
  /** When the user said that they had logged out of the page. Forgotten with the panel. */
  const loggedOut = signal<{ origin: string; at: number } | null>(null);
  const pageMark = computed(() => {
    const { pageMarks } = settings.value;
    const origin = pageOrigin.value;
    return origin && Object.hasOwn(pageMarks, origin) ? (pageMarks[origin] ?? null) : null;
  });
  const zone = computed<TimeZone>(() => settings.value.timeZone ?? 'local');
  const policyChoice = createPolicyChoice({ host, settings, saveSettings, pageOrigin, judging, loadJudging });
  const keySearches = createKeySearches(createKeyWorker);
  const report = computed<Report>(
    () =>
      imports.imported.value?.saved?.report ??
      (judging.value?.inspect ?? judgeNothing)(shownSightings.value, {
        now: judgedAt.value,
        policy: policyChoice.chosen.value.policy,
        page: shownPage.value,
        pageMark: pageMark.value,
        loggedOut: loggedOut.value,
        problems: [...policyChoice.chosen.value.problems, ...(imports.imported.value?.problems ?? problems.value)],
        keys: keySearches.found.value,
        decoded,
      }),
  );
  const allRows = computed(() => rowsOf(report.value));
  const rows = computed(() => {
    const matches = parseFilter(filterText.value);
    const severity = severityFilter.value;
    const platform = platformFilter.value;
    const kept = allRows.value.filter(
      (row) =>
        matches(row) &&
        (!severity || isAtLeast(row, severity)) &&
        (!platform || (row.subject.provider?.id ?? 'unknown') === platform),
    );
    return sortRows(kept, sort.value);
  });
  const rowById = computed(() => new Map(allRows.value.map((row) => [row.subject.token.id, row])));
  const selected = computed(() => selectedIds.value.flatMap((id) => rowById.value.get(id) ?? []));
  /** The row whose details are open: the one chosen last. */
  const active = computed(() => selected.value.at(-1) ?? null);
  const platforms = computed(() => {
    const names = new Map<string, string>();
    for (const { subject } of allRows.value) {
      names.set(subject.provider?.id ?? 'unknown', subject.provider?.name ?? 'Unknown platform');
    }
    return [...names].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name));
  });
  const goneCount = computed(() => allRows.value.filter(({ goneAt }) => goneAt !== null).length);
  const hasGone = computed(() => sightings.value.some(({ goneAt }) => goneAt !== null));
  const isFiltered = computed(
    () => filterText.value.trim() !== '' || severityFilter.value !== null || platformFilter.value !== null,
  );
  /** Sites whose hidden cookies cannot be seen, the page itself first. */
  const closedSites = computed(() =>
    pageState.value.kind === 'watching'
      ? pageState.value.sites.filter(({ granted }) => !granted).sort((a, b) => Number(b.isPage) - Number(a.isPage))
      : [],
  );

  const expecting = createExpecting({
    report,
    save: (file) => host.save(file),
    say: (sentence) => {
      notice.value = sentence;
    },
    fail,
  });

  const validation = createValidation({
    host: host.backends,
    backends: () => settings.value.backends ?? [],
    isWhole: () => !imports.imported.value?.saved?.masked,
    pageOrigin: () => pageOrigin.value,
    roomOf: (subject) =>
      judging.value?.roomBeingJoined(subject, {
        pageUrl: shownPage.value?.url ?? null,
        frames: shownPage.value ? frames.value.map((url) => ({ url })) : [],
      }) ?? null,
    now: () => clock.now(),
  });

  /* Captures are searched one at a time; while one is searched, only the latest of the others is kept. */
  let next: Capture | null = null;
  let isRunning = false;
  let isOpen = false;
  let stopWatching: (() => void) | null = null;

  async function searchAll(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    while (next && isOpen) {
      const capture = next;
      next = null;
      try {
        const found = await searcher.find(capture, (done) => {
          searching.value = { done };
        });
        if (found.sightings.length > 0) judging.value ??= await loadJudging();
        if (isOpen) accept(capture, found.sightings, found.problems, found.decoded);
      } catch (error) {
        const message = `${messageOf(error)} What was seen before is still shown; press Rescan to try again.`;
        if (isOpen) accept(capture, null, [...capture.problems, { code: 'search-failed', message }], []);
      }
    }
    isRunning = false;
    searching.value = null;
  }

  function accept(
    capture: Capture,
    found: Sighting[] | null,
    limits: Problem[],
    fresh: readonly [string, Token][],
  ): void {
    batch(() => {
      for (const [text, token] of fresh) decoded.set(text, token);
      page.value = capture.page;
      frames.value = capture.frames.map(({ url }) => url);
      problems.value = limits;
      if (found) sightings.value = mergeSightings(sightings.value, found, capture);
      now.value = clock.now();
      judgedAt.value = now.value;
      hasCapture.value = true;
      waiting.value = false;
    });
    prune();
  }

  /** Decoded tokens that are no longer listed are let go. */
  function prune(): void {
    const texts = new Set([...sightings.value, ...shownSightings.value].map(({ token }) => token));
    for (const text of decoded.keys()) if (!texts.has(text)) decoded.delete(text);
  }

  async function take(files: FilesRead): Promise<void> {
    if (files.sightings.length > 0) judging.value ??= await loadJudging();
    for (const [text, token] of files.decoded) decoded.set(text, token);
    now.value = clock.now();
    judgedAt.value = now.value;
  }

  function receive(event: HostEvent): void {
    if (event.kind === 'state') {
      batch(() => {
        pageState.value = event.state;
        if (event.state.kind !== 'watching') waiting.value = false;
        if (event.state.kind === 'unsupported') leavePage();
      });
      return;
    }
    next = event.capture;
    void searchAll();
  }

  /** A page that cannot be read holds nothing that was seen before. */
  function leavePage(): void {
    const at = clock.now();
    next = null;
    page.value = null;
    frames.value = [];
    problems.value = [];
    sightings.value = sightings.value.map((sighting) => ({ ...sighting, goneAt: sighting.goneAt ?? at }));
  }

  function togglePause(): void {
    paused.value = !paused.value;
    stopWatching?.();
    stopWatching = paused.value ? null : host.watch(receive);
    if (paused.value) waiting.value = false;
  }

  /** Starts watching; the returned function stops everything. */
  function open(): () => void {
    isOpen = true;
    void host.settings.load().then(
      (loaded) => {
        settings.value = loaded;
      },
      (error) => fail('Settings could not be read', error),
    );
    void policyChoice.load().catch((error) => fail('What your administrator set could not be read', error));
    stopWatching = host.watch(receive);
    const stopSearch = host.onSearch((query) => {
      filterText.value = query ?? '';
    });
    const stopSeconds = clock.onSecond(tick);
    const stopAnnouncing = effect(announce);
    return () => {
      isOpen = false;
      stopWatching?.();
      stopWatching = null;
      stopSearch();
      stopSeconds();
      stopAnnouncing();
      searcher.cancel();
      validation.close();
      imports.cancel();
      keySearches.close();
    };
  }

  function tick(): void {
    batch(() => {
      now.value = clock.now();
      if (now.value >= nextJudgementAt(report.peek(), page.peek()) || now.value < judgedAt.value)
        judgedAt.value = now.value;
    });
  }

  let announced = '';
  function announce(): void {
    if (!hasCapture.value) return;
    const { summary } = report.value;
    const words = countWords(summary.tokens, summary);
    if (words !== announced) notice.value = words;
    announced = words;
  }

  function fail(what: string, error: unknown): void {
    failure.value = `${what}: ${messageOf(error)}`;
  }

  function saveSettings(changed: Partial<Settings>): void {
    settings.value = { ...settings.value, ...changed };
    host.settings.save(settings.value).catch((error) => fail('Settings could not be saved', error));
  }

  async function setBackendSecret(id: string, secret: string): Promise<void> {
    try {
      const { [id]: _, ...others } = await host.backends.secrets.load();
      await host.backends.secrets.save(secret ? { ...others, [id]: secret } : others);
    } catch (error) {
      fail('The value of the header could not be kept', error);
    }
  }

  return {
    pageState,
    page,
    pageOrigin,
    frames,
    hasCapture,
    sightings,
    settings,
    zone,
    pageMark,
    loggedOut,
    paused,
    selectedIds,
    view,
    tab,
    filterText,
    severityFilter,
    platformFilter,
    sort,
    settingsOpen,
    spotlight,
    notice,
    failure,
    now,
    searching,
    waiting,
    report,
    allRows,
    rows,
    selected,
    active,
    platforms,
    goneCount,
    hasGone,
    isFiltered,
    closedSites,
    open,

    /** Feeds one event as if the host had sent it. */
    receive,

    rescan: (): void => {
      waiting.value = true;
      failure.value = null;
      if (paused.value) togglePause();
      host.rescan();
    },

    /** Forgets what is gone. What is still in the page stays: an empty list would not be true. */
    clear: (): void => {
      sightings.value = sightings.value.filter(({ goneAt }) => goneAt === null);
      failure.value = null;
      prune();
    },

    togglePause,

    /** Gives up the search that is running. */
    stopSearch: (): void => {
      next = null;
      searcher.cancel();
    },

    select: (id: string, how: 'only' | 'toggle' | 'range' = 'only'): void => {
      spotlight.value = null;
      if (how === 'only') selectedIds.value = [id];
      else if (how === 'toggle') {
        const without = selectedIds.value.filter((one) => one !== id);
        selectedIds.value = without.length < selectedIds.value.length ? without : [...without, id];
      } else {
        const ids = rows.value.map(({ subject }) => subject.token.id);
        const from = ids.indexOf(selectedIds.value[0] ?? id);
        const to = ids.indexOf(id);
        const [first, last] = from < to ? [from, to] : [to, from];
        const between = ids.slice(Math.max(0, first), last + 1);
        selectedIds.value = from < to ? between : between.reverse();
      }
    },

    deselect: (): void => {
      selectedIds.value = [];
      spotlight.value = null;
    },

    /** Opens the details of a token at a tab, and brings one thing in it into view. */
    show: (id: string, where: Tab, at: string | null = null): void => {
      batch(() => {
        selectedIds.value = [id];
        tab.value = where;
        spotlight.value = at === null ? null : normalPath(at);
      });
    },

    /** The next press on a column: ascending, descending, then the report's own order. */
    sortBy: (column: Column): void => {
      const current = sort.value;
      if (current?.column !== column) sort.value = { column, descending: false };
      else sort.value = current.descending ? null : { column, descending: true };
    },

    clearFilters: (): void => {
      batch(() => {
        filterText.value = '';
        severityFilter.value = null;
        platformFilter.value = null;
      });
    },

    isRevealed: (id: string): boolean => revealedIds.value.has(id),

    toggleRevealed: (id: string): void => {
      const ids = new Set(revealedIds.value);
      if (!ids.delete(id)) ids.add(id);
      revealedIds.value = ids;
    },

    /** Says that the user has logged out of the page now: what was there before and stays is reported. */
    markLogout: (): void => {
      const origin = pageOrigin.value;
      if (origin === null) return;
      loggedOut.value = { origin, at: clock.now() };
      // What the page removed is noticed by looking once more.
      host.rescan();
    },

    policyChoice,
    keySearches,

    /** Looks for a weak key of one token, here and only here. */
    searchKey: (subject: Subject) => keySearches.start(subject, shownPage.value, shownSightings.value),

    /** Saves the policy that holds, with its mutes. */
    exportPolicy: async (): Promise<void> => {
      try {
        notice.value = `Policy saved as ${await policyChoice.exportFile()}.`;
      } catch (error) {
        fail('The policy could not be saved', error);
      }
    },

    setTimeZone: (timeZone: TimeZone) => saveSettings({ timeZone }),

    setPageMark: (mark: 'guest' | 'host' | null, origin = pageOrigin.value): void => {
      if (!origin) return;
      const pageMarks = { ...settings.value.pageMarks };
      delete pageMarks[origin];
      saveSettings({ pageMarks: mark ? { ...pageMarks, [origin]: mark } : pageMarks });
    },

    validation,
    imports,
    expecting,

    /**
     * Adds a backend once the browser lets the panel ask it. To be called from a press, as the browser asks the user.
     * Resolves to a sentence when it could not be added.
     */
    addBackend: async (backend: Omit<BackendSettings, 'id'>, secret: string): Promise<string | null> => {
      const site = originOf(backend.url);
      if (!site) return 'This is not the URL of a backend.';
      try {
        if (!(await host.requestAccess([site]))) {
          return `Access to ${site} was not given, so it was not added. Press Add to be asked again.`;
        }
        const id = crypto.randomUUID();
        if (secret) await host.backends.secrets.save({ ...(await host.backends.secrets.load()), [id]: secret });
        saveSettings({ backends: [...(settings.value.backends ?? []), { ...backend, id }] });
        notice.value = `${site} was added.`;
        return null;
      } catch (error) {
        return `It could not be added: ${messageOf(error)}`;
      }
    },

    /** Removes a backend, its secret, and what it answered. */
    removeBackend: async (id: string): Promise<void> => {
      const list = settings.value.backends ?? [];
      const removed = list.find((one) => one.id === id);
      if (!removed) return;
      saveSettings({ backends: list.filter((one) => one.id !== id) });
      validation.forgetBackend(id, removed.url);
      await setBackendSecret(id, '');
    },

    /** The value of a backend's header, to be entered again after the browser was closed. */
    setBackendSecret,

    /** Whether the panel may ask a backend, and holds the value of its header. */
    backendState: async ({ id, url, header }: BackendSettings): Promise<{ hasAccess: boolean; hasSecret: boolean }> => {
      const site = originOf(url);
      const [hasAccess, secrets] = await Promise.all([
        site ? host.backends.hasAccess(site) : false,
        header ? host.backends.secrets.load() : {},
      ]);
      return { hasAccess, hasSecret: header === null || Object.hasOwn(secrets, id) };
    },

    /** Asks the user for access to a backend again. To be called from a press. */
    allowBackend: async ({ url }: BackendSettings): Promise<void> => {
      const site = originOf(url);
      try {
        const granted = site !== null && (await host.requestAccess([site]));
        notice.value = granted ? `${site} can be asked now.` : `Access to ${site} was not given.`;
      } catch (error) {
        fail(`Access to ${site} could not be asked for`, error);
      }
    },

    requestAccess: async (site: string): Promise<void> => {
      try {
        const granted = await host.requestAccess([site]);
        notice.value = granted ? `Cookies of ${site} can be read now.` : `Access to ${site} was not given.`;
      } catch (error) {
        fail(`Access to ${site} could not be asked for`, error);
      }
    },

    copy: async (what: string, text: string): Promise<void> => {
      try {
        await host.copy(text);
        notice.value = `${what} copied.`;
      } catch (error) {
        fail(`${what} could not be copied`, error);
      }
    },

    /** Saves the report, its tokens masked unless `reveal`. */
    exportReport: async (reveal: boolean, formatId: ReportFormat = 'json'): Promise<void> => {
      try {
        const format = (await loadFormats()).find(({ id }) => id === formatId);
        if (!format) throw new Error(`the format ${formatId} is not known.`);
        const { extension, type } = format;
        const name = `roomkey-${new Date(now.value * 1000).toISOString().slice(0, 19).replaceAll(':', '')}.${extension}`;
        const inputs = imports.imported.value?.inputs ?? [];
        // Problems of an input stand beside it.
        const besides = new Set(inputs.flatMap((input) => input.problems));
        const problems = report.value.problems.filter((problem) => !besides.has(problem));
        const shown = { ...report.value, problems };
        const text = format.write(shown, {
          reveal,
          inputs,
          expectations: expecting.results.value,
          validations: validation.replies(),
        });
        await host.save({ name, type, text });
        notice.value = `Report saved as ${name}.`;
      } catch (error) {
        fail('The report could not be saved', error);
      }
    },
  };
}

/** The report while there is nothing to judge. */
const judgeNothing: Judging['inspect'] = (_, { now, policy, problems = [] }) => ({
  now,
  policy: policy.name,
  subjects: [],
  findings: [],
  problems,
  summary: { tokens: 0, muted: 0, critical: 0, high: 0, medium: 0, low: 0, info: 0 },
});

/** `3 tokens: 1 critical, 2 high`. */
export function countWords(tokens: number, counts: Partial<Record<Severity, number>>): string {
  const found = (['critical', 'high', 'medium', 'low'] as const)
    .filter((severity) => (counts[severity] ?? 0) > 0)
    .map((severity) => `${counts[severity]} ${severity}`);
  return `${tokens === 0 ? 'No tokens' : tokens === 1 ? '1 token' : `${tokens} tokens`}${found.length ? `: ${found.join(', ')}` : ''}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const systemClock: Clock = {
  now: () => Math.floor(Date.now() / 1000),
  onSecond(tick) {
    const timer = setInterval(() => {
      if (!document.hidden) tick();
    }, 1000);
    return () => clearInterval(timer);
  },
};
