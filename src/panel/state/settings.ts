import { computed, signal } from '@preact/signals';
import { defaultSettings, type Host, type Settings } from '../host.ts';
import type { TimeZone } from '../words/show-time.ts';
import type { Messages } from './messages.ts';

/** What the user set, as the surroundings keep it. */
export function createSettings(host: Pick<Host, 'settings'>, { fail }: Pick<Messages, 'fail'>) {
  const stored = signal<Settings>(defaultSettings);
  const zone = computed<TimeZone>(() => stored.value.timeZone ?? 'local');

  const preservesLog = computed(() => stored.value.preserveLog ?? true);

  function save(changed: Partial<Settings>): void {
    stored.value = { ...stored.value, ...changed };
    host.settings.save(stored.value).catch((error) => fail('Settings could not be saved', error));
  }

  return {
    stored,
    zone,
    save,
    setTimeZone: (timeZone: TimeZone) => save({ timeZone }),
    /** Whether what is gone is kept when the page navigates. */
    preservesLog,
    setPreserveLog: (preserveLog: boolean) => save({ preserveLog }),

    /** Until they are read, and where they cannot be, the default ones hold. */
    async load(): Promise<void> {
      try {
        stored.value = await host.settings.load();
      } catch (error) {
        fail('Settings could not be read', error);
      }
    },
  };
}

export type SettingsModel = ReturnType<typeof createSettings>;
