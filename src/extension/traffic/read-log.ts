import type { Unread } from '../../engine/model/traffic.ts';
import { list, record, seconds, string } from '../../engine/text/narrow.ts';
import type { Met } from './known-requests.ts';
import type { Log } from './network.ts';
import { isAnswered } from './tell-news.ts';

/** So many looks show that a reply is not just on its way. */
const severalLooks = 4;

/** What only a look at the log shows of what is not read. */
export function standing(open: readonly Met[]): Pick<Unread, 'unended' | 'sharedWorkers'> {
  const old = open.filter(({ known }) => known.looks >= severalLooks);
  return {
    unended: old.filter(({ entry, known }) => isAnswered(entry) && !isConnection(entry) && known.messages === 0).length,
    sharedWorkers: old.filter(({ entry }) => isSharedWorker(entry)).length,
  };
}

/** Whether a request of the log has come to its end, with or without an answer. */
export function hasEnded(entry: unknown): boolean {
  return !isConnection(entry) && (isAnswered(entry) || Boolean(record(record(entry).response)._error));
}

/** Whether a request was made before a time, in milliseconds since the epoch; true where it does not tell. */
export function isStartedBefore(entry: unknown, milliseconds: number): boolean {
  return (seconds(record(entry).startedDateTime) ?? 0) * 1000 < milliseconds;
}

/** Says of each log whether the browser forgot, at a load of the page since the log before, what came before that. */
export function createForgetting(): (log: Log) => boolean {
  /** In seconds since the epoch. */
  let loadedAt: number | null = null;
  return (log) => {
    const latest = log.pages.length === 0 ? null : Math.max(...log.pages);
    // A change of the URL alone is no load.
    if (latest === null || latest === loadedAt) return false;
    loadedAt = latest;
    return !reachesBack(log, latest);
  };
}

function reachesBack({ entries }: Log, loadedAt: number): boolean {
  return entries.some((entry) => (seconds(record(entry).startedDateTime) ?? loadedAt) < loadedAt - 1);
}

function isConnection(entry: unknown): boolean {
  return /^(?:websocket|eventsource)$/.test(string(record(entry)._resourceType));
}

/** Its script is all that is told of it, with no answer and hardly a header; scripts of nested workers look the same. */
function isSharedWorker(entry: unknown): boolean {
  const { request, _resourceType: type } = record(entry);
  return type === 'script' && !isAnswered(entry) && list(record(request).headers).length <= 1;
}
