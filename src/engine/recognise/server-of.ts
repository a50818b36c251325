import type { Subject } from '../model/report.ts';
import { isHostLike, urlFrom } from '../text/hosts.ts';
import { providers } from './providers/index.ts';
import type { Provider } from './providers/provider.ts';

const byId = new Map<string, Provider>(providers.map((provider) => [provider.id, provider]));

/** The platform that was recognised in a token; null for none, and for ids of other versions. */
export function providerOf({ provider }: Pick<Subject, 'provider'>): Provider | null {
  return provider ? (byId.get(provider.id) ?? null) : null;
}

/** Whether an address is one of the platform's own servers, or of one that its clients are made to talk to. False for what is no URL. */
export function isServerOf(provider: Provider | null, url: string | null): boolean {
  if (isVendorsServer(provider, url)) return true;
  const address = urlFrom(url);
  return address !== null && provider?.isOwnServer?.(address) === true;
}

/** Whether an address lies on a host of the platform's vendor. */
export function isVendorsServer(provider: Provider | null, url: string | null): boolean {
  const hostname = urlFrom(url)?.hostname;
  if (!provider || hostname === undefined) return false;
  return provider.transport.hosts.some((pattern) => isHostLike(hostname, pattern));
}
