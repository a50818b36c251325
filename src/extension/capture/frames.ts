import type { Frame, Partition } from '../../engine/model/capture.ts';
import { isWeb, originOfFrame, parse } from './frame-origin.ts';
import type { KnownFrame } from './known-frames.ts';

/** Frames that share a storage key, and so what they store: it is read once, through whichever of them answers. */
export interface StorageGroup {
  /** Tells groups apart between readings. */
  id: string;
  origin: string;
  partition: Partition | null;
  /** `https://call.example`, what access is granted for. */
  site: string;
  frames: KnownFrame[];
  /** Holds the page itself. */
  isPage: boolean;
}

/** Groups the frames that can have storage of their own, the page's group first. */
export function groupByStorage(frames: readonly KnownFrame[]): StorageGroup[] {
  const byId = new Map(frames.map((frame) => [frame.id, frame]));
  const groups = new Map<string, StorageGroup>();
  for (const frame of [...frames].sort((a, b) => a.id - b.id)) {
    const url = parse(frame.url);
    if (frame.isError || !url || !isWeb(url)) continue;
    const { partition } = frame;
    const id = JSON.stringify([url.origin, partition ?? likelyPartition(frame, url.origin, byId)]);
    const group = groups.get(id);
    if (group) group.frames.push(frame);
    else
      groups.set(id, {
        id,
        origin: url.origin,
        partition,
        site: `${url.protocol}//${url.hostname}`,
        frames: [frame],
        isPage: frame.id === 0,
      });
  }
  return [...groups.values()];
}

/**
 * Where the partition is not known, frames are kept apart that probably have different ones: a group too many costs a look, one
 * too few hides what the others store.
 */
function likelyPartition(frame: KnownFrame, origin: string, byId: ReadonlyMap<number, KnownFrame>): string {
  // The page's own origin below a frame of another one has a storage partition of its own.
  return isBelowOther(frame, origin, byId) ? 'below another origin' : 'not known';
}

function isBelowOther(frame: KnownFrame, origin: string, byId: ReadonlyMap<number, KnownFrame>): boolean {
  if (parse(byId.get(0)?.url ?? '')?.origin !== origin) return false;
  let at = byId.get(frame.parentId);
  for (let depth = 0; at && depth < 100; depth += 1) {
    const url = parse(at.url);
    if (url && isWeb(url) && url.origin !== origin) return true;
    at = byId.get(at.parentId);
  }
  return false;
}

/**
 * Frames as the capture lists them: the page left out, repetitions of one URL and partition in one parent once.
 *
 * @param opaque ids of frames that have been found to have an opaque origin, whatever their address says
 */
export function captureFrames(frames: readonly KnownFrame[], opaque: ReadonlySet<number> = new Set()): Frame[] {
  const byId = new Map(frames.map((frame) => [frame.id, frame]));
  const seen = new Set<string>();
  const list: Frame[] = [];
  for (const frame of frames) {
    if (frame.id === 0) continue;
    const parentUrl = byId.get(frame.parentId)?.url ?? null;
    const isOpaque = opaque.has(frame.id);
    const origin = isOpaque ? 'null' : originOfFrame(frame, byId);
    const partition = isOpaque ? null : frame.partition;
    const name = JSON.stringify([parentUrl, frame.url, origin, partition]);
    if (seen.has(name)) continue;
    seen.add(name);
    list.push({ url: frame.url, origin, parentUrl, partition, loadedAt: frame.firstSeenAt });
  }
  return list;
}
