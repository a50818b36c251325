import { memberOf } from '../engine/text/values.ts';
import type { Check, VendorAnswer } from '../introspection/reply.ts';
import type { Question } from '../judge/profiles/profile.ts';
import type { ConfiguredKey } from './config.ts';
import { askDaily } from './daily.ts';
import type { Surroundings } from './surroundings.ts';

/** A vendor that tells whether it would accept a token. */
export interface Vendor {
  isAsked(key: ConfiguredKey): boolean;
  /** Whether a signature that no configured key matches may be by another key that the vendor knows. */
  mayKnow(question: Question): boolean;
  /** Never rejects. `says` is what the vendor reads in the token. */
  ask(
    question: Question,
    key: ConfiguredKey,
    timeoutMs: number,
    surroundings: Surroundings,
  ): Promise<{ check: Check; says: VendorAnswer | null }>;
}

/** A domain may have several API keys, so Daily is asked also about a signature that the configured one does not match. */
const daily: Vendor = {
  isAsked: (key) => key.askVendor !== false && key.secret !== undefined,
  mayKnow: ({ token }) => memberOf(token.header, 'alg') === 'HS256',
  ask: ({ token, ignoreNbf }, key, timeoutMs, surroundings) =>
    askDaily(token, key, { ignoreNbf, timeoutMs }, surroundings),
};

const vendors = new Map<string, Vendor>([['daily', daily]]);

/** The vendor's own answer, where there is somebody to ask. */
export function vendorOf(provider: string): Vendor | null {
  return vendors.get(provider) ?? null;
}
