/** The part of a Worker that is used, by what it is asked and what it says. */
export interface Worked<Request, Reply> {
  onmessage: ((event: MessageEvent<Reply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(request: Request): void;
  terminate(): void;
}

type WorkerFile = `${'inspect' | 'key'}.worker.js`;

interface TrustedUrls {
  createScriptURL(url: string): string;
}

declare global {
  interface Window {
    /** Left out in browsers that do not know Trusted Types. */
    trustedTypes?: { createPolicy(name: string, rules: TrustedUrls): TrustedUrls };
  }
}

let policy: TrustedUrls | undefined;

/** The browser takes no text for a script's address but what has gone through here. */
function ownWorker(url: string): string {
  if (/^\/(?:assets|src\/panel\/workers)\/(?:inspect|key)\.worker\.[jt]s$/.test(url)) return url;
  throw new TypeError('Not a worker of the panel.');
}

/**
 * Starts one of the panel's workers. Each is an entry of the panel's own build rather than a bundle apart
 * (`new URL(…, import.meta.url)` would make one), so that what panel and workers need is shipped once.
 */
export function startWorker<Request, Reply>(file: WorkerFile): Worked<Request, Reply> {
  const url = import.meta.env.DEV ? `/src/panel/workers/${file.replace(/js$/, 'ts')}` : `/assets/${file}`;
  policy ??= window.trustedTypes?.createPolicy('roomkey-workers', { createScriptURL: ownWorker }) ?? {
    createScriptURL: ownWorker,
  };
  return new Worker(policy.createScriptURL(url), { type: 'module' }) as unknown as Worked<Request, Reply>;
}
