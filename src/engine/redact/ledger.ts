import { isPlaceholder, looksOpaque } from './opaque-value.ts';
import { characterClass, nextRun } from './runs.ts';
import type { Held } from './suspicion.ts';

/** What was removed, by kind. */
export interface Removed {
  tokens: number;
  cookies: number;
  headers: number;
  parameters: number;
  keys: number;
  /** Members, fields and values of other texts. */
  values: number;
}

export type Ledger = ReturnType<typeof createLedger>;

/** Secrets compared inside of longer runs; more are only compared with whole runs. */
const mostSearched = 200;
const mostRemembered = 20_000;

/** What holds for all texts that belong together, as the files of an archive do: a credential of one goes from the others, too. */
export interface Known {
  removed: Removed;
  secrets: Set<string>;
  /** Values that stay because they were named. */
  kept: Set<string>;
}

export function createKnown(): Known {
  return {
    removed: { tokens: 0, cookies: 0, headers: 0, parameters: 0, keys: 0, values: 0 },
    secrets: new Set(),
    kept: new Set(),
  };
}

/** What was found out while a text was redacted. */
export function createLedger({ removed, secrets, kept }: Known = createKnown()) {
  const unread = new Map<string, number>();
  let unreadNow = new Map<string, number>();

  return {
    removed,
    kept,
    unread,
    count(what: Held | 'token' | 'key') {
      removed[members[what]] += 1;
    },
    /** A credential that may stand elsewhere under a name that does not tell. */
    remember(secret: string) {
      if (secret.length >= 12 && secrets.size < mostRemembered && looksOpaque(secret)) secrets.add(secret);
    },
    keep(text: string) {
      if (!isPlaceholder(text)) kept.add(text);
    },
    isKept(token: string): boolean {
      for (const text of kept) if (text.includes(token)) return true;
      return false;
    },
    /** Something stays that could not be read. */
    leave(why: string) {
      unreadNow.set(why, (unreadNow.get(why) ?? 0) + 1);
    },
    /** Another pass will find the same things unread: they count once. */
    endPass() {
      for (const [why, count] of unreadNow) unread.set(why, Math.max(count, unread.get(why) ?? 0));
      unreadNow = new Map();
    },
    mayKnow(text: string): boolean {
      return secrets.size > 0 && text.length >= 12;
    },
    /** Where credentials stand that were removed elsewhere. */
    knownIn(text: string): { start: number; end: number }[] {
      if (secrets.size === 0 || text.length < 12) return [];
      const found: { start: number; end: number }[] = [];
      for (let run = nextRun(text, 0, secretClass); run; run = nextRun(text, run.end, secretClass)) {
        for (const one of inRun(text.slice(run.start, run.end), run.start)) found.push(one);
      }
      return found.sort((a, b) => a.start - b.start);
    },
  };

  function inRun(run: string, at: number): { start: number; end: number }[] {
    if (kept.has(run)) return [];
    if (secrets.has(run)) return [{ start: at, end: at + run.length }];
    if (secrets.size > mostSearched) return [];
    const found: { start: number; end: number }[] = [];
    for (const secret of secrets) {
      const inside = secret.length < run.length ? run.indexOf(secret) : -1;
      if (inside >= 0) found.push({ start: at + inside, end: at + inside + secret.length });
    }
    return found;
  }
}

const secretClass = characterClass('\\w+/=.~!*$|-', 12);

const members: Record<Held | 'token' | 'key', keyof Removed> = {
  token: 'tokens',
  key: 'keys',
  cookie: 'cookies',
  header: 'headers',
  parameter: 'parameters',
  member: 'values',
  text: 'values',
};
