import type { Exchange } from './capture.ts';

/** Requests of the inspected page that became known together. */
export interface Traffic {
  /** In the order they became known. One that is told of again (`isContinued`) has only what is new. */
  exchanges: Exchange[];
  /** Since recording began. */
  unread: Unread;
}

/** How much of the traffic was not read, and why. */
export interface Unread {
  /** Bodies of media, fonts and the like. */
  media: number;
  /** Bodies too large to be asked for. */
  large: number;
  /** Bodies that the browser no longer had, or did not hand over in time. */
  lost: number;
  /** Requests that could not be kept until somebody listened. */
  skipped: number;
}
