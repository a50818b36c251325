import type { Capture } from '../engine/model/capture.ts';
import type { Traffic } from '../engine/model/traffic.ts';
import type { Answer, Backend } from '../introspection/ask.ts';
import type { IntrospectionRequest } from '../introspection/reply.ts';
import type { KeptExpectations, Loaded, Preset, Settings, StoredView } from './stored-settings.ts';

export type {
  BackendSettings,
  KeptExpectations,
  Loaded,
  OwnPolicy,
  Preset,
  Settings,
  StoredView,
} from './stored-settings.ts';

/** What holds until something is set. */
export const defaultSettings: Settings = { policy: 'standard', pageMarks: {} };

/**
 * Everything the panel needs from its surroundings. The panel knows no browser API: the extension implements this
 * with one adapter per browser, tests with a fake, and a plain page could too.
 */
export interface Host {
  /** Starts watching the inspected page; events arrive until the returned function is called. */
  watch(listener: (event: HostEvent) => void): () => void;
  /**
   * Traces which lines of the page’s scripts handle tokens, while the page is watched, or ends that; off at first. Left out where the browser
   * has no way to.
   */
  trace?: (isOn: boolean) => void;
  /** Reads everything again now, as if nothing had been seen. */
  rescan(): void;
  /** Loads the inspected page again. */
  reloadPage(): void;
  /** Asks the user for access to sites, in the browser's own prompt. Must be called from a press. Resolves to what was granted. */
  requestAccess(sites: string[]): Promise<boolean>;
  /** What was granted, of this page or not. */
  grants: Grants;
  /** Copies text to the clipboard; rejects with a sentence when the browser refuses. */
  copy(text: string): Promise<void>;
  /** Shows the requests of the inspected page whose addresses hold this text; left out where the browser cannot. */
  showRequests?: (text: string) => void;
  /** What panels of other tabs hold; left out where tabs keep to themselves, as private ones do. */
  otherTabs?: OtherTabs;
  /** Saves a file through the browser's download. */
  save(file: { name: string; type: string; text: string }): Promise<void>;
  /** Opens a document, a script or a request in the browser's own panel for it. False where it is not known there; left out where the browser cannot. */
  openResource?: (url: string, line?: number) => Promise<boolean>;
  settings: {
    load(): Promise<Loaded<Settings>>;
    save(settings: Settings): Promise<void>;
    /** What an administrator set for everybody. */
    preset(): Promise<Preset>;
  };
  /** How the panel was left: it opens so again. */
  view: {
    load(): Promise<Loaded<Partial<StoredView>>>;
    save(view: StoredView): Promise<void>;
  };
  /** What is expected of the pages of a site, by its origin. */
  expectations: {
    /** Null where nothing is kept. */
    load(origin: string): Promise<KeptExpectations | null>;
    /** Null forgets them. */
    save(origin: string, kept: KeptExpectations | null): Promise<void>;
    /** Reports for which site they were changed, by any panel, until the returned function is called. */
    onChange(listener: (origin: string) => void): () => void;
  };
  /** Whether the inspected page is in a private window: then nothing is saved. */
  isPrivate(): Promise<boolean>;
  /** Called by the surroundings when the user searches with their own shortcut (Ctrl+F in devtools). */
  onSearch(listener: (query: string | null) => void): () => void;
  /** What asking the user's own validation backends takes. */
  backends: BackendHost;
}

/** What the panel needs from its surroundings to ask a validation backend. */
export interface BackendHost {
  /** Whether the browser lets the panel read answers of this site (scheme, host and port). */
  hasAccess(site: string): Promise<boolean>;
  /** Asks a backend about one token. Never rejects once it is asked: whatever goes wrong is a fault with its own words. */
  ask(backend: Backend, request: IntrospectionRequest, signal: AbortSignal): Promise<Answer>;
  /** Header values by backend id. Kept in memory until the browser closes, never on disk. */
  secrets: {
    load(): Promise<Record<string, string>>;
    save(secrets: Record<string, string>): Promise<void>;
  };
}

/** Sites that the browser lets the extension read, and what each panel hears of them. */
export interface Grants {
  /** Scheme and host: `https://call.example`; `https://*` where all were allowed at once. */
  list(): Promise<string[]>;
  /** Takes back what was granted, as it is listed. False where the browser keeps it, as an administrator may want. */
  withdraw(site: string): Promise<boolean>;
  /** Called when something was granted or withdrawn, wherever that was done, until the returned function is called. */
  onChange(listener: () => void): () => void;
  /** What is said where access is asked for, in a browser in which it differs. */
  words?: AccessWords;
}

/** What access brings, and how it is asked for, in one browser. */
export interface AccessWords {
  /** What is not seen without it, to end a sentence. */
  withoutIt: string;
  /** What a press does, in sentences. */
  asking: string;
}

/** Panels of several tabs tell each other which tokens are there, and of those nothing but their ids. */
export interface OtherTabs {
  /** Says which tokens are in this tab from now on, by their ids. */
  tell(ids: readonly string[]): void;
  /** Reports in how many other tabs tokens are, by their ids, until the returned function is called. */
  onChange(listener: (others: ReadonlyMap<string, number>) => void): () => void;
}

export type HostEvent =
  | { kind: 'state'; state: PageState }
  /** A whole fresh picture of the page, never a difference. */
  | { kind: 'capture'; capture: Capture }
  /** When devtools were opened, in seconds since the epoch: requests before that are not known. */
  | { kind: 'opened'; at: number }
  /** What became known of the page's requests, each once. */
  | { kind: 'traffic'; traffic: Traffic }
  /** How the trace goes; null when it could not begin. What it tells comes as traffic. */
  | { kind: 'trace'; state: TraceState | null };

/** Where calls are traced, and where not. */
export interface TraceState {
  /** Documents that are traced. */
  documents: number;
  /** Frames that cannot be reached. */
  unreached: number;
  /** Documents with a variable of their own in front of what the trace needs. */
  hidden: number;
  /** Documents that took away what the trace notes in. */
  taken: number;
  /** Functions that were called too often, and are no longer traced somewhere. */
  ended: string[];
  /** Calls that were too many at once. */
  missed: number;
  /** Breakpoints are switched off in the browser's own panel, and with them the trace. */
  isIdle: boolean;
}

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
