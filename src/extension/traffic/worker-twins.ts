import type { Exchange } from '../../engine/model/capture.ts';
import { createTwinSettling, isOpen, isUndecided } from './settle-twins.ts';
import { createTwinTelling, type One } from './tell-twins.ts';
import { nothingTold } from './told.ts';
import { answerOf, createTwinSides, sideOf } from './twin-sides.ts';

/** Requests remembered; of one address, those that have no twin. */
const mostRemembered = 1000;
const mostAlike = 20;
/** Milliseconds that one waits at most for what shows whether it is a twin. */
const longestWait = 1000;

/**
 * A request of the page that its service worker passes on is told twice, once by each: the two count as one, and only what
 * differs (cookies, say, which the page's own has not) is told of the second. Which of two that are alike is the page's shows in
 * its answer alone. Until then the second counts as the twin of the first where their calls show that it came out of it,
 * and as itself if the answers say otherwise. Where the calls show nothing it waits for a moment, then counts as itself.
 *
 * @param out takes what is to be told
 */
export function createWorkerTwins(out: (exchange: Exchange) => void) {
  const sides = createTwinSides();
  const telling = createTwinTelling(out);
  const remembered = createRemembered((one) => {
    if (one.state === 'waiting') telling.tellAlone(one);
  });
  const settleAll = createTwinSettling(sides, telling, (one) => {
    one.timer ??= setTimeout(() => {
      one.isLate = true;
      settle(one.key);
    }, longestWait);
  });

  function settle(key: string): void {
    const all = remembered.alike(key);
    settleAll(all);
    for (const one of all) if (!isOpen(one)) remembered.close(one);
  }

  return {
    /** Of a request, what the browser says is known; what there is to tell of it follows. */
    note(entry: unknown, exchange: Exchange): void {
      if (/^wss?:/i.test(exchange.url)) return;
      sides.noteScript(exchange);
      const before = remembered.named(exchange.name);
      if (!before && exchange.isContinued) return;
      const one = before ?? oneOf(entry, exchange);
      if (before) Object.assign(one, answerOf(entry));
      else remembered.add(one);
      one.isUnsent = exchange.isUnsent === true;
      settle(one.key);
    },

    tell(exchange: Exchange): void {
      const one = remembered.named(exchange.name);
      if (one) telling.tell(one, exchange);
      else out(exchange);
    },

    /**
     * Whether the body of the page's was read with the worker's, and nothing can have changed it. The worker's is read
     * in any case: of several that are alike another may be the twin.
     */
    isBodyRead({ name }: Exchange): boolean {
      const one = remembered.named(name);
      if (!one?.other || isOpen(one) || !one.isPassedOn) return false;
      return one.told.bodies.length + one.other.told.bodies.length > 0;
    },

    /** Lets nothing wait any longer. */
    stop(): void {
      for (const one of remembered.all()) {
        one.isLate = true;
        if (isUndecided(one)) settle(one.key);
      }
    },
  };
}

function oneOf(entry: unknown, exchange: Exchange): One {
  const key = `${exchange.method} ${exchange.url.replace(/#.*$/s, '')}`;
  const flags = { isTold: false, isLate: false, isUnsent: false };
  const lists = { told: nothingTold(), news: [], early: [] };
  const undecided = { state: 'waiting', other: null, timer: undefined } as const;
  return { name: exchange.name, key, ...sideOf(entry, exchange), ...flags, ...lists, ...undecided };
}

/** @param giveUp told of one whose twin is looked for no more */
function createRemembered(giveUp: (one: One) => void) {
  const known = new Map<string, One>();
  /** Those that have no twin for sure, by method and address. */
  const open = new Map<string, One[]>();

  function forgetOldest(): void {
    for (const oldest of known.values()) {
      // What was not told yet is told in a moment, and its twin waits for that.
      if (known.size <= mostRemembered || (oldest.state === 'alone' && !oldest.isTold)) return;
      known.delete(oldest.name);
      close(oldest);
    }
  }

  function close(one: One): void {
    giveUp(one);
    const left = (open.get(one.key) ?? []).filter((other) => other !== one);
    if (left.length > 0) open.set(one.key, left);
    else open.delete(one.key);
  }

  return {
    named: (name: string) => known.get(name),
    alike: (key: string): readonly One[] => open.get(key) ?? [],
    all: (): Iterable<One> => known.values(),
    close,

    add(one: One): void {
      known.set(one.name, one);
      forgetOldest();
      const all = [...(open.get(one.key) ?? []), one];
      open.set(one.key, all);
      if (all.length > mostAlike) close(all[0] as One);
    },
  };
}
