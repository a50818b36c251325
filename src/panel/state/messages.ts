import { signal } from '@preact/signals';

/** What the panel says beside its lists, in the status line and to screen readers. */
export function createMessages() {
  /** A sentence about what just happened. */
  const notice = signal('');
  const failure = signal<string | null>(null);
  return {
    notice,
    failure,

    say(sentence: string): void {
      notice.value = sentence;
    },

    /** `what` is a clause without its stop: "Settings could not be read". */
    fail(what: string, error: unknown): void {
      failure.value = `${what}: ${messageOf(error)}`;
    },

    dismiss(): void {
      failure.value = null;
    },
  };
}

export type Messages = ReturnType<typeof createMessages>;

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
