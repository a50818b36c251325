/** What a browser's devtools hear of the inspected tab's requests, in the terms of HAR 1.2. One implementation per browser. */
export interface Network {
  /** Reports each request that has ended, until the returned function is called. `body` asks for the text of its reply. */
  onFinished(listener: (entry: unknown, body: () => Promise<Content | null>) => void): () => void;
  /** Everything since the page was loaded, also requests that have not ended; null when the browser does not answer. */
  log(): Promise<Log | null>;
  /** Reports each load of another document in the tab, and each change of its URL, until the returned function is called. */
  onNavigated(listener: (url: string) => void): () => void;
}

export interface Log {
  entries: unknown[];
  /** When the page was loaded, in seconds since the epoch: once for each load that the log goes back to. */
  pages: number[];
}

/** The body of a reply. Null takes its place where the browser has none, or no longer. */
export interface Content {
  text: string;
  isBase64: boolean;
}
