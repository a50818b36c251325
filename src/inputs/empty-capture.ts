import type { Capture } from '../engine/model.ts';

/** A capture in which nothing was read. `readAt` is in seconds since the epoch. */
export function emptyCapture(readAt: number): Capture {
  return { readAt, page: null, frames: [], stores: [], cookies: [], texts: [], problems: [] };
}
