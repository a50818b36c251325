import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Problem } from '../../engine/model/capture.ts';
import type { Host, PageState, SiteAccess } from '../host.ts';
import type { Judged } from '../workers/report-changes.ts';
import { type Messages, messageOf } from './messages.ts';

/** What is known of the inspected page, and of what it held before. `judged` is null until it was read. */
export function createPage(
  host: Pick<Host, 'requestAccess' | 'grants' | 'reloadPage'>,
  judged: ReadonlySignal<Judged | null>,
  { say, fail }: Pick<Messages, 'say' | 'fail'>,
) {
  const state = signal<PageState>({ kind: 'loading' });
  /** Why the last look could not be searched or judged; what was seen before stands. */
  const failure = signal<Problem | null>(null);
  /** Seconds since the epoch: when devtools were opened. */
  const openedAt = signal<number | null>(null);
  const current = computed(() => judged.value?.timeline.page ?? null);
  const frames = computed(() => judged.value?.timeline.frames ?? []);

  return {
    state,
    failure,
    openedAt,
    /** Of the page looked at last, searched already or not: its policy and marks are those it is judged by. */
    origin: signal<string | null>(null),
    /** As it was when it was read last. */
    current,
    /** Their URLs. */
    frames,
    /** Where joining is tried: the page and its frames. */
    place: computed(() => ({
      pageUrl: current.value?.url ?? null,
      frames: frames.value.map((url) => ({ url })),
    })),
    navigations: computed(() => judged.value?.timeline.navigations ?? []),
    /** Whether it was looked at; what requests carry is known before that. */
    hasCapture: computed(() => judged.value?.timeline.document != null || failure.value !== null),
    /** Sites whose hidden cookies cannot be seen, the page itself first. */
    closedSites: computed(() => closedOf(state.value)),

    /** Seconds since the epoch: what the page requested earlier is not known, since devtools were opened only then. Null when nothing is missing. */
    missedBefore: computed(() => {
      const startedAt = current.value?.startedAt ?? null;
      return openedAt.value !== null && startedAt !== null && startedAt < openedAt.value ? openedAt.value : null;
    }),

    reload: (): void => host.reloadPage(),
    grants: host.grants,

    /** A look that could not be searched or judged is told. */
    fail(error: unknown): void {
      const message = `${messageOf(error)} What was seen before is still shown; press Rescan to try again.`;
      failure.value = { code: 'search-failed', message };
    },

    /** Asks the user for the cookies of a site. To be called from a press. */
    async requestAccess(site: string): Promise<void> {
      try {
        const granted = await host.requestAccess([site]);
        say(granted ? `Cookies of ${site} can be read now.` : `Access to ${site} was not given.`);
      } catch (error) {
        fail(`Access to ${site} could not be asked for`, error);
      }
    },
  };
}

function closedOf(state: PageState): SiteAccess[] {
  if (state.kind !== 'watching') return [];
  return state.sites.filter(({ granted }) => !granted).sort((a, b) => Number(b.isPage) - Number(a.isPage));
}

export type PageModel = ReturnType<typeof createPage>;
