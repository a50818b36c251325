import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Report } from '../../engine/model/report.ts';
import type { LockChange, TokenLock } from '../chunks/locking.ts';

type Locking = typeof import('../chunks/locking.ts');

export interface LockCheckOptions {
  report: ReadonlySignal<Report>;
  /** False while tokens were found that are not judged yet. */
  isWhole: ReadonlySignal<boolean>;
  save: (file: { name: string; type: string; text: string }) => Promise<void>;
  say: (sentence: string) => void;
  fail: (what: string, error: unknown) => void;
  loadLocking?: () => Promise<Locking>;
}

interface OpenLock {
  name: string;
  locked: TokenLock;
  code: Locking;
}

/** Whether a file that a user opens is meant to be a lock, whether or not it is right. */
export function looksLikeLock(text: string): boolean {
  return /^\ufeff?\s*\{\s*(?:"\$schema"\s*:\s*"[^"]{0,300}lock\.schema\.json"|"lock"\s*:)/.test(text.slice(0, 1000));
}

/** A lock file that the user opens, compared with what is on screen whenever that changes. Kept in memory only. */
export function createLockCheck(options: LockCheckOptions) {
  const { report, isWhole, save, say, fail, loadLocking = () => import('../chunks/locking.ts') } = options;
  const open = signal<OpenLock | null>(null);

  const compared = computed(() => {
    if (!open.value || !isWhole.value) return null;
    const { code, locked } = open.value;
    const seen = code.lockTokens(report.value, { byInput: code.tellsInputs(locked) });
    return { seen, changes: code.compareLocks(locked, seen) };
  });

  return {
    /** Name of the file; null where none is open. */
    name: computed(() => open.value?.name ?? null),

    /** What is not as it was locked; null while not everything is judged. */
    changes: computed<readonly LockChange[] | null>(() => compared.value?.changes ?? null),

    /** Reads a lock in place of the one before; a file that is none leaves that. */
    async open(name: string, text: string): Promise<void> {
      try {
        const code = await loadLocking();
        open.value = { name, locked: code.parseLock(text), code };
        say(`${name} opened.`);
      } catch (error) {
        fail(`${name} could not be opened`, error);
      }
    },

    /** Saves the lock as everything is now, and goes on with that. */
    async accept(): Promise<void> {
      const now = compared.value;
      if (!open.value || !now) return;
      const { name, code, locked } = open.value;
      try {
        if (now.seen.kinds.length === 0) throw new Error('there is no token, and a lock of nothing would always hold.');
        const accepted = code.acceptedLock(locked, now.seen);
        await save({ name, type: 'application/json', text: code.formatLock(accepted) });
        open.value = { name, code, locked: accepted };
        say(`Lock saved as ${name}.`);
      } catch (error) {
        fail('The lock could not be saved', error);
      }
    },

    close(): void {
      open.value = null;
    },
  };
}

export type LockCheck = ReturnType<typeof createLockCheck>;
