import { computed, signal } from '@preact/signals';
import { defaultSettings, type Host, type Settings } from '../host.ts';
import type { TimeZone } from '../words/show-time.ts';
import type { Messages } from './messages.ts';

/** What the user set, as the surroundings keep it. */
export function createSettings(host: Pick<Host, 'settings' | 'isPrivate'>, { fail }: Pick<Messages, 'fail'>) {
  const stored = signal<Settings>(defaultSettings);
  const isPrivate = signal(false);
  const leftOut = signal<readonly string[]>([]);
  const zone = computed<TimeZone>(() => stored.value.timeZone ?? 'local');

  const preservesLog = computed(() => stored.value.preserveLog ?? true);

  function save(changed: Partial<Settings>): void {
    stored.value = { ...stored.value, ...changed };
    host.settings.save(stored.value).catch((error) => fail('Settings could not be saved', error));
  }

  function tellLeftOut(what: readonly string[]): void {
    if (what.length > 0) leftOut.value = [...leftOut.value, ...what];
  }

  return {
    stored,
    zone,
    save,
    setTimeZone: (timeZone: TimeZone) => save({ timeZone }),
    /** Whether what is gone is kept when the page navigates. */
    preservesLog,
    setPreserveLog: (preserveLog: boolean) => save({ preserveLog }),
    /** Whether the page is in a private window: then what is set is forgotten with the panel. */
    isPrivate,
    /** What was stored and could not be read, in words. */
    leftOut,
    tellLeftOut,

    /** Until they are read, and where they cannot be, the default ones hold. */
    async load(): Promise<void> {
      try {
        const loaded = await host.settings.load();
        stored.value = loaded.value;
        tellLeftOut(loaded.leftOut);
      } catch (error) {
        fail('Settings could not be read', error);
      }
      isPrivate.value = await host.isPrivate().catch(() => false);
    },
  };
}

export type SettingsModel = ReturnType<typeof createSettings>;
