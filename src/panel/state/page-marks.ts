import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { SettingsModel } from './settings.ts';

export type PageMark = 'guest' | 'host';

export interface PageMarkOptions {
  settings: Pick<SettingsModel, 'stored' | 'save'>;
  /** Origin of the page on screen. */
  origin: ReadonlySignal<string | null>;
  /** Seconds since the epoch. */
  now: () => number;
  rescan: () => void;
}

/** What only the user knows of a page: whose it is, and when they logged out of it. */
export function createPageMarks({ settings: { stored, save }, origin, now, rescan }: PageMarkOptions) {
  const mark = computed<PageMark | null>(() => {
    const { pageMarks } = stored.value;
    const here = origin.value;
    return here && Object.hasOwn(pageMarks, here) ? (pageMarks[here] ?? null) : null;
  });
  /** Forgotten with the panel. */
  const loggedOut = signal<{ origin: string; at: number } | null>(null);

  return {
    mark,
    loggedOut,

    setMark(chosen: PageMark | null, site = origin.value): void {
      if (!site) return;
      const pageMarks = { ...stored.value.pageMarks };
      delete pageMarks[site];
      save({ pageMarks: chosen ? { ...pageMarks, [site]: chosen } : pageMarks });
    },

    /** Says that the user has logged out of the page now: what was there before and stays is reported. */
    markLogout(): void {
      if (origin.value === null) return;
      loggedOut.value = { origin: origin.value, at: now() };
      // What the page removed is noticed by looking once more.
      rescan();
    },

    forgetLogout(): void {
      loggedOut.value = null;
    },
  };
}

export type PageMarks = ReturnType<typeof createPageMarks>;
