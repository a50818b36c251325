/** The part of a Worker that is used, by what it is asked and what it says. */
export interface Worked<Request, Reply> {
  onmessage: ((event: MessageEvent<Reply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(request: Request): void;
  terminate(): void;
}

/**
 * Starts one of the panel's workers. Each is an entry of the panel's own build rather than a bundle apart
 * (`new URL(…, import.meta.url)` would make one), so that what panel and workers need is shipped once.
 */
export function startWorker<Request, Reply>(file: `${'inspect' | 'key'}.worker.js`): Worked<Request, Reply> {
  const url = import.meta.env.DEV ? `/src/panel/workers/${file.replace(/js$/, 'ts')}` : `/assets/${file}`;
  return new Worker(url, { type: 'module' }) as unknown as Worked<Request, Reply>;
}
