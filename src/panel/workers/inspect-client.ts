import { isMoment } from '../../engine/model/presence.ts';
import type { Sighting } from '../../engine/model/token.ts';
import type {
  Ask,
  FilesRead,
  InspectReply,
  InspectRequest,
  ReadProgress,
  ReportChange,
  Surroundings,
} from './inspect-messages.ts';
import { createReplyQueue } from './reply-queue.ts';
import { createReportKeeper, type Judged } from './report-changes.ts';
import { startWorker, type Worked } from './start-worker.ts';

/** What takes longer than this, other than reading files, is given up and said so. */
const patienceMilliseconds = 30_000;
/** Subjects from which on a report is put together in one task and shown in another. */
const manySubjects = 500;

export type InspectWorker = Worked<InspectRequest, InspectReply>;

export function startInspectWorker(): InspectWorker {
  return startWorker('inspect.worker.js');
}

export interface InspectClientOptions {
  createWorker: () => InspectWorker;
  /** What a report depends on beside what was read; asked for with each request. */
  surroundings: () => Surroundings;
  /** Seconds since the epoch, as of which is judged. */
  now: () => number;
  onReport: (judged: Judged) => void;
}

export interface Progress {
  /** How far a search is, from 0 to 1. */
  onSearched?: (done: number) => void;
  onReading?: (progress: ReadProgress) => void;
}

/** What is asked and not yet answered. */
interface Waiting extends Progress {
  ask: Ask;
  resolve: (files: FilesRead | null) => void;
  reject: (error: Error) => void;
}

/**
 * Has everything that takes time done by a worker, one request after the other, and puts together what it tells. A worker that
 * breaks or is stopped is replaced at the next request by one that is told what is known.
 */
export function createInspectClient(options: InspectClientOptions) {
  const { createWorker, surroundings, now, onReport } = options;
  const waiting: Waiting[] = [];
  let worker: InspectWorker | null = null;
  let news = createNews(surroundings);
  let replies = createReplyQueue(answer);
  let takeIn = createReportTaker(replies, see);
  let judged: Judged | null = null;
  let isSaved = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  return {
    /** Rejects with a sentence when the work failed, took too long or was stopped. */
    ask: (ask: Ask, progress: Progress = {}): Promise<FilesRead | null> =>
      new Promise((resolve, reject) => {
        worker ??= begin();
        post(worker, { ask, ...progress, resolve, reject });
      }),

    /** Starts the worker ahead, so that the first request need not wait for it. */
    warm: (): void => {
      try {
        worker ??= begin();
      } catch {
        // The first request says so.
      }
    },

    /** Whether something was asked that is not answered yet. */
    isBusy: (): boolean => waiting.length > 0,

    /** Ends what is running, and the worker. What waits for it is rejected. */
    stop: (): void => abandon('The search was stopped.'),
  };

  function begin(): InspectWorker {
    const started = createWorker();
    replies = createReplyQueue(answer);
    const { hear } = replies;
    started.onmessage = ({ data }) => hear(data);
    started.onerror = (event) => {
      event.preventDefault?.();
      abandon('The search stopped unexpectedly.');
    };
    news = createNews(surroundings);
    takeIn = createReportTaker(replies, see);
    if (judged) post(started, { ask: restoring(judged, isSaved), resolve: () => {}, reject: () => {} });
    return started;
  }

  function post(to: InspectWorker, request: Waiting): void {
    waiting.push(request);
    if (waiting.length === 1) beginWaiting();
    try {
      to.postMessage({ ask: request.ask, now: now(), surroundings: news() });
    } catch (error) {
      // What differed did not arrive either.
      news = createNews(surroundings);
      end(request, () => request.reject(error instanceof Error ? error : new Error(String(error))));
    }
  }

  /** The first of what waits is what the worker does now. */
  function beginWaiting(): void {
    clearTimeout(timer);
    const [first] = waiting;
    if (first && first.ask.kind !== 'read')
      timer = setTimeout(() => abandon('The search took longer than 30 seconds.'), patienceMilliseconds);
  }

  function abandon(reason: string): void {
    if (worker) {
      // Only ending the worker ends its work.
      worker.onmessage = null;
      worker.terminate();
    }
    worker = null;
    replies.stop();
    clearTimeout(timer);
    for (const { reject } of waiting.splice(0)) reject(new Error(reason));
  }

  function answer(reply: InspectReply): void {
    const [first] = waiting;
    if (!first) return;
    switch (reply.kind) {
      case 'searched':
        first.onSearched?.(reply.done);
        break;
      case 'reading':
        first.onReading?.(reply.progress);
        break;
      case 'report':
        takeIn(reply.change);
        break;
      case 'done':
        if (first.ask.kind === 'read') isSaved = Boolean(reply.files?.saved);
        end(first, () => first.resolve(reply.files));
        break;
      case 'failed':
        end(first, () => first.reject(new Error(reply.message)));
        break;
    }
  }

  function see(whole: Judged): void {
    judged = whole;
    onReport(whole);
  }

  function end(request: Waiting, settle: () => void): void {
    const isFirst = waiting[0] === request;
    waiting.splice(waiting.indexOf(request), 1);
    if (isFirst) beginWaiting();
    settle();
  }
}

/** Puts a report together from its pieces, and shows it: in a task of its own where that is much. */
function createReportTaker(
  { inOwnTask }: Pick<ReturnType<typeof createReplyQueue>, 'inOwnTask'>,
  see: (whole: Judged) => void,
): (change: ReportChange) => void {
  const take = createReportKeeper();
  return (change) => {
    const whole = take(change);
    if (!whole) return;
    if (whole.subjects.length < manySubjects) see(whole);
    else inOwnTask(() => see(whole));
  };
}

/** Gives what differs from what was given before: everything at first. */
function createNews(surroundings: () => Surroundings): () => Partial<Surroundings> {
  let sent: Partial<Surroundings> = {};
  return () => {
    const all = surroundings();
    const names = Object.keys(all) as (keyof Surroundings)[];
    const fresh = names.filter((name) => all[name] !== sent[name]).map((name) => [name, all[name]]);
    sent = all;
    return Object.fromEntries(fresh);
  };
}

export type InspectClient = ReturnType<typeof createInspectClient>;

function restoring({ timeline, sightings: positions, isWhole, ...report }: Judged, isSaved: boolean): Ask {
  const all = report.subjects.flatMap((subject) => subject.sightings);
  const inOrder = Array.from(positions, (at) => all[at] as Sighting);
  const isSent = ({ place }: Sighting) => isMoment(place);
  const sightings = inOrder.filter((sighting) => !isSent(sighting));
  const traffic = { ...timeline.traffic, sightings: inOrder.filter(isSent) };
  return { kind: 'restore', timeline: { ...timeline, sightings, traffic }, saved: isSaved ? report : null, isWhole };
}
