import type { Capture, Cookie, SourceId, Store } from '../../src/engine/model/capture.ts';
import { now } from './tokens.ts';

/** What a test says about a page; everything left out is empty or ordinary. */
export interface PageParts {
  url?: string;
  title?: string;
  /** Origins scripts came from; null (not observed) when left out. */
  scripts?: string[] | null;
  loadedAt?: number;
  local?: Record<string, string>;
  session?: Record<string, string>;
  cookies?: ({ name: string; value: string } & Partial<Cookie>)[];
  /** URLs of frames below the page. */
  frames?: string[];
  /** Loose texts; a capture of these alone has no page. */
  texts?: string[];
  /** When it was read, if not at the tests' `now`. */
  readAt?: number;
}

export const pageUrl = 'https://call.acme.com/standup';

/** A capture of one page, as the extension would deliver it; of no page when there are only texts. */
export function capture(parts: PageParts): Capture {
  const {
    url = pageUrl,
    title = 'Call',
    scripts = null,
    local,
    session,
    cookies = [],
    frames = [],
    texts = [],
  } = parts;
  const isText = texts.length > 0 && Object.keys(parts).every((name) => name === 'texts' || name === 'readAt');
  return {
    readAt: parts.readAt ?? now,
    page: isText ? null : { url, title, scriptOrigins: scripts, loadedAt: parts.loadedAt ?? now - 60 },
    frames: frames.map((frame) => ({
      url: frame,
      origin: new URL(frame).origin,
      parentUrl: url,
      loadedAt: now - 60,
    })),
    stores: [...store('local-storage', local), ...store('session-storage', session)],
    cookies: cookies.map((one) => cookie(one, url)),
    texts: texts.map((text, index) => ({ name: `text ${index + 1}`, text })),
    problems: [],
  };

  function store(source: SourceId, entries: Record<string, string> = {}): Store[] {
    const list = Object.entries(entries).map(([key, text]) => ({ key, text }));
    return list.length > 0
      ? [{ source, origin: new URL(url).origin, url, entries: list, readBy: 'isolated-world' as const }]
      : [];
  }
}

/** A well-made session cookie of the page's host, with whatever the test changes. */
export function cookie(parts: { name: string; value: string } & Partial<Cookie>, url = pageUrl): Cookie {
  return {
    domain: new URL(url).hostname,
    hostOnly: true,
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'lax',
    session: true,
    expiresAt: null,
    partitionedBy: null,
    url,
    ...parts,
  };
}
