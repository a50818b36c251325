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

/** One backend, as settings keep it. The value of its header is a secret and is kept elsewhere. */
export interface BackendSettings {
  id: string;
  url: string;
  /** Origins it serves; none = every page. */
  sites: string[];
  /** Provider ids it serves; none = every platform. */
  providers: string[];
  /** Name of the header that carries the secret; null when it needs none. */
  header: string | null;
}
