import { list, number, record, string } from '../../engine/text/narrow.ts';

/** A request as a look at the log met it, and what was told of it. */
export interface Met {
  entry: unknown;
  known: Known;
}

/** What was told of one request. */
export interface Known {
  name: string;
  isTold: boolean;
  hasAnswer: boolean;
  messages: number;
  /**
   * The request's headers that were told, as `headerIdOf` names them, how many of the answer, and how many the browser knew of both
   * and of cookies: the first time, not all of them may be known.
   */
  headers: { asked: readonly string[]; answered: number; count: number };
  /** Looks in which it had not ended. */
  looks: number;
}

/** Looks in which one that has ended is met again: cookies that an answer sets may be told after its end. */
const mostLooksBack = 2;
/** Of those that have ended, so many of the latest are met again. */
const mostRecent = 2000;

/** Requests of one moment and address that are told apart by their headers. */
const mostCompared = 100;

const noHeaders: Known['headers'] = { asked: [], answered: 0, count: 0 };

/**
 * Knows requests again, in events and in looks at the log alike. The browser gives them no id, so they go by method, URL and
 * start, by what they send, by their first message where there is one, and by their number where several are alike. What is no longer in the log is forgotten.
 */
export function createKnownRequests() {
  /** Those seen in a look that have not ended. */
  let open = new Map<string, Known[]>();
  /** How long requests of a key took that have ended; and which keys those of them have that ended since the present look began. */
  const finished = new Map<string, Took[]>();
  let endedMeanwhile = new Set<string>();
  /** What was told of those that ended lately, the latest last. */
  let recent: { key: string; took: Took; known: Known; looks: number }[] = [];
  let count = 0;

  function begin(): Known {
    count += 1;
    return { name: `request ${count}`, isTold: false, hasAnswer: false, messages: 0, headers: noHeaders, looks: 0 };
  }

  function forgetAllBut(seen: ReadonlySet<string>): void {
    for (const key of finished.keys()) if (!seen.has(key) && !endedMeanwhile.has(key)) finished.delete(key);
  }

  function finish(key: string, entry: unknown): void {
    const before = finished.get(key);
    if (before) before.push(tookOf(entry));
    else finished.set(key, [tookOf(entry)]);
    endedMeanwhile.add(key);
  }

  /** Those that ended lately, by their key; each is met in a few looks. */
  function takeRecent(): Map<string, { took: Took; known: Known }[]> {
    const late = new Map<string, { took: Took; known: Known }[]>();
    for (const one of recent) {
      one.looks += 1;
      const list = late.get(one.key);
      if (list) list.push(one);
      else late.set(one.key, [one]);
    }
    recent = recent.filter(({ looks }) => looks < mostLooksBack);
    return late;
  }

  return {
    /** The request has ended. */
    end(entry: unknown): Known {
      const keys = keysOf(entry);
      finish(keys[0], entry);
      const known = take(open, keys, entry) ?? begin();
      recent.push({ key: keys[0], took: tookOf(entry), known, looks: 0 });
      if (recent.length > mostRecent * 2) recent = recent.slice(-mostRecent);
      return known;
    },

    /** The log is asked for. */
    beginLook(): void {
      endedMeanwhile = new Set();
    },

    /**
     * The requests of the log that have not ended, but for unknown ones that are to be passed over because nobody listened to
     * them, and those that ended lately. What was open and is not in the log any more counts as taken along.
     */
    look(
      entries: readonly unknown[],
      isPassedOver: (entry: unknown) => boolean,
    ): { open: Met[]; ended: Met[]; takenAlong: number; passedOver: number } {
      const before = open;
      const all = entries.map((entry): Listed => ({ entry, keys: keysOf(entry), took: tookOf(entry) }));
      const over = endedOf(all, finished);
      const met: Met[] = [];
      const ended: Met[] = [];
      const late = takeRecent();
      let passedOver = 0;
      open = new Map();
      for (const one of all) {
        const { entry, keys, took } = one;
        const [key] = keys;
        if (over.has(one)) {
          const again = takeAgain(late.get(key) ?? [], took, entry);
          if (again) ended.push({ entry, known: again });
          continue;
        }
        const known = take(before, keys, entry);
        if (!known && isPassedOver(entry)) {
          passedOver += 1;
          finish(key, entry);
          continue;
        }
        const kept = known ?? begin();
        const alike = open.get(key);
        if (alike) alike.push(kept);
        else open.set(key, [kept]);
        kept.looks += 1;
        met.push({ entry, known: kept });
      }
      forgetAllBut(new Set(all.map(({ keys }) => keys[0])));
      return { open: met, ended, takenAlong: [...before.values()].flat().length, passedOver };
    },
  };
}

interface Listed {
  entry: unknown;
  keys: [string, string, string];
  took: Took;
}

/** Milliseconds that a request took: what tells it, once it has ended, from another of the same moment. */
type Took = number | null;

const tookOf = (entry: unknown): Took => number(record(entry).time);

/** Those that have ended: of several with one key those that took as long, and for want of these the first. */
function endedOf(all: readonly Listed[], finished: ReadonlyMap<string, readonly Took[]>): Set<Listed> {
  const groups = new Map<string, Listed[]>();
  for (const one of all) {
    const group = groups.get(one.keys[0]);
    if (group) group.push(one);
    else if (finished.has(one.keys[0])) groups.set(one.keys[0], [one]);
  }
  const over = new Set<Listed>();
  for (const [key, group] of groups) {
    const tooks = finished.get(key) ?? [];
    const exact = group.length > tooks.length ? tooks.flatMap((took) => takeThat(group, took) ?? []) : [];
    for (const one of [...exact, ...group.slice(0, tooks.length - exact.length)]) over.add(one);
  }
  return over;
}

/** Takes the one that took so long out of the list. */
function takeThat<T extends { took: Took }>(all: T[], took: Took): T | undefined {
  const at = all.findIndex((one) => one.took === took);
  return at < 0 ? undefined : all.splice(at, 1)[0];
}

/** Takes what was told of one that has ended. */
function takeAgain(all: { took: Took; known: Known }[], took: Took, entry: unknown): Known | undefined {
  const exact = takeThat(all, took);
  if (exact) return exact.known;
  const known = takeLikest(
    all.map(({ known }) => known),
    entry,
  );
  const at = all.findIndex((one) => one.known === known);
  if (at >= 0) all.splice(at, 1);
  return known;
}

function take(open: Map<string, Known[]>, keys: readonly string[], entry: unknown): Known | undefined {
  for (const key of keys) {
    const known = takeLikest(open.get(key) ?? [], entry);
    if (known) return known;
  }
  return undefined;
}

/** The first of those whose headers are likest to the request's, of so many; none that was made in another's name. */
function takeLikest(all: Known[], entry: unknown): Known | undefined {
  if (all.length === 0) return undefined;
  const sent = list(record(record(entry).request).headers).map((header) => headerIdOf(record(header)));
  let [least, at] = [Number.POSITIVE_INFINITY, -1];
  for (const [index, { headers }] of all.slice(0, mostCompared).entries()) {
    if (least === 0) break;
    const missing = headers.asked.filter((id) => !sent.includes(id)).length;
    if (missing < least && !haveOtherCredentials(headers.asked, sent)) [least, at] = [missing, index];
  }
  return at < 0 ? undefined : all.splice(at, 1)[0];
}

/** Whether the two carry a credential each, and not the same. */
function haveOtherCredentials(one: readonly string[], other: readonly string[]): boolean {
  const isCredential = (id: string) => id.startsWith('authorization ');
  const credential = one.find(isCredential);
  return credential !== undefined && other.some(isCredential) && !other.includes(credential);
}

/** A header that is told again with another value is news. */
export function headerIdOf({ name, value }: { name?: unknown; value?: unknown }): string {
  return `${string(name).toLowerCase()} ${imprintOf(string(value))}`;
}

/** What a request is known by; then what it may have been known by before its first message, and before it was sent. */
function keysOf(entry: unknown): [string, string, string] {
  const { startedDateTime, request, _webSocketMessages, _eventSourceMessages } = record(entry);
  const { method, url: whole, postData } = record(request);
  const url = string(whole);
  // Addresses of megabytes are told apart well enough by their ends and their length.
  const address = url.length > 600 ? `${url.slice(0, 500)} ${url.length} ${url.slice(-100)}` : url;
  const first = number(record(list(_webSocketMessages)[0] ?? list(_eventSourceMessages)[0]).time);
  const start = string(startedDateTime);
  // A socket has no method before it is sent.
  const request_ = /^wss?:/i.test(url)
    ? address
    : `${string(method)} ${address} ${imprintOf(string(record(postData).text))}`;
  // The start of a socket that waits for its connection is before the epoch.
  return [`${start} ${first ?? ''} ${request_}`, `${start}  ${request_}`, `1969-12-31T23:59:59.000Z  ${request_}`];
}

/** Stands for a text without holding it: its length and its ends. Empty for none. */
export function imprintOf(text: string): string {
  if (!text) return '';
  let value = text.length;
  for (let at = 0; at < text.length; at += at === 299 && text.length > 600 ? text.length - 599 : 1)
    value = (Math.imul(value, 31) + text.charCodeAt(at)) | 0;
  return `${text.length}.${value}`;
}
