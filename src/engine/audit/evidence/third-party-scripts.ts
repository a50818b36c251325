import type { Page } from '../../model/capture.ts';
import { hostOf } from '../../text/hosts.ts';
import { siteOf } from '../../text/site-of.ts';

/** Hosts of other sites whose scripts the page runs; null when scripts were not observed. */
export function thirdPartyScripts(page: Page | null): string[] | null {
  const own = hostOf(page?.url ?? null);
  if (!page?.scriptOrigins || own === null) return null;
  const site = siteOf(own);
  return [...new Set(page.scriptOrigins.flatMap((origin) => hostOf(origin) ?? []))].filter(
    (host) => siteOf(host) !== site,
  );
}
