import type { BackendHost } from '../panel/host.ts';
import { type Browser, within } from './browsers/browser.ts';

/** The browser names a failure a moment after the request has failed. In milliseconds. */
const patience = 500;

/** How the panel reaches validation backends, and keeps the secrets that open them. */
export function createBackendHost(browser: Browser): BackendHost {
  const errors = new Map<string, string | null>();
  /** Those entered in a private window, which are forgotten with the panel. */
  let own: Record<string, string> | null = null;
  return {
    hasAccess: (site) => browser.hasAccess(site),
    networkError: async (url) => errors.get(url) ?? null,
    async fetch(input, init) {
      const url = input instanceof Request ? input.url : new URL(input).href;
      errors.delete(url);
      await browser.sendOrigin(url, !hasCredentials(init)).catch(() => undefined);
      let tell: (name: string) => void = () => undefined;
      const told = new Promise<string>((resolve) => {
        tell = resolve;
      });
      const stop = browser.onRequestError(url, tell);
      try {
        return await browser.fetch(input, init);
      } catch (error) {
        if (!init?.signal?.aborted) errors.set(url, await within(patience, told, null));
        throw error;
      } finally {
        stop();
      }
    },
    secrets: {
      load: async () => own ?? readSecrets(await browser.secrets.load()),
      save: async (secrets) => {
        if (await browser.isPrivate()) own = secrets;
        else await browser.secrets.save(secrets);
      },
    },
  };
}

/**
 * Authorization servers refuse browsers from origins they do not know, whatever credentials are sent (oidc-provider answers
 * 400). A question with credentials needs no origin; without them, the origin is all that a server can go by.
 */
function hasCredentials(init: RequestInit | undefined): boolean {
  return [...new Headers(init?.headers).keys()].some((name) => name !== 'accept' && name !== 'content-type');
}

function readSecrets(stored: unknown): Record<string, string> {
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(Object.entries(stored).filter(([, value]) => typeof value === 'string'));
}
