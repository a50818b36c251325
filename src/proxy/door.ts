import type { Context } from 'hono';
import { createAccessKeys } from './access-keys.ts';
import { clientOf } from './addresses.ts';
import type { ProxyConfig } from './config.ts';
import { createWrongKeys } from './wrong-keys.ts';

export interface Env {
  /** Given by the runtime's adapter: the peer's address, and how often a header was sent, where the runtime tells. */
  Bindings: { clientAddress?: string; times?: (header: string) => number };
  Variables: { client: string };
}

/** The name under which a caller is rate-limited; else how long it has to wait, in seconds, 0 when it may not ask. */
type Admitted = { client: string } | { waitSeconds: number };

const refused: Admitted = { waitSeconds: 0 };

/** Decides by origin and access key who may ask. `now` is in seconds since the epoch. */
export function createDoor(config: ProxyConfig, now: () => number): (c: Context<Env>) => Admitted {
  const indexOfKey = createAccessKeys(config.accessKeys);
  const wrongKeys = createWrongKeys(now);
  return (c) => {
    const origin = c.req.header('origin');
    const allowedOrigin = origin !== undefined && config.origins.includes(origin);
    const address = addressOf(c, config);
    if (!config.accessKeys.length) return allowedOrigin ? { client: `${origin} ${address}` } : refused;
    if (origin !== undefined && config.origins.length && !allowedOrigin) return refused;
    const sent = keySentBy(c);
    if (sent === null) return refused;
    const waitSeconds = wrongKeys.waitSeconds(address);
    if (waitSeconds > 0) return { waitSeconds };
    const index = indexOfKey(sent);
    if (index < 0) {
      wrongKeys.wrong(address);
      return refused;
    }
    wrongKeys.right(address);
    return { client: `key ${index} ${address}` };
  };
}

function keySentBy(c: Context<Env>): string | null {
  if ((c.env?.times?.('authorization') ?? 1) > 1) return null;
  return /^Bearer ([!-~]+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? null;
}

/** A reverse proxy puts the address it was asked from behind what the client sent of its own. */
function addressOf(c: Context<Env>, { behindProxy }: ProxyConfig): string {
  const forwarded = behindProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return clientOf(forwarded?.slice(0, 64) || c.env?.clientAddress || 'unknown');
}
