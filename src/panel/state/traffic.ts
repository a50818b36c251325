import { computed, signal } from '@preact/signals';
import type { Exchange, Problem } from '../../engine/model/capture.ts';
import { exchangeKind } from '../../engine/model/exchange-kind.ts';
import { logNotPreserved } from '../../engine/model/notes.ts';
import { nothingUnread, type Traffic, type Unread } from '../../engine/model/traffic.ts';
import { fairShare } from '../../engine/text/fair-share.ts';
import type { InspectClient } from '../workers/inspect-client.ts';

export interface TrafficOptions {
  client: Pick<InspectClient, 'ask'>;
  fail: (error: unknown) => void;
}

/** Exchanges that wait to be searched at most. */
const mostWaiting = 5000;

/** What the page's requests carry: searched in the order they became known, many at a time where they come fast. */
export function createTraffic({ client, fail }: TrafficOptions) {
  const unread = signal<Readonly<Unread>>(nothingUnread);
  /** How many could not even wait. */
  const overrun = signal(0);
  let waiting: Exchange[] = [];
  let isRunning = false;

  async function searchAll(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    while (waiting.length > 0) {
      const exchanges = waiting;
      waiting = [];
      await client.ask({ kind: 'traffic', exchanges }).catch(fail);
    }
    isRunning = false;
  }

  return {
    /** What was not read of it, and the note that the browser forgets, in a sentence each or none. */
    problems: computed<Problem[]>(() => problemsOf({ ...unread.value, skipped: unread.value.skipped + overrun.value })),

    add({ exchanges, unread: counts }: Traffic): void {
      unread.value = counts;
      waiting.push(...exchanges);
      const tooMany = waiting.length - mostWaiting;
      if (tooMany > 0) {
        waiting = fairShare(waiting, mostWaiting, exchangeKind);
        overrun.value += tooMany;
      }
      void searchAll();
    },
  };
}

/** Each kind with what is said of it. Media, fonts and styles alone are not worth a word. */
function problemsOf(unread: Unread): Problem[] {
  const message = [bodiesLeft(unread), requestsLeft(unread), ...standing(unread)].filter(Boolean).join(' ');
  const note = forgetting(unread).join(' ');
  return [
    ...(message ? [{ code: 'traffic-unread', message }] : []),
    ...(note ? [{ code: logNotPreserved, message: note }] : []),
  ];
}

/** What is so at any navigation, and worth knowing. */
function forgetting({ forgotten, documents }: Unread): string[] {
  return [
    forgotten > 0 &&
      'The browser forgets requests when the page navigates, so the last moment before that may be missing; “Preserve log” in the Network panel (“Persist Logs” in Firefox’s) keeps more of them, but not what a page sends while it is being left.',
    documents > 0 &&
      `${counted(documents, 'document of the page was', 'documents of the page were')} not handed over as sent, but read in the page: what a script has taken out since is not seen.`,
  ].filter((sentence) => sentence !== false);
}

function bodiesLeft({ media, large, often, lost, crowded, navigation }: Unread): string {
  if (large + often + lost + crowded + navigation === 0) return '';
  const kinds = [
    [large, 'too large'],
    [often, 'of addresses that answer often and never held a token'],
    [lost, 'no longer there, or not handed over in time'],
    [crowded, 'faster than the browser hands them over'],
    [navigation, 'taken along by a navigation or cleared from the log'],
    [media, 'media, fonts or styles'],
  ] as const;
  const told = kinds.filter(([count]) => count > 0).map(([count, what]) => `${count.toLocaleString('en')} ${what}`);
  return `Replies and connections that were not read to the end: ${told.join(', ')}.`;
}

function requestsLeft({ skipped, paused, pauses }: Unread): string {
  const many =
    skipped > 0 ? `${counted(skipped, 'request was', 'requests were')} not searched: there were too many at once.` : '';
  if (pauses === 0) return many;
  const known = paused > 0 ? `; ${counted(paused, 'is', 'are')} known of` : '';
  return [many, `Requests made while watching was paused were missed${known}.`].filter(Boolean).join(' ');
}

/** What holds now, or of all that comes. */
function standing({ unended, messages, ports, reopened, sharedWorkers, lookSeconds }: Unread): string[] {
  return [
    unended > 0 &&
      `${counted(unended, 'reply has', 'replies have')} not ended, or the page does not read to the end: what they bring is read once they have.`,
    messages > 0 &&
      `${counted(messages, 'message between windows was', 'messages between windows were')} not read, or not to the end: there were too many at once, too much in them, or something that cannot be read at once, such as a file.`,
    ports > 0 &&
      `Windows handed ${counted(ports, 'port', 'ports')} to each other; what goes through ${ports === 1 ? 'it' : 'them'} is not heard.`,
    reopened > 0 &&
      `A script opened a document anew ${counted(reopened, 'time', 'times')}, which takes away what hears messages between windows. They are heard again since, but the page could keep some to itself.`,
    sharedWorkers > 0 && 'A worker runs of which the browser tells no requests, as of shared workers.',
    lookSeconds > 0 &&
      `So many requests are listed that sockets and what has not ended are read every ${lookSeconds.toLocaleString('en')} s only; clearing the Network panel helps.`,
  ].filter((sentence) => sentence !== false);
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

export type TrafficModel = ReturnType<typeof createTraffic>;
