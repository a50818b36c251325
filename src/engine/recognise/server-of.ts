import type { Subject } from '../model/report.ts';
import { isHostLike } from '../text/hosts.ts';
import { providers } from './providers/index.ts';
import type { Provider } from './providers/provider.ts';

const byId = new Map<string, Provider>(providers.map((provider) => [provider.id, provider]));

/** The platform that was recognised in a token; null for none, and for ids of other versions. */
export function providerOf({ provider }: Pick<Subject, 'provider'>): Provider | null {
  return provider ? (byId.get(provider.id) ?? null) : null;
}

/** Whether an address is one of the platform's own servers, or of one that its clients are made to talk to. False for what is no URL. */
export function isServerOf(provider: Provider | null, url: string | null): boolean {
  if (!provider || url === null || !URL.canParse(url)) return false;
  const address = new URL(url);
  const isVendors = provider.transport.hosts.some((pattern) => isHostLike(address.hostname, pattern));
  return isVendors || provider.isOwnServer?.(address) === true;
}
