/** What asking a validation backend needs from a browser: of the one page of the extension that may connect to anything. */
export interface Requests {
  /** A request of the extension itself. With access to the site, CORS does not stand in its way. */
  fetch: typeof fetch;
  /** Whether the extension's POST requests to a URL say from which origin they come. They do unless told otherwise. */
  sendOrigin(url: string, isSent: boolean): Promise<void>;
  /** Reports the browser's own name for failures (`net::ERR_…`) of the extension's requests to a URL, until the returned function is called. */
  onRequestError(url: string, listener: (name: string) => void): () => void;
}
