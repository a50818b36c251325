// Firefox asks for access to sites neither in a panel nor in the background, but in a tab, at a press.
import { isLoopback, urlFrom } from '../../engine/text/hosts.ts';

const asked = new URLSearchParams(location.search);
const inspected = Number(asked.get('tab'));
const sites = asked.getAll('site').flatMap(originOf).slice(0, 20);

for (const { shown } of sites) {
  const item = document.createElement('li');
  item.textContent = shown;
  document.querySelector('ul')?.append(item);
}
const button = document.getElementById('allow');
button?.addEventListener('click', () => {
  // First of all: it counts as an answer to the press.
  const answered = chrome.permissions.request({ origins: sites.flatMap(({ patterns }) => patterns) });
  void answered.catch(() => false).then(leave);
});
document.getElementById('leave')?.addEventListener('click', () => void leave());
button?.focus();

function originOf(text: string): { shown: string; patterns: string[] }[] {
  const { protocol, hostname } = urlFrom(text) ?? { protocol: '', hostname: '' };
  if (protocol !== 'https:' && protocol !== 'http:') return [];
  // Secure cookies count as those of `https:`, also on this machine, where pages of `http:` have them: `MatchesCookie` in
  // toolkit/components/extensions/MatchPattern.cpp. Tried on 28 November 2026 in Firefox 153.
  const schemes = protocol === 'http:' && isLoopback(hostname) ? ['http:', 'https:'] : [protocol];
  return [{ shown: `${protocol}//${hostname}`, patterns: schemes.map((scheme) => `${scheme}//${hostname}/*`) }];
}

/** Back to the page that is inspected. */
async function leave(): Promise<void> {
  await chrome.tabs.update(inspected, { active: true }).catch(() => {});
  const own = await chrome.tabs.getCurrent();
  if (own?.id !== undefined) await chrome.tabs.remove(own.id);
}
