import type { Cookies } from 'webextension-polyfill';
import { isLoopback, urlFrom } from '../../engine/text/hosts.ts';
import { runOf } from '../../probes/runs.ts';
import type { Evaluation } from '../browsers/browser.ts';
import type { Calls } from '../browsers/firefox-calls.ts';
import { grantedSites, withdrawSite } from '../browsers/granted.ts';
import { listCookies } from '../browsers/list-cookies.ts';
import { pattern } from '../browsers/match-pattern.ts';
import { sendOrigin } from '../browsers/origin-rule.ts';

/** Frames that are there already and are listened in; each that comes is. */
const mostFrames = 200;

/** What the background page does at a call. */
export const calls: Calls = {
  async frames(tabId) {
    const frames = await chrome.webNavigation.getAllFrames({ tabId });
    return (
      frames?.map(({ frameId, parentFrameId, url, documentId }) => ({
        id: frameId,
        parentId: parentFrameId,
        url,
        documentId,
      })) ?? null
    );
  },
  run,
  async cookies(tabId, urls) {
    const storeId = await cookieStore(tabId);
    return listCookies(urls, (filter) => getAll({ ...filter, storeId }));
  },
  cookieStore,
  hasAccess: (site) => chrome.permissions.contains({ origins: [pattern(site)] }),
  async openAllow(tabId, sites) {
    const { index, windowId } = await chrome.tabs.get(tabId);
    const asked = new URLSearchParams([['tab', String(tabId)], ...sites.map((site) => ['site', site])]);
    const url = `/src/extension/allow/allow.html?${asked}`;
    return (await chrome.tabs.create({ url, windowId, index: index + 1, openerTabId: tabId })).id;
  },
  grants: grantedSites,
  withdraw: withdrawSite,
  isPrivate: async (tabId) => (await chrome.tabs.get(tabId)).incognito,
  listen,
  sendOrigin: (url, isSent) => sendOrigin(url, isSent, location.hostname),
};

/** Unless a store is named, cookies are asked of that of pages in no container. Seen on 28 November 2026 in Firefox 153. */
async function cookieStore(tabId: number): Promise<string> {
  const { cookieStoreId = '' } = (await chrome.tabs.get(tabId)) as { cookieStoreId?: string };
  return cookieStoreId;
}

async function run(tabId: number, frameId: number, id: string, args: unknown[]): Promise<Evaluation> {
  try {
    const [injected] = await chrome.scripting.executeScript({
      target: { tabId, frameIds: [frameId] },
      injectImmediately: true,
      func: await runOf(id),
      args,
    });
    if (!injected) return { ok: false, code: 'not-found', message: 'The frame has gone.' };
    // Firefox tells here what was thrown, where Chromium rejects.
    const { error } = injected as { error?: unknown };
    if (error !== undefined && error !== null) return { ok: false, code: 'threw', message: String(error) };
    return { ok: true, value: injected.result };
  } catch (error) {
    const message = String(error);
    if (/no (?:frame|tab)|invalid (?:frame|tab)|removed/i.test(message))
      return { ok: false, code: 'not-found', message };
    // Also said where there is access, of documents that no extension may enter.
    return { ok: false, code: message.includes('Missing host permission') ? 'forbidden' : 'refused', message };
  }
}

/**
 * An `http:` address leaves out Secure cookies, those of loopback too, which its pages send: they are asked for by `https:`.
 * Tried on 26 November 2026 in Firefox 153.
 */
async function getAll(filter: Cookies.GetAllDetailsType): Promise<Cookies.Cookie[]> {
  const cookies = await ask(filter);
  const { url = '' } = filter;
  const page = urlFrom(url);
  if (page?.protocol !== 'http:' || !isLoopback(page.hostname)) return cookies;
  const secure = await ask({ ...filter, url: url.replace(/^http:/, 'https:') });
  return [...cookies, ...secure.filter((one) => one.secure)];
}

/** Those of every first party: without this word Firefox refuses where `privacy.firstparty.isolate` is on. */
const ask = (filter: Cookies.GetAllDetailsType) =>
  chrome.cookies.getAll({
    ...filter,
    firstPartyDomain: null,
  } as chrome.cookies.GetAllDetails) as Promise<unknown> as Promise<Cookies.Cookie[]>;

/** A script is put into the frames that are there, and into each that comes, before the page's own. */
async function listen(tabId: number, sites: readonly string[]): Promise<void> {
  const id = `messages-${tabId}`;
  const files = ['assets/message-listener.js'];
  await chrome.scripting.unregisterContentScripts({ ids: [id] }).catch(() => {});
  if (sites.length === 0) return;
  const { origins = [] } = await chrome.permissions.getAll();
  const matches = [...new Set([...sites.map(pattern), ...origins.filter((one) => /^(?:https?|\*):/.test(one))])];
  await chrome.scripting.registerContentScripts([
    {
      id,
      matches,
      js: files,
      allFrames: true,
      matchOriginAsFallback: true,
      runAt: 'document_start',
      persistAcrossSessions: false,
    },
  ]);
  const frames = (await chrome.webNavigation.getAllFrames({ tabId })) ?? [];
  for (const { frameId } of frames.slice(0, mostFrames))
    void chrome.scripting
      .executeScript({ target: { tabId, frameIds: [frameId] }, injectImmediately: true, files })
      .catch(() => {});
}
