import { computed } from '@preact/signals';
import type { Subject } from '../../engine/model/report.ts';
import type { JsonObject } from '../../engine/text/json.ts';
import type { Answer, Fault } from '../../introspection/ask.ts';
import type { IntrospectionReply } from '../../introspection/reply.ts';
import type { BackendHost, BackendSettings } from '../host.ts';
import { addressOf } from '../words/address-of.ts';
import { backendFor as chooseBackend } from './backend-for.ts';
import { createKeyedSignal } from './keyed-signal.ts';
import { messageOf } from './messages.ts';

/** What is known of one token's validity. Lives in memory only. */
export type Validity =
  | { kind: 'asking'; by: string }
  | { kind: 'reply'; by: string; at: number; reply: IntrospectionReply }
  | { kind: 'fault'; by: string; at: number; fault: Fault };

/** What a key in hand told of one token. Lives in memory only. */
export interface LocalCheck {
  at: number;
  outcome: 'passed' | 'failed' | 'not-checked';
  reason: string;
  /** What was inside an encrypted token. */
  plaintext?: string;
}

export interface ValidationOptions {
  host: BackendHost;
  /** The configured backends, in the user's order. */
  backends: () => readonly BackendSettings[];
  /** Whether the tokens shown are whole. Those of a masked report are not, and nobody could judge them. */
  isWhole: () => boolean;
  /** Origin of the inspected page. */
  pageOrigin: () => string | null;
  /** The room the page wants to enter with this token, where its URLs tell; the backend then judges it. */
  roomOf: (subject: Subject) => string | null;
  /** Seconds since the epoch. */
  now: () => number;
}

/** Questions asked at once when all tokens are validated. */
const atOnce = 4;

/**
 * Asks backends about tokens, only ever on request, and keeps the answers until the panel closes. An answer belongs to the
 * exact token text, so a token that changes has none.
 */
export function createValidation({ host, backends, isWhole, pageOrigin, roomOf, now }: ValidationOptions) {
  const { validities, answer, cancel, forgetBackend, close } = createAnswers(host, now);
  const localChecks = createKeyedSignal<LocalCheck>();
  const isBusy = computed(() => [...validities.value.values()].some(({ kind }) => kind === 'asking'));
  let stopAll: () => void = () => undefined;

  function backendFor(subject: Subject): BackendSettings | null {
    return isWhole() ? chooseBackend(subject, backends(), pageOrigin()) : null;
  }

  /** Asks about one token. A `room` says what the page is not known to want. */
  async function validate(subject: Subject, room = roomOf(subject)): Promise<void> {
    const backend = backendFor(subject);
    if (backend) await answer(backend, subject, room);
  }

  return {
    validities,
    localChecks: localChecks.all,
    isBusy,
    roomOf,
    backendFor,
    isWhole,
    validate,

    /** Asks about each token that has a backend, a few at once. */
    async validateAll(subjects: readonly Subject[]): Promise<void> {
      const queue = subjects.filter((subject) => backendFor(subject) !== null);
      stopAll = () => queue.splice(0);
      await Promise.all(
        Array.from({ length: Math.min(atOnce, queue.length) }, async () => {
          for (let subject = queue.shift(); subject; subject = queue.shift()) await validate(subject);
        }),
      );
    },

    /** What backends answered, by token id, for a report: the reply, who gave it, and when. */
    replies: () => repliesIn(validities.value),

    /** Gives up what is being asked, about one token or about all. */
    cancel(id?: string): void {
      if (id === undefined) stopAll();
      cancel(id);
    },

    forgetBackend,

    /** Keeps the result of a check with a key in hand. */
    keepLocal(id: string, check: Omit<LocalCheck, 'at'>): void {
      localChecks.set(id, { ...check, at: now() });
    },

    close(): void {
      stopAll();
      close();
      localChecks.clear();
    },
  };
}

export type Validation = ReturnType<typeof createValidation>;

const ask: typeof import('../chunks/ask-backend.ts').askBackend = async (...asked) => {
  try {
    return await (await import('../chunks/ask-backend.ts')).askBackend(...asked);
  } catch (error) {
    return { fault: { code: 'unreachable', message: `The question could not be asked: ${messageOf(error)}` } };
  }
};

/** What is being asked and what was answered, by token id. */
function createAnswers(host: BackendHost, now: () => number) {
  const { all: validities, set, clear } = createKeyedSignal<Validity>();
  const running = new Map<string, { controller: AbortController; backend: string }>();

  return {
    validities,

    /** Asks a backend about one token, unless it is being asked about already. */
    async answer(backend: BackendSettings, subject: Subject, room: string | null): Promise<void> {
      const { id } = subject.token;
      if (running.has(id)) return;
      const by = addressOf(backend.url);
      const controller = new AbortController();
      running.set(id, { controller, backend: backend.id });
      set(id, { kind: 'asking', by });
      const answer = await ask(host, backend, subject, room, controller.signal);
      running.delete(id);
      const { aborted, reason } = controller.signal;
      if (aborted && reason === 'closed') return;
      if (aborted && reason !== 'removed') return set(id, null);
      set(id, aborted ? { kind: 'fault', by, at: now(), fault: removed(by) } : validityOf(answer, by, now()));
    },

    cancel(id?: string): void {
      for (const [token, { controller }] of running) {
        if (id === undefined || id === token) controller.abort('cancelled');
      }
    },

    /** To be called when a backend was removed or changed: its answers no longer count. */
    forgetBackend(id: string, url: string): void {
      for (const { controller, backend } of running.values()) if (backend === id) controller.abort('removed');
      const by = addressOf(url);
      for (const [token, validity] of validities.value) {
        if (validity.kind === 'reply' && validity.by === by) set(token, null);
      }
    },

    close(): void {
      for (const { controller } of running.values()) controller.abort('closed');
      clear();
    },
  };
}

function validityOf(answer: Answer, by: string, at: number): Validity {
  return 'fault' in answer ? { kind: 'fault', by, at, ...answer } : { kind: 'reply', by, at, ...answer };
}

function removed(by: string): Fault {
  return { code: 'cancelled', message: `${by} was removed from the settings before it answered.` };
}

function repliesIn(validities: ReadonlyMap<string, Validity>): Map<string, JsonObject> {
  const replies = new Map<string, JsonObject>();
  for (const [id, validity] of validities) {
    if (validity.kind !== 'reply') continue;
    const { by, at, reply } = validity;
    replies.set(id, { answeredBy: by, answeredAt: at, reply: JSON.parse(JSON.stringify(reply)) as JsonObject });
  }
  return replies;
}
