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
  /** Addresses that its frames have in common with frames of other groups: whoever asks by address may meet either. */
  shared: ReadonlySet<string>;
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
        shared: new Set(),
        isPage: frame.id === 0,
      });
  }
  const all = [...groups.values()];
  const seen = new Map<string, Set<StorageGroup>>();
  for (const group of all) for (const { url } of group.frames) seen.set(url, (seen.get(url) ?? new Set()).add(group));
  return all.map((group) => ({
    ...group,
    shared: new Set(group.frames.flatMap(({ url }) => ((seen.get(url)?.size ?? 0) > 1 ? [url] : []))),
  }));
}

/**
 * Where the partition is not known, frames are kept apart that may have different ones: a group too many costs a look, one too few
 * hides what the others store. What a page's frames store is kept apart by whether another site stands above them, so frames of
 * other sites than the page's have one partition for certain. Which hosts are one site only the browser knows: those that stand
 * above a frame tell it from another.
 */
function likelyPartition(frame: KnownFrame, origin: string, byId: ReadonlyMap<number, KnownFrame>): string {
  const page = parse(byId.get(0)?.url ?? '');
  if (!page || !mayBeOneSite(page, new URL(origin))) return 'below another site';
  const above = new Set<string>();
  let at = byId.get(frame.parentId);
  for (let depth = 0; at && depth < 100; depth += 1) {
    const url = parse(at.url);
    if (url && isWeb(url) && url.host !== new URL(origin).host) above.add(url.host);
    at = byId.get(at.parentId);
  }
  return [...above].sort().join(' ');
}

/** One site has a scheme and the end of its host names in common, two labels of it at least. */
function mayBeOneSite(one: URL, other: URL): boolean {
  const end = ({ hostname }: URL) => hostname.split('.').slice(-2).join('.');
  return one.protocol === other.protocol && (one.hostname === other.hostname || end(one) === end(other));
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
    const name = JSON.stringify([parentUrl, frame.url, origin, partition, frame.isError === true]);
    if (seen.has(name)) continue;
    seen.add(name);
    const { url, isError, firstSeenAt: loadedAt } = frame;
    list.push({ url, origin, parentUrl, partition, ...(isError && { isError }), loadedAt });
  }
  return list;
}
