import type { SiteAccess } from '../../panel/host.ts';
import { type Browser, within } from '../browsers/browser.ts';
import type { StorageGroup } from './frames.ts';

/** Which sites of a page may be read out of its reach. Asked once per site, until something is granted or withdrawn. */
export class AccessMemory {
  #known = new Map<string, boolean>();
  readonly #browser: Browser;
  readonly #patience: number;

  constructor(browser: Browser, patience: number) {
    this.#browser = browser;
    this.#patience = patience;
  }

  forget(): void {
    this.#known.clear();
  }

  async list(groups: readonly StorageGroup[]): Promise<SiteAccess[]> {
    const sites = new Map<string, SiteAccess>();
    for (const { site, isPage } of groups)
      if (!sites.has(site)) sites.set(site, { site, granted: await this.#isGranted(site), isPage });
    return [...sites.values()];
  }

  async #isGranted(site: string): Promise<boolean> {
    const known = this.#known.get(site);
    if (known !== undefined) return known;
    const granted = await within(this.#patience, this.#browser.hasAccess(site), false);
    this.#known.set(site, granted);
    return granted;
  }
}

export function isGranted(sites: readonly SiteAccess[], site: string): boolean {
  return sites.some((one) => one.granted && one.site === site);
}
