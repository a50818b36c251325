import type { Capture } from '../engine/model/capture.ts';
import type { Traffic } from '../engine/model/traffic.ts';
import type { Preset, Settings } from './stored-settings.ts';

export type { BackendSettings, OwnPolicy, Preset, Settings } from './stored-settings.ts';

/** What holds until something is set. */
export const defaultSettings: Settings = { policy: 'standard', pageMarks: {} };

/**
 * Everything the panel needs from its surroundings. The panel knows no browser API: the extension implements this
 * with one adapter per browser, tests with a fake, and a plain page could too.
 */
export interface Host {
  /** Starts watching the inspected page; events arrive until the returned function is called. */
  watch(listener: (event: HostEvent) => void): () => void;
  /** Reads everything again now, as if nothing had been seen. */
  rescan(): void;
  /** Loads the inspected page again. */
  reloadPage(): void;
  /** Asks the user for access to sites, in the browser's own prompt. Must be called from a press. Resolves to what was granted. */
  requestAccess(sites: string[]): Promise<boolean>;
  /** Copies text to the clipboard; rejects with a sentence when the browser refuses. */
  copy(text: string): Promise<void>;
  /** Shows the requests of the inspected page whose addresses hold this text; left out where the browser cannot. */
  showRequests?: (text: string) => void;
  /** Saves a file through the browser's download. */
  save(file: { name: string; type: string; text: string }): Promise<void>;
  settings: {
    load(): Promise<Settings>;
    save(settings: Settings): Promise<void>;
    /** What an administrator set for everybody. */
    preset(): Promise<Preset>;
  };
  /** Called by the surroundings when the user searches with their own shortcut (Ctrl+F in devtools). */
  onSearch(listener: (query: string | null) => void): () => void;
  /** What asking the user's own validation backends takes. */
  backends: BackendHost;
}

/** What the panel needs from its surroundings to ask a validation backend. */
export interface BackendHost {
  /** Whether the browser lets the panel read answers of this site (scheme, host and port). */
  hasAccess(site: string): Promise<boolean>;
  fetch: typeof fetch;
  /** The browser's name for the last network error at a URL, e.g. `net::ERR_CONNECTION_REFUSED`; null when unknown. */
  networkError(url: string): Promise<string | null>;
  /** Header values by backend id. Kept in memory until the browser closes, never on disk. */
  secrets: {
    load(): Promise<Record<string, string>>;
    save(secrets: Record<string, string>): Promise<void>;
  };
}

export type HostEvent =
  | { kind: 'state'; state: PageState }
  /** A whole fresh picture of the page, never a difference. */
  | { kind: 'capture'; capture: Capture }
  /** When devtools were opened, in seconds since the epoch: requests before that are not known. */
  | { kind: 'opened'; at: number }
  /** What became known of the page's requests, each once. */
  | { kind: 'traffic'; traffic: Traffic };

export type PageState =
  /** Nothing has been read yet. */
  | { kind: 'loading' }
  | { kind: 'watching'; sites: SiteAccess[] }
  /** A page no extension may read. */
  | { kind: 'unsupported'; url: string | null; reason: 'browser-page' | 'file' | 'error-page' | 'sandboxed' | 'other' }
  /** Reading failed in a way that may pass: the page blocks, devtools do not answer. */
  | { kind: 'failed'; message: string };

/** Whether cookies that scripts cannot see may be read on a site. */
export interface SiteAccess {
  /** Scheme and host as shown to the user: `https://call.example`. */
  site: string;
  granted: boolean;
  /** The inspected page itself, rather than a frame in it. */
  isPage: boolean;
}
