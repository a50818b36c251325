import type { BackendHost } from '../panel/host.ts';
import type { Browser } from './browsers/browser.ts';

/** How the panel reaches validation backends, and keeps the secrets that open them. */
export function createBackendHost(browser: Browser): BackendHost {
  /** Those entered in a private window, which are forgotten with the panel. */
  let own: Record<string, string> | null = null;
  return {
    hasAccess: (site) => browser.hasAccess(site),
    ask: async (...asked) => (await import('./validator/ask-in-frame.ts')).askInFrame(...asked),
    secrets: {
      load: async () => own ?? readSecrets(await browser.secrets.load()),
      save: async (secrets) => {
        if (await browser.isPrivate()) own = secrets;
        else await browser.secrets.save(secrets);
      },
    },
  };
}

function readSecrets(stored: unknown): Record<string, string> {
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(Object.entries(stored).filter(([, value]) => typeof value === 'string'));
}
