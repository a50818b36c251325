import type { Frame } from '../../engine/model.ts';
import type { BrowserFrame } from '../browsers/browser.ts';
import type { KnownFrame } from './known-frames.ts';

/** Frames that share an origin, and so share storage: it is read once, through whichever of them answers. */
export interface OriginGroup {
  /** Tells groups apart between readings. */
  id: string;
  origin: string;
  /** `https://call.example`, what access is granted for. */
  site: string;
  frames: BrowserFrame[];
  /** Holds the page itself. */
  isPage: boolean;
}

/** Groups the frames that can have storage of their own, the page's group first. */
export function groupByOrigin(frames: readonly BrowserFrame[]): OriginGroup[] {
  const byId = new Map(frames.map((frame) => [frame.id, frame]));
  const groups = new Map<string, OriginGroup>();
  for (const frame of [...frames].sort((a, b) => a.id - b.id)) {
    const url = parse(frame.url);
    if (frame.isError || !url || !isWeb(url)) continue;
    // The page's own origin below a frame of another one has a storage partition of its own.
    const id = `${url.origin}${isBelowOther(frame, url.origin, byId) ? ' below another origin' : ''}`;
    const group = groups.get(id);
    if (group) group.frames.push(frame);
    else
      groups.set(id, {
        id,
        origin: url.origin,
        site: `${url.protocol}//${url.hostname}`,
        frames: [frame],
        isPage: frame.id === 0,
      });
  }
  return [...groups.values()];
}

function isBelowOther(frame: BrowserFrame, origin: string, byId: ReadonlyMap<number, BrowserFrame>): boolean {
  if (parse(byId.get(0)?.url ?? '')?.origin !== origin) return false;
  let at = byId.get(frame.parentId);
  for (let depth = 0; at && depth < 100; depth += 1) {
    const url = parse(at.url);
    if (url && isWeb(url) && url.origin !== origin) return true;
    at = byId.get(at.parentId);
  }
  return false;
}

/** Frames as the capture lists them: the page left out, repetitions of one URL in one parent once. */
export function captureFrames(frames: readonly KnownFrame[]): Frame[] {
  const byId = new Map(frames.map((frame) => [frame.id, frame]));
  const seen = new Set<string>();
  const list: Frame[] = [];
  for (const frame of frames) {
    if (frame.id === 0) continue;
    const parentUrl = byId.get(frame.parentId)?.url ?? null;
    const name = `${parentUrl} ${frame.url}`;
    if (seen.has(name)) continue;
    seen.add(name);
    list.push({ url: frame.url, origin: originOfFrame(frame, byId), parentUrl, loadedAt: frame.firstSeenAt });
  }
  return list;
}

/** `about:` documents have the origin of the document that holds them. */
function originOfFrame(frame: BrowserFrame, byId: ReadonlyMap<number, BrowserFrame>): string {
  let at: BrowserFrame | undefined = frame;
  for (let depth = 0; at?.url.startsWith('about:') && depth < 100; depth += 1) at = byId.get(at.parentId);
  return parse(at?.url ?? '')?.origin ?? 'null';
}

export function isWeb({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}

export function parse(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}
