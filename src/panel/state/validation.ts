import { computed, signal } from '@preact/signals';
import type { JsonObject, Subject } from '../../engine/model.ts';
import { originOf } from '../../engine/sources/url-snippets.ts';
import { ask, type Fault, insecureUrl } from '../../introspection/ask.ts';
import type { IntrospectionReply } from '../../introspection/reply.ts';
import type { BackendHost, BackendSettings } from '../host.ts';

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
  const validities = signal<ReadonlyMap<string, Validity>>(new Map());
  const localChecks = signal<ReadonlyMap<string, LocalCheck>>(new Map());
  const running = new Map<string, { controller: AbortController; backend: string }>();
  let stopAll: () => void = () => undefined;
  const isBusy = computed(() => [...validities.value.values()].some(({ kind }) => kind === 'asking'));

  function set(id: string, validity: Validity | null): void {
    const next = new Map(validities.value);
    if (validity) next.set(id, validity);
    else next.delete(id);
    validities.value = next;
  }

  /** The backend for a token: one for its platform before one for all, one for this page before one for all. */
  function backendFor(subject: Subject): BackendSettings | null {
    if (!isWhole()) return null;
    const origin = pageOrigin();
    const fitting = backends().filter(
      ({ sites, providers }) =>
        (!sites.length || (origin !== null && sites.includes(origin))) &&
        (!providers.length || (subject.provider !== null && providers.includes(subject.provider.id))),
    );
    const weight = ({ sites, providers }: BackendSettings) =>
      Number(providers.length > 0) * 2 + Number(sites.length > 0);
    return [...fitting].sort((a, b) => weight(b) - weight(a))[0] ?? null;
  }

  /** Asks about one token. A `room` says what the page is not known to want. */
  async function validate(subject: Subject, room = roomOf(subject)): Promise<void> {
    const { id } = subject.token;
    const backend = backendFor(subject);
    if (!backend || running.has(id)) return;
    const by = hostOf(backend.url);
    const controller = new AbortController();
    running.set(id, { controller, backend: backend.id });
    set(id, { kind: 'asking', by });
    const answer = await askBackend(backend, subject, room, controller.signal);
    running.delete(id);
    if (controller.signal.aborted && controller.signal.reason === 'closed') return;
    const at = now();
    if (controller.signal.aborted && controller.signal.reason === 'removed') {
      const message = `${by} was removed from the settings before it answered.`;
      set(id, { kind: 'fault', by, at, fault: { code: 'cancelled', message } });
    } else if (controller.signal.aborted) set(id, null);
    else if ('fault' in answer) set(id, { kind: 'fault', by, at, fault: answer.fault });
    else set(id, { kind: 'reply', by, at, reply: answer.reply });
  }

  async function askBackend(backend: BackendSettings, subject: Subject, room: string | null, signal: AbortSignal) {
    const site = originOf(backend.url);
    try {
      if (!insecureUrl(backend.url) && site && !(await host.hasAccess(site))) {
        const message = `The browser does not let Roomkey ask ${hostOf(backend.url)}. Give access to it in the settings.`;
        return { fault: { code: 'access-denied', message } as Fault };
      }
      const secrets = backend.header ? await host.secrets.load() : {};
      const secret = Object.hasOwn(secrets, backend.id) ? secrets[backend.id] : undefined;
      if (backend.header && !secret) {
        const message = `The value of the header ${backend.header} is not set. It is forgotten when the browser closes; enter it again in the settings.`;
        return { fault: { code: 'unauthorized', message } as Fault };
      }
      return await ask(
        { url: backend.url, headers: backend.header && secret ? { [backend.header]: secret } : {} },
        {
          token: subject.token.text,
          ...(subject.provider ? { provider: subject.provider.id } : {}),
          ...(room ? { room } : {}),
        },
        { fetch: host.fetch, signal, networkError: () => host.networkError(backend.url) },
      );
    } catch (error) {
      const message = `The question could not be asked: ${error instanceof Error ? error.message : String(error)}`;
      return { fault: { code: 'unreachable', message } as Fault };
    }
  }

  return {
    validities,
    localChecks,
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
    replies(): Map<string, JsonObject> {
      const replies = new Map<string, JsonObject>();
      for (const [id, validity] of validities.value) {
        if (validity.kind !== 'reply') continue;
        const { by, at, reply } = validity;
        replies.set(id, { answeredBy: by, answeredAt: at, reply: JSON.parse(JSON.stringify(reply)) as JsonObject });
      }
      return replies;
    },

    /** Gives up what is being asked, about one token or about all. */
    cancel(id?: string): void {
      if (id === undefined) stopAll();
      for (const [token, { controller }] of running) {
        if (id === undefined || id === token) controller.abort('cancelled');
      }
    },

    /** To be called when a backend was removed or changed: its answers no longer count. */
    forgetBackend(id: string, url: string): void {
      for (const { controller, backend } of running.values()) if (backend === id) controller.abort('removed');
      const by = hostOf(url);
      for (const [token, validity] of validities.value) {
        if (validity.kind === 'reply' && validity.by === by) set(token, null);
      }
    },

    /** Keeps the result of a check with a key in hand. */
    keepLocal(id: string, check: Omit<LocalCheck, 'at'>): void {
      localChecks.value = new Map(localChecks.value).set(id, { ...check, at: now() });
    },

    close(): void {
      stopAll();
      for (const { controller } of running.values()) controller.abort('closed');
      validities.value = new Map();
      localChecks.value = new Map();
    },
  };

  function hostOf(url: string): string {
    return URL.canParse(url) ? new URL(url).host : url;
  }
}
