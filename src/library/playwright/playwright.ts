/**
 * What is used of Playwright, so that any version of it (`playwright`, `playwright-core`, `@playwright/test`) will do and none is
 * needed by those who have no use for it. Read in version 1.65 (https://playwright.dev/docs/api/class-page, read 2026-11).
 */
export interface PlaywrightPage {
  url(): string;
  frames(): PlaywrightFrame[];
  mainFrame(): PlaywrightFrame;
  context(): PlaywrightContext;
  on(event: 'websocket', listener: (socket: PlaywrightSocket) => void): unknown;
  removeListener(event: 'websocket', listener: (socket: PlaywrightSocket) => void): unknown;
}

/** A page that can be led elsewhere, as a run does. */
export interface PlaywrightRunPage extends PlaywrightPage {
  goto(url: string, options?: { waitUntil?: 'domcontentloaded' }): Promise<{ status(): number } | null>;
  waitForLoadState(state: 'load', options?: { timeout?: number }): Promise<void>;
}

export interface PlaywrightContext {
  pages(): PlaywrightPage[];
  cookies(): Promise<object[]>;
  storageState(): Promise<object>;
  /** Chromium alone has them. */
  newCDPSession(target: never): Promise<PlaywrightSession>;
  on(event: 'page', listener: (page: PlaywrightPage) => void): unknown;
  on(event: 'request', listener: (request: PlaywrightRequest) => void): unknown;
  on(event: 'response', listener: (response: PlaywrightResponse) => void): unknown;
  on(event: 'requestfinished', listener: (request: PlaywrightRequest) => void): unknown;
  on(event: 'requestfailed', listener: (request: PlaywrightRequest) => void): unknown;
  removeListener(event: 'page', listener: (page: PlaywrightPage) => void): unknown;
  removeListener(event: 'request', listener: (request: PlaywrightRequest) => void): unknown;
  removeListener(event: 'response', listener: (response: PlaywrightResponse) => void): unknown;
  removeListener(event: 'requestfinished', listener: (request: PlaywrightRequest) => void): unknown;
  removeListener(event: 'requestfailed', listener: (request: PlaywrightRequest) => void): unknown;
}

export interface PlaywrightFrame {
  url(): string;
  parentFrame(): PlaywrightFrame | null;
  page(): PlaywrightPage;
  evaluate(expression: string): Promise<unknown>;
}

/** A session of the Chrome DevTools Protocol. */
export interface PlaywrightSession {
  send(method: never, params?: never): Promise<unknown>;
  detach(): Promise<void>;
}

export interface PlaywrightRequest {
  url(): string;
  method(): string;
  resourceType(): string;
  isNavigationRequest(): boolean;
  /** Throws for requests of service workers, and while a document that is navigated to has no frame yet. */
  frame(): PlaywrightFrame;
  headers(): Record<string, string>;
  headersArray(): Promise<{ name: string; value: string }[]>;
  postDataBuffer(): Uint8Array | null;
  timing(): { startTime: number; responseStart: number; responseEnd: number };
  sizes(): Promise<{ responseBodySize: number }>;
  response(): Promise<PlaywrightResponse | null>;
}

export interface PlaywrightResponse {
  request(): PlaywrightRequest;
  status(): number;
  headersArray(): Promise<{ name: string; value: string }[]>;
  body(): Promise<Uint8Array>;
}

export interface PlaywrightSocket {
  url(): string;
  on(event: 'framesent', listener: (frame: { payload: string | Uint8Array }) => void): unknown;
  on(event: 'framereceived', listener: (frame: { payload: string | Uint8Array }) => void): unknown;
}

/** What a page or a context is asked for: everything that it shows. */
export type PlaywrightTarget = PlaywrightPage | PlaywrightContext;

export function isPage(target: PlaywrightTarget): target is PlaywrightPage {
  return 'mainFrame' in target;
}
