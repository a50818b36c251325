import type { Exchange, Problem } from '../../engine/model/capture.ts';
import { by, type Deadline } from './deadline.ts';
import {
  isPage,
  type PlaywrightContext,
  type PlaywrightPage,
  type PlaywrightRequest,
  type PlaywrightResponse,
  type PlaywrightSocket,
  type PlaywrightTarget,
} from './playwright.ts';
import { emptyRecording, pageOf, type Recorded, Recorder, type Recording, unreadProblems } from './traffic-recorder.ts';

/** A recording, and of which page it is; null for all of the context. */
interface Started extends Recording {
  only: PlaywrightPage | null;
  /** Pages that were open before, with their addresses. */
  before: ReadonlyMap<PlaywrightPage, string>;
}

const recordings = new WeakMap<object, Started[]>();

/**
 * Records what a page, or every page of a context, sends and receives from now on, for `inspectPage` and the matchers: requests with their
 * headers and bodies, answers, and messages of WebSockets. Start it before the page is opened. Returns what ends the recording;
 * what was recorded still counts then.
 */
export function recordTraffic(target: PlaywrightTarget): () => void {
  const context = isPage(target) ? target.context() : target;
  const only = isPage(target) ? target : null;
  const open = (only ? [only] : context.pages()).filter((page) => page.url() !== 'about:blank');
  const recording = { ...emptyRecording(), only, before: new Map(open.map((page) => [page, page.url()])) };
  recordings.set(context, [...(recordings.get(context) ?? []), recording]);
  return listen(context, new Recorder(recording), only);
}

/** Has a recorder hear what a context tells, until the returned function is called. */
function listen(context: PlaywrightContext, recorder: Recorder, only: PlaywrightPage | null): () => void {
  const onRequest = (request: PlaywrightRequest) => {
    const page = pageOf(request);
    if (only === null || page === null || page === only) recorder.request(request);
  };
  const onResponse = (response: PlaywrightResponse) => recorder.response(response);
  const onEnd = (request: PlaywrightRequest) => recorder.end(request);
  const onFailure = (request: PlaywrightRequest) => void recorder.fail(request);
  const heard: [PlaywrightPage, (socket: PlaywrightSocket) => void][] = [];
  const onPage = (page: PlaywrightPage) => {
    const onSocket = (socket: PlaywrightSocket) => recorder.socket(socket, page);
    page.on('websocket', onSocket);
    heard.push([page, onSocket]);
  };
  context.on('request', onRequest);
  context.on('response', onResponse);
  context.on('requestfinished', onEnd);
  context.on('requestfailed', onFailure);
  if (only) onPage(only);
  else {
    context.on('page', onPage);
    for (const page of context.pages()) onPage(page);
  }
  return () => {
    context.removeListener('request', onRequest);
    context.removeListener('response', onResponse);
    context.removeListener('requestfinished', onEnd);
    context.removeListener('requestfailed', onFailure);
    context.removeListener('page', onPage);
    for (const [page, onSocket] of heard) page.removeListener('websocket', onSocket);
    recorder.isEnded = true;
  };
}

export interface RecordedTraffic {
  isRecorded: boolean;
  exchanges: Exchange[];
  problems: Problem[];
}

/** What was recorded of a page until now. Never rejects, and ends by the deadline. */
export async function recordedTraffic(page: PlaywrightPage, deadline: Deadline): Promise<RecordedTraffic> {
  const all = (recordings.get(page.context()) ?? []).filter(({ only }) => only === null || only === page);
  const pending = all.flatMap((one) => [...one.pending]);
  const isWhole = await by(
    deadline,
    Promise.all(pending).then(() => true),
    false,
  );
  const entries = new Map<object, Recorded>();
  for (const recording of all) for (const [key, one] of recording.entries) if (!entries.has(key)) entries.set(key, one);
  const own = [...entries.values()].filter((one) => {
    const made = one.page();
    return made === null || made === page;
  });
  return {
    isRecorded: all.length > 0,
    exchanges: own.map(({ exchange }) => exchange),
    problems: [
      ...all.flatMap(unreadProblems),
      ...all.flatMap(({ before }) => lateProblem(before.get(page))),
      ...(isWhole ? [] : [unfinished]),
    ],
  };
}

const unfinished: Problem = {
  code: 'traffic-unread',
  message: 'Some answers were still being read when the time was over; what they hold is not in the report.',
};

function lateProblem(url: string | undefined): Problem[] {
  if (url === undefined) return [];
  const message =
    'The page was open before its traffic was recorded: what it sent and received until then is not known.';
  return [{ code: 'traffic-late', message, subject: url }];
}
