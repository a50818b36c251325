import { computed } from '@preact/signals';
import { originOf } from '../../engine/find/sources/url-snippets.ts';
import type { PageModel } from './page.ts';
import type { Recordings } from './recordings.ts';

/** What is on screen: the inspected page, unless files are shown in its place. */
export function createShown(
  inspected: Pick<PageModel, 'current' | 'sightings' | 'problems'>,
  { imported }: Pick<Recordings, 'imported'>,
) {
  const page = computed(() => (imported.value ? null : inspected.current.value));
  return {
    page,
    origin: computed(() => (page.value ? originOf(page.value.url) : null)),
    sightings: computed(() => imported.value?.sightings ?? inspected.sightings.value),
    problems: computed(() => imported.value?.problems ?? inspected.problems.value),
    /** A report that was saved before is shown as it was judged then. */
    savedReport: computed(() => imported.value?.saved?.report ?? null),
    /** Whether the tokens are whole: those of a masked report are not. */
    isWhole: () => !imported.value?.saved?.masked,
  };
}

export type Shown = ReturnType<typeof createShown>;
