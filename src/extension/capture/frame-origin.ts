import type { BrowserFrame } from '../browsers/browser.ts';

/** The origin of a frame by its address. `about:` documents have that of the document that holds them. */
export function originOfFrame(frame: BrowserFrame, byId: ReadonlyMap<number, BrowserFrame>): string {
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
