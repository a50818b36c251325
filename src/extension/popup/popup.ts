// The button in the browser's bar: says where Roomkey is, and what it may read on the page in front. Nothing is read here.
import browser from 'webextension-polyfill';
import { urlFrom } from '../../engine/text/hosts.ts';
import { grantedSites, withdrawSite } from '../browsers/granted.ts';
import { pattern } from '../browsers/match-pattern.ts';

/** Sites listed at most. */
const most = 200;

const here = document.getElementById('here') as HTMLElement;
const allowed = document.getElementById('allowed') as HTMLElement;

browser.permissions.onAdded.addListener(() => void show());
browser.permissions.onRemoved.addListener(() => void show());
void nameKeys();
void show();

/** How developer tools are opened: https://developer.chrome.com/docs/devtools/open and https://firefox-source-docs.mozilla.org/devtools-user/ (2026-11-28). */
async function nameKeys(): Promise<void> {
  const { os } = await browser.runtime.getPlatformInfo();
  const keys = document.getElementById('keys');
  if (keys) keys.textContent = os === 'mac' ? '⌥⌘I' : os === 'cros' ? 'Ctrl+Shift+I' : 'F12';
}

async function show(): Promise<void> {
  const [sites, page] = await Promise.all([grantedSites(), allowedInFront()]);
  sites.sort();
  here.textContent =
    page !== null
      ? `On ${page} you allowed it to read beside the page’s scripts: cookies that scripts cannot see, too, what its pages and frames store, and messages between windows.`
      : 'Its site is none that you allowed. Without that, Roomkey sees what the page’s own script sees, and what requests carry; the panel says what is missing, and asks for one site at a press.';
  const items = sites.slice(0, most).map(itemOf);
  if (sites.length > most) items.push(element('li', `and ${sites.length - most} more, in the panel’s settings`));
  allowed.querySelector('ul')?.replaceChildren(...items);
  allowed.hidden = sites.length === 0;
}

/** The site of the page in front, as `https://call.example`, where it was granted; of no other the browser tells the address. */
async function allowedInFront(): Promise<string | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  const url = urlFrom(tab?.url ?? null);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return null;
  const site = `${url.protocol}//${url.hostname}`;
  return (await browser.permissions.contains({ origins: [pattern(site)] })) ? site : null;
}

function itemOf(site: string): HTMLElement {
  const item = element('li', '');
  const button = element('button', 'Withdraw') as HTMLButtonElement;
  button.type = 'button';
  button.ariaLabel = `Withdraw access to ${site}`;
  button.addEventListener('click', () => {
    withdrawSite(site).then(
      (isGone) => {
        if (!isGone) here.textContent = `The browser keeps the access to ${site}.`;
      },
      () => {
        here.textContent = `Access to ${site} could not be withdrawn.`;
      },
    );
  });
  item.append(element('span', site), button);
  return item;
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
