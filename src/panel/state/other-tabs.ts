import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Place } from '../../engine/model/capture.ts';
import { goneSince } from '../../engine/model/presence.ts';
import type { Sighting } from '../../engine/model/token.ts';
import type { Host } from '../host.ts';
import type { Judged } from '../workers/report-changes.ts';

/** What panels of other tabs hold of the join tokens that are here. */
export function createOtherTabs({ otherTabs }: Pick<Host, 'otherTabs'>, judged: ReadonlySignal<Judged | null>) {
  const others = signal<ReadonlyMap<string, number>>(new Map());
  const here = computed(() => joinTokens(judged.value));
  let shown: ReadonlyMap<string, number> = new Map();

  return {
    /** In how many other tabs each of them is, by token id; the same map while it says the same. */
    elsewhere: computed(() => {
      const found = here.value.flatMap((id): [string, number][] => {
        const count = others.value.get(id);
        return count === undefined ? [] : [[id, count]];
      });
      if (JSON.stringify(found) !== JSON.stringify([...shown])) shown = new Map(found);
      return shown;
    }),

    open(): () => void {
      if (!otherTabs) return () => {};
      let told = '[]';
      const endings = [
        effect(() => {
          const text = JSON.stringify(here.value);
          if (text === told) return;
          told = text;
          otherTabs.tell(here.value);
        }),
        otherTabs.onChange((heard) => {
          others.value = heard;
        }),
      ];
      return () => {
        for (const end of endings) end();
      };
    },
  };
}

/** What tabs of one site share is in all of them, and used by none for that. */
const shared: readonly Place['traits']['storage'][] = ['local', 'cookie', 'database', 'cache', 'file'];

function isOfTab({ goneAt, place: { traits, key, exchange } }: Sighting): boolean {
  const isCookie = exchange !== undefined && /^(?:set-)?cookie$/i.test(key ?? '');
  return goneAt === null && !isCookie && !shared.includes(traits.storage);
}

/** Ids of join tokens that are in this tab itself. */
function joinTokens(judged: Judged | null): string[] {
  const subjects = judged?.subjects ?? [];
  return subjects
    .filter(({ facts, sightings }) => facts.use === 'video-join' && sightings.some(isOfTab))
    .filter((subject) => goneSince(subject) === null)
    .map(({ token }) => token.id)
    .sort();
}
