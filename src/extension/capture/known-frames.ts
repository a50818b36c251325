import type { BrowserFrame } from '../browsers/browser.ts';

export interface KnownFrame extends BrowserFrame {
  /** Seconds since the epoch: when the frame was first seen with this document and URL. */
  firstSeenAt: number;
}

/** Since when each frame has been there. A frame that shows another document, or another URL, is another frame. */
export class KnownFrames {
  #firstSeen = new Map<string, number>();

  /** @param now in seconds since the epoch */
  update(frames: readonly BrowserFrame[], now: number): KnownFrame[] {
    const before = this.#firstSeen;
    this.#firstSeen = new Map(frames.map((frame) => [nameOf(frame), before.get(nameOf(frame)) ?? now]));
    return frames.map((frame) => ({ ...frame, firstSeenAt: this.#firstSeen.get(nameOf(frame)) ?? now }));
  }
}

function nameOf({ id, documentId, url }: BrowserFrame): string {
  return JSON.stringify([id, documentId, url]);
}
