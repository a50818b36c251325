import type { Problem } from '../../engine/model/capture.ts';
import { isWeb, originOfFrame, parse } from './frame-origin.ts';
import { type KnownFrame, nameOf } from './known-frames.ts';
import type { StorageReading } from './read-storage.ts';

interface Part {
  group: { origin: string };
  last: Pick<StorageReading & { ok: true }, 'facts'> | null;
}

/** Thorough looks in a row that must not reach a frame before it counts: frames come and go. */
const fewest = 2;
/** Windows that documents tell of at most; frames told of; characters of an address. */
const most = { windows: 2000, told: 20, characters: 200 };

/**
 * Frames that nobody looks into: sandboxed ones, which share the address of others and not their origin, and those of `data:` addresses.
 * Documents reach every window of their origin by its number, which no page can change, so whatever they do not reach is none of theirs.
 */
export class UnreachedFrames {
  /** Thorough looks in a row, by the name of the frame. */
  #looks = new Map<string, number>();
  #problems: readonly Problem[] = [];

  /** To be told after each look. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Takes in a thorough look. */
  update(frames: readonly KnownFrame[], parts: readonly Part[]): void {
    const missing = unreached(frames, parts);
    this.#looks = new Map(missing.map((frame) => [nameOf(frame), (this.#looks.get(nameOf(frame)) ?? 0) + 1]));
    this.#problems = missing
      .filter((frame) => (this.#looks.get(nameOf(frame)) ?? 0) >= fewest)
      .slice(0, most.told)
      .map(({ url }) => ({
        code: 'frame-unreadable',
        message:
          'No document of the page reaches this frame (it may be sandboxed, or made of a data: address), so what its document and the name of its window hold was not read. Its URL was.',
        subject: `frame ${url.slice(0, most.characters)}`,
      }));
  }
}

function unreached(frames: readonly KnownFrame[], parts: readonly Part[]): KnownFrame[] {
  const byId = new Map(frames.map((frame) => [frame.id, frame]));
  const windows = new Map<string, Map<string, number>>();
  for (const { group, last } of parts) {
    if (!last || last.facts.windows.length >= most.windows) return [];
    const counts = new Map<string, number>();
    for (const url of last.facts.windows) counts.set(url, (counts.get(url) ?? 0) + 1);
    const known = windows.get(group.origin);
    if (!known || known.size < counts.size) windows.set(group.origin, counts);
  }
  const left = new Map([...windows].map(([origin, counts]) => [origin, new Map(counts)]));
  return frames.filter((frame) => {
    if (frame.id === 0 || frame.isError) return false;
    const url = parse(frame.url);
    const origin = originOfFrame(frame, byId);
    const counts = left.get(origin);
    // One whose storage is not read either is told of by that.
    if (url && isWeb(url) && !counts) return false;
    const count = counts?.get(frame.url) ?? 0;
    counts?.set(frame.url, count - 1);
    return count <= 0;
  });
}
