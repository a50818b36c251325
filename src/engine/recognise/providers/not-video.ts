import type { Facts, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import type { JsonObject } from '../../text/json.ts';
import { valueAt } from '../../text/values.ts';
import type { Provider } from './provider.ts';

/** The parts in which providers that open no call differ. */
export interface NotVideo
  extends Pick<Provider, 'id' | 'name' | 'links'>,
    Partial<Pick<Provider, 'kind' | 'claims' | 'algorithms' | 'transport' | 'fixes' | 'lifetime' | 'times'>> {
  /** Completes "the holder …": what the token is good for. */
  does: string;
  validation: string;
  recognise: (claims: JsonObject, token: Token) => Recognition | null;
  facts: (claims: JsonObject, token: Token) => Partial<Facts>;
}

/** A provider whose tokens say who somebody is, or open something other than a call. */
export function notVideo({ does, recognise, facts, claims, ...own }: NotVideo): Provider {
  return {
    kind: 'identity',
    enforcement: {
      atJoin: `Opens no call by itself: ${does}.`,
      atExpiry: 'Refused from then on; a running call does not depend on it.',
      onReconnect: 'Not used.',
      onRemoval: 'Not affected.',
    },
    whenRoomAbsent: 'not-applicable',
    lifetime: { defaultSeconds: null, floorSeconds: null, ceilingSeconds: null, advice: 'Keep it short and renew it.' },
    limits: [],
    publicClaims: [],
    algorithms: ['RS256'],
    transport: { parameters: [], hosts: [], headers: ['authorization'] },
    fixes: {},
    readAt: '2026-11',
    ...own,
    claims: claims ?? {},
    recognise: (token) => (token.claims ? recognise(token.claims, token) : null),
    facts: (token) => ({ ...nothing, ...(token.claims ? facts(token.claims, token) : null) }),
  };
}

const nothing: Facts = {
  use: 'unknown',
  product: null,
  tenant: null,
  room: null,
  roomScope: 'not-stated',
  roomClaim: null,
  userId: null,
  displayName: null,
  role: 'unknown',
  vendorRole: null,
  roleBecause: 'it says nothing about a call',
  roleClaim: null,
  privileges: {},
};

/** Facts of a credential that acts for a server, whoever holds it. */
export function serverCredential(because: string, claim: string): Partial<Facts> {
  return { use: 'service-key', role: 'server', roleBecause: because, roleClaim: claim };
}

/** The issuer as a URL; null when it is none. */
export function issuerOf(claims: JsonObject): URL | null {
  const issuer = valueAt(claims, 'iss');
  if (typeof issuer !== 'string' || !/^https?:\/\//i.test(issuer)) return null;
  try {
    return new URL(issuer);
  } catch {
    return null;
  }
}

/** True when the host is this one or below it. */
export function isHost(url: URL | null, ...hosts: string[]): url is URL {
  return url !== null && hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
}

/** The row of a table for a word from a token; `constructor` and its like are words too. */
export function rowOf<Row>(table: Record<string, Row>, word: string | null | undefined): Row | null {
  return word != null && Object.hasOwn(table, word) ? (table[word] as Row) : null;
}
