import type { Partition } from '../../engine/model/capture.ts';
import { type Browser, type BrowserFrame, within } from '../browsers/browser.ts';
import { originOfFrame } from './frame-origin.ts';

export interface KnownFrame extends BrowserFrame {
  /** Seconds since the epoch: when the frame was first seen with this document and URL, or took to showing the document. */
  firstSeenAt: number;
  /** Where it keeps what it stores; null when not known. */
  partition: Partition | null;
}

type Told = Awaited<ReturnType<Browser['partitionOf']>>;

interface Memory {
  firstSeenAt: number;
  /** What the browser says of its partition; undefined until it was asked. */
  told: Told | undefined;
}

/** Frames asked about in one look; the others follow at the next ones. */
const maxAsked = 200;

/** What is known of each frame. A frame that shows another document, or another URL, is another frame. */
export class KnownFrames {
  #memories = new Map<string, Memory>();
  /** What each frame showed, by its id. */
  #documents = new Map<number, string>();
  readonly #browser: Browser;
  readonly #patience: number;

  /** @param patience milliseconds that the browser has to answer */
  constructor(browser: Browser, patience: number) {
    this.#browser = browser;
    this.#patience = patience;
  }

  /** Makes the next update ask again for what the browser tells only with access. */
  forgetPartitions(): void {
    for (const memory of this.#memories.values()) memory.told = undefined;
  }

  /**
   * Takes in which frames there are.
   *
   * @param now in seconds since the epoch
   */
  async update(frames: readonly BrowserFrame[], now: number): Promise<KnownFrame[]> {
    const before = this.#memories;
    const documents = this.#documents;
    const begun = ({ id, documentId, committedAt = now }: BrowserFrame): Memory => ({
      // Only the URL may be new.
      firstSeenAt: documents.get(id) === documentId ? now : Math.min(committedAt, now),
      told: undefined,
    });
    this.#memories = new Map(frames.map((frame) => [nameOf(frame), before.get(nameOf(frame)) ?? begun(frame)]));
    this.#documents = new Map(frames.map(({ id, documentId }) => [id, documentId]));
    await this.#askPartitions(frames);
    const byId = new Map(frames.map((frame) => [frame.id, frame]));
    return frames.map((frame) => {
      const memory = this.#memories.get(nameOf(frame));
      const partition = partitionOf(frame, memory?.told ?? null, byId);
      return { ...frame, firstSeenAt: memory?.firstSeenAt ?? now, partition };
    });
  }

  async #askPartitions(frames: readonly BrowserFrame[]): Promise<void> {
    const asked = frames.flatMap((frame) => {
      const memory = this.#memories.get(nameOf(frame));
      return frame.parentId >= 0 && memory?.told === undefined && memory ? [{ frame, memory }] : [];
    });
    await Promise.all(
      asked.slice(0, maxAsked).map(async ({ frame, memory }) => {
        memory.told = await within(this.#patience, this.#browser.partitionOf(frame.id), null);
      }),
    );
  }
}

/** What the browser says, or what follows from the frames above; never a guess. */
function partitionOf(frame: BrowserFrame, told: Told, byId: ReadonlyMap<number, BrowserFrame>): Partition | null {
  if (frame.parentId < 0) return { kind: 'first-party' };
  if (told?.kind !== 'lasting') return told;
  // Which hosts are one site only the browser knows; one origin is one site for certain.
  return isBelowOwnOrigin(frame, byId) ? { kind: 'first-party' } : null;
}

function isBelowOwnOrigin(frame: BrowserFrame, byId: ReadonlyMap<number, BrowserFrame>): boolean {
  const origin = originOfFrame(frame, byId);
  let at = byId.get(frame.parentId);
  for (let depth = 0; at && depth < 100; depth += 1) {
    if (originOfFrame(at, byId) !== origin) return false;
    if (at.parentId < 0) return origin !== 'null';
    at = byId.get(at.parentId);
  }
  return false;
}

/** Stands for a frame with its present document and URL. */
export function nameOf({ id, documentId, url }: BrowserFrame): string {
  return JSON.stringify([id, documentId, url]);
}
