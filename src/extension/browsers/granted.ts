import browser from 'webextension-polyfill';

/** Sites the user granted, as `https://call.example` or, for all of them, `*://*`. The browser keeps patterns of addresses, of which all end alike. */
export async function grantedSites(): Promise<string[]> {
  return ((await browser.permissions.getAll()).origins ?? []).map((one) => one.replace(/\/\*$/, ''));
}

/** False where the browser keeps the access. */
export function withdrawSite(site: string): Promise<boolean> {
  return browser.permissions.remove({ origins: [`${site}/*`] });
}
