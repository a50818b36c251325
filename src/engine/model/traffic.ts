import type { Exchange } from './capture.ts';

/** Requests of the inspected page that became known together. */
export interface Traffic {
  /** In the order they became known. One that is told of again (`isContinued`) has only what is new. */
  exchanges: Exchange[];
  unread: Unread;
}

/** How much of the traffic was not read, and why. Counts since recording began, where nothing else is said. */
export interface Unread {
  /** Bodies of media, fonts and the like. */
  media: number;
  /** Bodies too large to be asked for. */
  large: number;
  /** Bodies of addresses that answered often and never held a token. */
  often: number;
  /** Bodies that the browser no longer had, or did not hand over in time. */
  lost: number;
  /** Of these and of those that a navigation takes along, documents of the page itself, which is read as it stands: counted here alone. */
  documents: number;
  /** Bodies that came faster than the browser hands them over. */
  crowded: number;
  /** Bodies and connections that a navigation of the page took along before they were read to the end. */
  navigation: number;
  /** Requests that could not be kept until somebody listened, or were too many to be searched. */
  skipped: number;
  /** Requests known to have been made while watching was paused. */
  paused: number;
  /** How often watching was paused and taken up again. */
  pauses: number;
  /** Navigations after which the browser had forgotten what came before: it does not preserve the log. */
  forgotten: number;
  /** Replies, other than sockets and event streams, of which the end has not come or was not read by the page; now. */
  unended: number;
  /** Messages between windows that were not read, or not to the end. */
  messages: number;
  /** Ports that windows handed to each other, through which nothing is heard. */
  ports: number;
  /** Documents that a script opened anew, which takes away what hears the messages posted to them. */
  reopened: number;
  /** Shared workers, whose own requests no browser tells; now. */
  sharedWorkers: number;
  /** Seconds until what has not ended is looked at again, where there are so many requests that it takes its time; or else 0. */
  lookSeconds: number;
}

export const nothingUnread: Readonly<Unread> = {
  media: 0,
  large: 0,
  often: 0,
  lost: 0,
  documents: 0,
  crowded: 0,
  navigation: 0,
  skipped: 0,
  paused: 0,
  pauses: 0,
  forgotten: 0,
  unended: 0,
  messages: 0,
  ports: 0,
  reopened: 0,
  sharedWorkers: 0,
  lookSeconds: 0,
};
