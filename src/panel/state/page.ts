import { batch, computed, signal } from '@preact/signals';
import type { Capture, Page, Problem } from '../../engine/model/capture.ts';
import type { Sighting } from '../../engine/model/token.ts';
import type { Host, PageState, SiteAccess } from '../host.ts';
import type { Messages } from './messages.ts';
import { mergeSightings } from './sightings.ts';

/** What is known of the inspected page, and of what it held before. */
export function createPage(host: Pick<Host, 'requestAccess'>, { say, fail }: Pick<Messages, 'say' | 'fail'>) {
  const state = signal<PageState>({ kind: 'loading' });
  /** As it was when it was read last. */
  const current = signal<Page | null>(null);
  /** Their URLs. */
  const frames = signal<readonly string[]>([]);
  const sightings = signal<readonly Sighting[]>([]);
  const problems = signal<readonly Problem[]>([]);
  const hasCapture = signal(false);
  const hasGone = computed(() => sightings.value.some(({ goneAt }) => goneAt !== null));
  /** Sites whose hidden cookies cannot be seen, the page itself first. */
  const closedSites = computed(() => closedOf(state.value));

  return {
    state,
    current,
    frames,
    sightings,
    problems,
    hasCapture,
    hasGone,
    closedSites,

    /** Takes one more look in. Null for what was found: the search failed, and what was seen before stands. */
    see(capture: Capture, found: Sighting[] | null, limits: readonly Problem[]): void {
      batch(() => {
        current.value = capture.page;
        frames.value = capture.frames.map(({ url }) => url);
        problems.value = limits;
        if (found) sightings.value = mergeSightings(sightings.value, found, capture);
        hasCapture.value = true;
      });
    },

    /** A page that cannot be read holds nothing that was seen before. `at` is in seconds since the epoch. */
    leave(at: number): void {
      current.value = null;
      frames.value = [];
      problems.value = [];
      sightings.value = sightings.value.map((sighting) => ({ ...sighting, goneAt: sighting.goneAt ?? at }));
    },

    forgetGone(): void {
      sightings.value = sightings.value.filter(({ goneAt }) => goneAt === null);
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
