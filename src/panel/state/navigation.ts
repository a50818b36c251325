import { signal } from '@preact/signals';

/** Those with a button of their own among the views. */
export const views = ['tokens', 'findings', 'origins', 'privileges', 'timeline'] as const;
export type View = (typeof views)[number] | 'expectations';

/** Which view is open, and whether the settings are. */
export function createNavigation() {
  const view = signal<View>('tokens');
  const settingsOpen = signal(false);
  const shortcutsOpen = signal(false);
  return {
    view,
    settingsOpen,
    /** Whether the list of shortcuts is on screen. */
    shortcutsOpen,

    open(chosen: View): void {
      view.value = chosen;
    },

    openSettings(): void {
      settingsOpen.value = true;
    },
  };
}

export type NavigationModel = ReturnType<typeof createNavigation>;
