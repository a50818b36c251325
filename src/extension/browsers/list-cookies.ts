import type { Cookies } from 'webextension-polyfill';
import type { Cookie } from '../../engine/model/capture.ts';
import { carriedAt } from '../../engine/model/cookie-scope.ts';
import { toCookie } from './to-cookie.ts';

type GetAll = (filter: Cookies.GetAllDetailsType) => Promise<Cookies.Cookie[]>;

/** The cookies of documents, and those that other requests to their origins carry. */
export async function listCookies(urls: readonly string[], getAll: GetAll): Promise<Cookie[]> {
  const sent = urls.map(async (url) => {
    const cookies = await getAll({ url, ...everyPartition });
    return cookies.map((cookie) => toCookie(cookie, url));
  });
  const lists = await Promise.all([...sent, ...originsOf(urls).map((origin) => listOtherPaths(origin, getAll))]);
  return lists.flat();
}

/** An empty partition key asks for unpartitioned cookies and those of every partition. */
const everyPartition = { partitionKey: {} };

/** Cookies that requests to an origin carry, at whatever path: no document need lie below the path of one. */
async function listOtherPaths(origin: string, getAll: GetAll): Promise<Cookie[]> {
  const { hostname } = new URL(origin);
  const labels = hostname.split('.');
  // The host and what is above it, but no name of one label, below which all the world lies.
  const domains = [hostname, ...labels.slice(1, -1).map((_, index) => labels.slice(index + 1).join('.'))];
  const lists = await Promise.all(domains.map((domain) => getAll({ domain, ...everyPartition })));
  return lists.flat().flatMap((cookie) => {
    const listed = toCookie(cookie, origin);
    const url = carriedAt(listed, origin);
    return url === null ? [] : [{ ...listed, url }];
  });
}

function originsOf(urls: readonly string[]): string[] {
  return [...new Set(urls.map((url) => new URL(url).origin))].filter((origin) => origin !== 'null');
}
