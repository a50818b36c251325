import { computed } from '@preact/signals';
import type { PageModel } from './page.ts';
import type { Recordings } from './recordings.ts';

/** What is on screen: the inspected page, unless files are shown in its place. */
export function createShown(
  inspected: Pick<PageModel, 'current' | 'origin' | 'navigations'>,
  { imported }: Pick<Recordings, 'imported'>,
) {
  return {
    page: computed(() => (imported.value ? null : inspected.current.value)),
    origin: computed(() => (imported.value ? null : inspected.origin.value)),
    navigations: computed(() => (imported.value ? [] : inspected.navigations.value)),
    /** Whether the tokens are whole: those of a masked report are not. */
    isWhole: () => !imported.value?.saved?.masked,
  };
}

export type Shown = ReturnType<typeof createShown>;
