import { randomBytes } from 'node:crypto';
import { parseConfig } from '../../src/proxy/config.ts';
import { type RunningProxy, startProxy } from '../../src/proxy/main.ts';
import { realSurroundings, type Surroundings } from '../../src/proxy/surroundings.ts';
import type { DemoKeys } from './mint-tokens.ts';

export interface ValidationServer extends RunningProxy {
  /** What callers send as `Authorization: Bearer`; made for this run. */
  accessKey: string;
}

export interface ValidationServerOptions {
  keys: DemoKeys;
  /** Any free port when left out or taken. */
  port?: number;
  /** Where Daily's API is, for those who bring one. Without it Daily is not asked: it does not know the demo's key. */
  dailyUrl?: string;
  surroundings?: Surroundings;
}

/** The reference server with the throw-away keys of the demo call site. */
export async function startValidationServer({
  keys: { secret, publicKey },
  port = 0,
  dailyUrl,
  surroundings = { ...realSurroundings, log: () => undefined },
}: ValidationServerOptions): Promise<ValidationServer> {
  const accessKey = randomBytes(18).toString('base64url');
  const config = {
    accessKeys: [accessKey],
    port,
    cacheSeconds: 0,
    upstreamTimeoutMs: 1000,
    keys: [
      { provider: 'daily', secret, ...(dailyUrl ? { upstream: dailyUrl } : { askVendor: false }) },
      { provider: 'jitsi', secret, issuer: ['northwind'], domain: 'meet.northwind.example' },
      { provider: 'opentok', secret },
      { provider: 'vonage', publicKey },
      { provider: 'jaas', publicKey },
    ],
  };
  const start = (wanted: number) => startProxy(parseConfig({ ...config, port: wanted }), surroundings);
  // A port that is taken (a second demo, another program) is no reason to give up.
  return { ...(await start(port).catch(() => start(0))), accessKey };
}
