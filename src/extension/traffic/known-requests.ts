import { list, number, record, string } from '../../engine/text/narrow.ts';

/** What was told of one request. */
export interface Known {
  name: string;
  isTold: boolean;
  hasAnswer: boolean;
  messages: number;
  /**
   * Names of the request's headers that were told, in lower case, how many of the answer, and how many the browser knew of both and
   * of cookies: the first time, not all of them may be known.
   */
  headers: { asked: readonly string[]; answered: number; count: number };
  /** Looks in which it had not ended. */
  looks: number;
}

const noHeaders: Known['headers'] = { asked: [], answered: 0, count: 0 };

/**
 * Knows requests again, in events and in looks at the log alike. The browser gives them no id, so they go by method, URL and
 * start, by their first message where there is one, and by their number where several are alike. What is no longer in the log is forgotten.
 */
export function createKnownRequests() {
  /** Those seen in a look that have not ended. */
  let open = new Map<string, Known[]>();
  /** How many requests of a key have ended; and which of them since the present look began. */
  const finished = new Map<string, number>();
  let endedMeanwhile = new Set<string>();
  let count = 0;

  function begin(): Known {
    count += 1;
    return { name: `request ${count}`, isTold: false, hasAnswer: false, messages: 0, headers: noHeaders, looks: 0 };
  }

  function forgetAllBut(seen: ReadonlyMap<string, number>): void {
    for (const key of finished.keys()) if (!seen.has(key) && !endedMeanwhile.has(key)) finished.delete(key);
  }

  function finish(key: string): void {
    finished.set(key, (finished.get(key) ?? 0) + 1);
    endedMeanwhile.add(key);
  }

  return {
    /** The request has ended. */
    end(entry: unknown): Known {
      const keys = keysOf(entry);
      finish(keys[0]);
      return take(open, keys) ?? begin();
    },

    /** The log is asked for. */
    beginLook(): void {
      endedMeanwhile = new Set();
    },

    /**
     * The requests of the log that have not ended, but for unknown ones that are to be passed over because nobody listened to
     * them. What was open and is not in the log any more counts as taken along.
     */
    look(
      entries: readonly unknown[],
      isPassedOver: (entry: unknown) => boolean,
    ): { open: { entry: unknown; known: Known }[]; takenAlong: number; passedOver: number } {
      const before = open;
      const seen = new Map<string, number>();
      const met: { entry: unknown; known: Known }[] = [];
      let passedOver = 0;
      open = new Map();
      for (const entry of entries) {
        const keys = keysOf(entry);
        const [key] = keys;
        const nth = (seen.get(key) ?? 0) + 1;
        seen.set(key, nth);
        if (nth <= (finished.get(key) ?? 0)) continue;
        const known = take(before, keys);
        if (!known && isPassedOver(entry)) {
          passedOver += 1;
          finish(key);
          continue;
        }
        const kept = known ?? begin();
        open.set(key, [...(open.get(key) ?? []), kept]);
        kept.looks += 1;
        met.push({ entry, known: kept });
      }
      forgetAllBut(seen);
      return { open: met, takenAlong: [...before.values()].flat().length, passedOver };
    },
  };
}

function take(open: Map<string, Known[]>, keys: readonly string[]): Known | undefined {
  for (const key of keys) {
    const known = open.get(key)?.shift();
    if (known) return known;
  }
  return undefined;
}

/** What a request is known by; then what it may have been known by before its first message, and before it was sent. */
function keysOf(entry: unknown): [string, string, string] {
  const { startedDateTime, request, _webSocketMessages, _eventSourceMessages } = record(entry);
  const { method, url: whole } = record(request);
  const url = string(whole);
  // Addresses of megabytes are told apart well enough by their ends and their length.
  const address = url.length > 600 ? `${url.slice(0, 500)} ${url.length} ${url.slice(-100)}` : url;
  const first = number(record(list(_webSocketMessages)[0] ?? list(_eventSourceMessages)[0]).time);
  const start = string(startedDateTime);
  // A socket has no method before it is sent.
  const request_ = /^wss?:/i.test(url) ? address : `${string(method)} ${address}`;
  // The start of a socket that waits for its connection is before the epoch.
  return [`${start} ${first ?? ''} ${request_}`, `${start}  ${request_}`, `1969-12-31T23:59:59.000Z  ${request_}`];
}
