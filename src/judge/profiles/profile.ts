import type { Facts } from '../../engine/model/facts.ts';
import type { Token } from '../../engine/model/token.ts';
import type { Provider } from '../../engine/recognise/providers/provider.ts';
import type { Check } from '../../introspection/reply.ts';
import type { Key, Verdict } from '../../verify/index.ts';
import type { Span } from '../time-check.ts';

/** What is known of the server that a key is of: whose tokens it takes, and how it is set up. The key itself is not among it. */
export interface ServerSettings {
  /** Whose tokens: a provider's id, or `oidc` for whatever its issuers sign. */
  provider: string;
  /** The key is a secret, which both sides have. */
  isShared: boolean;
  /** The key is one of several, and looked up by `kid`. */
  isLookedUp: boolean;
  /** Accept only tokens whose `iss`, or account where a platform writes none, is one of these. */
  issuer?: readonly string[] | undefined;
  /** Accept only tokens with one of these in `aud`. */
  audience?: readonly string[] | undefined;
  /** The key serves only tokens with this `kid`. */
  kid?: string | undefined;
  /* What a Jitsi server of one's own can be set to besides; see `proxy/config.ts`. */
  signatureAlgorithm?: string | undefined;
  domain?: string | undefined;
  verifyDomain?: boolean | undefined;
  requireRoom?: boolean | undefined;
  patterns?: 'off' | 'lower-case' | 'as-written' | undefined;
}

/** A token, what is asked about it, and what is known of the server that would judge it. */
export interface Question {
  token: Token;
  provider: Provider | null;
  facts: Facts | null;
  span: Span;
  key: ServerSettings;
  /** The room to enter, as the caller names it. */
  room?: string;
  /** The tenant in the address of the call page, on platforms that have tenants there. */
  tenant?: string;
  /** Seconds since the epoch. */
  now: number;
  /** Clock difference that the configuration forgives, in seconds; for profiles that know no better. */
  skewSeconds: number;
  ignoreNbf: boolean;
}

/** What a standard forbids and the platform's server takes all the same. */
export interface Taken {
  /** Short and stable: `duplicate-member`, `unknown-crit`. */
  code: string;
  /** One sentence. */
  says: string;
}

/**
 * How one platform's own server judges a token: each check as its code or its documents do it. Checks never throw for any token,
 * and none of their reasons holds the token or a key.
 */
export interface Profile {
  /** The provider whose tokens choose it. */
  id: string;
  /** Whose code or documents it follows, for the documentation. */
  follows: string;
  /**
   * The token in a text as this server reads it, where it takes for one what others do not, or asks for no claim that would tell
   * its tokens from others'; null where it takes none either. Pure, total.
   */
  read?(text: string): Token | null;
  /** Whether it reads as a token of the platform, with every claim that joining needs; `taken` where the check passed in spite of it. */
  checkShape(question: Question): { check: Check; taken: Taken[] };
  checkTime(question: Question): Check;
  /** Whether it is from whom, and for whom, the key is configured. */
  checkIssuer(question: Question): Check;
  verify(question: Question, keys: readonly Key[]): Promise<Verdict>;
  /** Whether it opens the room asked for. Called for verified tokens only, and where a room was asked for. */
  checkRoom(question: Question): Check;
}
