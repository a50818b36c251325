import { urlFrom } from '../engine/text/hosts.ts';
/** Names and addresses: which stay on this machine, and which a request or a configuration may name. */

/** `localhost`, 127.0.0.0/8 and ::1; other names may mean any machine. Takes a host without port, IPv6 with or without brackets. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || /^127(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/.test(name);
}

/**
 * What is wrong with an address that keys come from or tokens go to, as a clause; null when it may be used. Anybody on the
 * way could change an answer over plain HTTP, so that is for loopback only.
 */
export function addressProblem(text: string, { query = false } = {}): string | null {
  const url = urlFrom(text);
  if (!url) return 'is not a URL';
  if (url.username || url.password) return 'must not hold a user name or password';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https://';
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return 'must begin with https://; plain http:// is for this machine (loopback) only';
  }
  if (url.hash || text.includes('#')) return 'must not have a fragment (#)';
  if (!query && (url.search || text.includes('?'))) return 'must not have a query (?)';
  return null;
}

/**
 * The name in a `Host` header (RFC 9110 §7.2), in lower case, without port and without the dot of a full name; null when
 * it is no host.
 */
export function hostName(header: string): string | null {
  const found = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9_-][a-z0-9._-]{0,252})(?::\d{1,5})?$/i.exec(header);
  const name = found?.[1]?.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name?.replace(/\.$/, '') || null;
}

/**
 * A client as it is counted: IPv4 as it is, IPv6 by its /64 network, as one household or machine has all of it. Reverse
 * proxies may write a port behind, which is another for each connection; both ways to write IPv4 inside IPv6 are IPv4.
 */
export function clientOf(address: string): string {
  const plain = address
    .toLowerCase()
    .replace(/^\[([^\]]*)\](?::\d{1,5})?$/, '$1')
    .replace(/^(\d[\d.]{0,20}):\d{1,5}$/, '$1')
    .replace(/%.*$/, '');
  const url = plain.includes(':') ? urlFrom(`http://[${plain}]`) : null;
  if (!url) return plain;
  const [head = '', tail = ''] = url.hostname.slice(1, -1).split('::');
  const front = head.split(':').filter(Boolean);
  const back = tail.split(':').filter(Boolean);
  const groups = [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back];
  if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return groups.slice(0, 4).join(':');
  return groups
    .slice(6)
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}
