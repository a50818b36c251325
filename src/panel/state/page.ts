import { batch, computed, signal } from '@preact/signals';
import type { Capture, Page, Problem } from '../../engine/model/capture.ts';
import type { Sighting } from '../../engine/model/token.ts';
import { keepRecent } from '../../engine/timeline/keep-recent.ts';
import { mergeSightings } from '../../engine/timeline/merge-sightings.ts';
import type { Host, PageState, SiteAccess } from '../host.ts';
import type { Messages } from './messages.ts';

/** What is known of the inspected page, and of what it held before. */
export function createPage(host: Pick<Host, 'requestAccess'>, { say, fail }: Pick<Messages, 'say' | 'fail'>) {
  const state = signal<PageState>({ kind: 'loading' });
  /** As it was when it was read last. */
  const current = signal<Page | null>(null);
  /** Their URLs. */
  const frames = signal<readonly string[]>([]);
  const sightings = signal<readonly Sighting[]>([]);
  const problems = signal<readonly Problem[]>([]);
  /** How many that are gone are no longer listed. */
  const leftOut = signal(0);
  const hasCapture = signal(false);
  const hasGone = computed(() => sightings.value.some(({ goneAt }) => goneAt !== null));
  /** Sites whose hidden cookies cannot be seen, the page itself first. */
  const closedSites = computed(() => closedOf(state.value));

  function keep(seen: readonly Sighting[]): void {
    const kept = keepRecent(seen);
    sightings.value = kept.sightings;
    leftOut.value += kept.leftOut;
  }

  return {
    state,
    current,
    frames,
    sightings,
    problems: computed(() => (leftOut.value === 0 ? problems.value : [...problems.value, goneLeftOut(leftOut.value)])),
    hasCapture,
    hasGone,
    closedSites,

    /** Takes one more look in. Null for what was found: the search failed, and what was seen before stands. */
    see(capture: Capture, found: Sighting[] | null, limits: readonly Problem[]): void {
      batch(() => {
        current.value = capture.page;
        frames.value = capture.frames.map(({ url }) => url);
        problems.value = limits;
        if (found) keep(mergeSightings(sightings.value, found, capture));
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
      leftOut.value = 0;
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

function goneLeftOut(count: number): Problem {
  const them = count === 1 ? '1 earlier token is' : `${count.toLocaleString('en')} earlier tokens are`;
  return {
    code: 'gone-left-out',
    message: `${them} no longer listed: of what is gone, the latest of each place are kept.`,
  };
}

function closedOf(state: PageState): SiteAccess[] {
  if (state.kind !== 'watching') return [];
  return state.sites.filter(({ granted }) => !granted).sort((a, b) => Number(b.isPage) - Number(a.isPage));
}

export type PageModel = ReturnType<typeof createPage>;
