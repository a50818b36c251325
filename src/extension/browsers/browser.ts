import type { Cookie, Partition } from '../../engine/model/capture.ts';
import type { Traffic } from '../../engine/model/traffic.ts';
import type { Grants } from '../../panel/host.ts';

/**
 * Everything the extension needs from a browser, bound to one inspected tab. One implementation per browser; nothing
 * else in the extension touches `chrome` or `browser`. Promises may stay pending for ever (browsers do forget to
 * answer), so whoever waits sets a limit with `within`.
 */
export interface Browser {
  /** Runs an expression with the page's own JavaScript, in the top frame unless `frameUrl` names another. Never rejects. */
  evaluate(expression: string, frameUrl?: string): Promise<Evaluation>;
  /** Runs a self-contained function out of the page's reach, and waits for its answer. Needs access to the frame's site. Never rejects. */
  runIsolated(frameId: number, named: NamedRun, args: unknown[]): Promise<Evaluation>;
  /** Every frame of the tab, the page itself among them; null when the tab is gone. */
  listFrames(): Promise<BrowserFrame[] | null>;
  /** Addresses of documents in the tab, of frames too that are not listed; left out where the browser does not tell. */
  listDocuments?: () => Promise<string[]>;
  /**
   * Where a frame keeps what it stores. Without access to the page's site no more than whether it lasts; null where the
   * browser tells nothing.
   */
  partitionOf(frameId: number): Promise<Partition | { kind: 'lasting' } | null>;
  /** All cookies that requests to these URLs carry, HttpOnly ones and those of every partition included. Needs access to their sites. */
  listCookies(urls: string[]): Promise<Cookie[]>;
  /** Whether the user has granted access to a site, written `https://call.example`. */
  hasAccess(site: string): Promise<boolean>;
  /** Opens the browser's own prompt. Must be called straight from a press. */
  requestAccess(sites: string[]): Promise<boolean>;
  /** Sites that were granted, or that are had from the start. */
  grants: Grants;
  /**
   * Reports what happens to the tab until the returned function is called. With a change of cookies comes the one that was set, of
   * any site that may be read and with no document of its own (`url` is ""); none when one was removed.
   */
  onChange(listener: (change: Change, set?: Cookie) => void): () => void;
  /** Reports what the tab's requests carry, from when devtools were opened, until the returned function is called. Needs no access. */
  onTraffic(listener: (traffic: Traffic) => void): () => void;
  /** When devtools were opened, in seconds since the epoch: what the tab's requests carried before is not to be had. */
  openedAt(): Promise<number>;
  /**
   * Reports what windows post to each other on these sites in this tab, as `message-listener.ts` tells of it, until the returned
   * function is called. Needs access to the sites.
   */
  onMessages(sites: readonly string[], listener: (told: unknown) => void): () => void;
  /** Reports whether the panel is on screen until the returned function is called. */
  onVisibility(listener: (visible: boolean) => void): () => void;
  /** Reports searches made with the browser's own shortcut; null when the search is closed. */
  onSearch(listener: (query: string | null) => void): () => void;
  /** Whether what devtools evaluate may set breakpoints (`debug` of the console), by which calls are traced. */
  canTrace: boolean;
  /** Loads the inspected page again. */
  reload(): void;
  /** Shows the requests whose addresses hold this text in the browser's own list; left out where there is no way to. */
  showRequests?: (text: string) => void;
  /** Opens a document, a script or a request in the browser's own panel for it. False where it is not known there. */
  openResource?: (url: string, line?: number) => Promise<boolean>;
  /** Whether the tab is in a private window. */
  isPrivate(): Promise<boolean>;
  /** How the panel was left. */
  view: { load(): Promise<unknown>; save(view: unknown): Promise<void> };
  /** Expectations by the origin of the pages they are about. */
  expectations: {
    load(origin: string): Promise<unknown>;
    /** Null forgets them. */
    save(origin: string, kept: unknown): Promise<void>;
    /** Reports for which origin they were changed, from this page or another, until the returned function is called. */
    onChange(listener: (origin: string) => void): () => void;
  };
  settings: {
    load(): Promise<unknown>;
    save(settings: unknown): Promise<void>;
    /** What an administrator set (`public/managed-schema.json`); an empty object when nothing. */
    preset(): Promise<unknown>;
  };
  /** Kept in memory until the browser closes, never on disk; other pages cannot read it. */
  secrets: { load(): Promise<unknown>; save(secrets: unknown): Promise<void> };
}

/** `address`: the page’s document is the same, under another address. */
export type Change = 'page' | 'address' | 'frames' | 'cookies' | 'access';

export interface BrowserFrame {
  id: number;
  /** -1 for the page itself. */
  parentId: number;
  /** The whole current URL, fragment included. */
  url: string;
  /** Changes with every document the frame shows; "" where the browser does not tell. */
  documentId: string;
  /** Seconds since the epoch, with fractions: when it took to showing its document. Left out where that was not seen. */
  committedAt?: number;
  /** The browser shows its own error page instead. */
  isError: boolean;
}

/** A function that runs in documents, and the id by which `runOf` knows it (`probes/runs.ts`): it cannot be sent to another page of the extension, its id can. */
export interface NamedRun {
  id: string;
  run: (...args: never[]) => string | Promise<string>;
}

export type Evaluation = { ok: true; value: unknown } | Failure;

/** `forbidden`: the browser keeps extensions out of the document, whatever access they have. */
export interface Failure {
  ok: false;
  code: 'not-found' | 'refused' | 'forbidden' | 'needs-access' | 'threw' | 'no-answer';
  message: string;
}

/** The value of a promise, or the fallback if it takes longer or fails. */
export function within<T, F>(milliseconds: number, promise: Promise<T>, fallback: F): Promise<T | F> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(fallback), milliseconds);
    void promise
      .catch(() => fallback)
      .then((value) => {
        clearTimeout(timer);
        resolve(value);
      });
  });
}
