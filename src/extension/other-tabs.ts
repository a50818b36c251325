import type { OtherTabs } from '../panel/host.ts';

/** The part of a BroadcastChannel that is used; whoever posts does not hear it. */
export interface TabsChannel {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  postMessage(message: unknown): void;
}

type Said = { kind: 'hello'; from: string } | { kind: 'tokens'; from: string; ids: readonly string[] };

/** Panels that are told of, and tokens of each: a number that no real browser reaches. */
const mostTabs = 500;
const mostTokens = 1000;

/**
 * Tells panels of other tabs which tokens are in this one. Each panel holds a lock under a name of its own for as long as it
 * lives, so that the others notice when it is closed, however that came about.
 *
 * @param name of this panel, which no other has
 */
export function createOtherTabs(
  channel: TabsChannel,
  locks: Pick<LockManager, 'request'>,
  name: string = crypto.randomUUID(),
): OtherTabs {
  const others = new Map<string, readonly string[]>();
  const listeners = new Set<(others: ReadonlyMap<string, number>) => void>();
  let own: readonly string[] = [];
  void locks.request(lockOf(name), () => new Promise(() => {})).catch(() => {});

  channel.onmessage = ({ data }) => {
    const said = saidBy(data);
    if (!said || said.from === name) return;
    if (said.kind === 'hello') say();
    else hear(said.from, said.ids);
  };
  post({ kind: 'hello', from: name });

  function post(said: Said): void {
    channel.postMessage(said);
  }

  function say(): void {
    post({ kind: 'tokens', from: name, ids: own });
  }

  function hear(from: string, ids: readonly string[]): void {
    const isNew = !others.has(from);
    if (isNew && others.size >= mostTabs) return;
    others.set(from, ids);
    tellAll();
    if (!isNew) return;
    const forget = () => {
      others.delete(from);
      tellAll();
    };
    // Had only once the other panel has gone.
    void locks.request(lockOf(from), { mode: 'shared' }, forget).catch(() => {});
  }

  function counts(): Map<string, number> {
    const found = new Map<string, number>();
    for (const ids of others.values()) for (const id of new Set(ids)) found.set(id, (found.get(id) ?? 0) + 1);
    return found;
  }

  function tellAll(): void {
    for (const listener of listeners) listener(counts());
  }

  return {
    tell(ids) {
      own = ids.slice(0, mostTokens);
      say();
    },
    onChange(listener) {
      listeners.add(listener);
      listener(counts());
      return () => listeners.delete(listener);
    },
  };
}

/** The same for the panel of one tab; a private one tells nothing. */
export function shareWithTabs(isPrivate: () => Promise<boolean>): OtherTabs {
  const shared = isPrivate().then((isSo) =>
    isSo ? null : createOtherTabs(new BroadcastChannel('tokens of tabs'), navigator.locks),
  );
  return {
    tell: (ids) => void shared.then((tabs) => tabs?.tell(ids)),
    onChange(listener) {
      let isEnded = false;
      let end = () => {};
      void shared.then((tabs) => {
        if (tabs && !isEnded) end = tabs.onChange(listener);
      });
      return () => {
        isEnded = true;
        end();
      };
    },
  };
}

const lockOf = (name: string) => `panel ${name}`;

/** What another panel says; null for what none does, as one of another version might. */
function saidBy(data: unknown): Said | null {
  const { kind, from, ids } = ((typeof data === 'object' && data) || {}) as {
    [name in 'kind' | 'from' | 'ids']?: unknown;
  };
  if (typeof from !== 'string') return null;
  if (kind === 'hello') return { kind, from };
  if (kind !== 'tokens' || !Array.isArray(ids)) return null;
  return { kind, from, ids: ids.filter((id) => typeof id === 'string').slice(0, mostTokens) };
}
