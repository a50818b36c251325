import type { Partition } from '../../engine/model/capture.ts';
import type { DocumentFacts } from '../../probes/document.ts';
import type { Target } from './ask-frame.ts';
import type { StorageGroup } from './frames.ts';
import { nameOf } from './known-frames.ts';

/** Through which frames a storage can be read, and what was learned of them on the way. */
export class WaysIn {
  /** Names of frames found to be sandboxed: they share the others' address, and none of what these store. */
  #opaque = new Set<string>();

  /** Best first. */
  list(group: StorageGroup, hasAccess: boolean): Target[] {
    const present = new Set(group.frames.map(nameOf));
    for (const name of this.#opaque) if (!present.has(name)) this.#opaque.delete(name);
    return targets(group, hasAccess).sort((a, b) => Number(this.isOpaque(a)) - Number(this.isOpaque(b)));
  }

  /**
   * Takes in what a document says of itself. A page could say that it is sandboxed to hide; out of its reach the word is the
   * browser's.
   *
   * @returns whether another frame should be read instead
   */
  isWrong(group: StorageGroup, target: Target, { origin }: DocumentFacts): boolean {
    if (target.kind !== 'isolated' || origin !== 'null') return false;
    this.#opaque.add(nameOf(target.frame));
    return group.frames.some((frame) => !this.#opaque.has(nameOf(frame)));
  }

  isOpaque({ frame }: Target): boolean {
    return this.#opaque.has(nameOf(frame));
  }

  /** Ids of the frames found to be sandboxed. */
  opaqueIn({ frames }: StorageGroup): Set<number> {
    return new Set(frames.filter((frame) => this.#opaque.has(nameOf(frame))).map(({ id }) => id));
  }
}

/**
 * The partition of what was read. Without access a frame is addressed by its URL, which another one of its origin can have:
 * where the document says otherwise than the browser, it is not known which of them answered.
 */
export function partitionRead(group: StorageGroup, target: Target, { isEphemeral }: DocumentFacts): Partition | null {
  const { partition } = group;
  if (target.kind === 'isolated' || target.frame.id === 0) return partition;
  return (partition?.kind === 'ephemeral') === isEphemeral ? partition : null;
}

/** Whether a frame that stores apart has the address by which this one is asked for, so that it may be the one that answers. */
export function isShared({ shared }: StorageGroup, { frame }: Target): boolean {
  return frame.id !== 0 && shared.has(frame.url);
}

function targets(group: StorageGroup, hasAccess: boolean): Target[] {
  if (hasAccess) return group.frames.map((frame) => ({ kind: 'isolated', frame }));
  const urls = new Map<string, Target>();
  for (const frame of group.frames) {
    if (frame.id === 0) return [{ kind: 'page-script', frame, frameUrl: undefined }];
    // A frame goes by its current URL, except that one loaded with a fragment and unchanged since goes without.
    for (const frameUrl of [frame.url, frame.url.replace(/#[\s\S]*$/, '')])
      if (!urls.has(frameUrl)) urls.set(frameUrl, { kind: 'page-script', frame, frameUrl });
  }
  return [...urls.values()];
}
