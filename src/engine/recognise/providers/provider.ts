import type { Facts, Recognition, Times } from '../../model/facts.ts';
import type { Confidence, Link, Token } from '../../model/token.ts';

/** JSON types, and `boolean-text` for the texts "true" and "false". */
export type ClaimType = 'string' | 'number' | 'boolean' | 'object' | 'array' | 'boolean-text';

/** The meaning of one claim. */
export interface ClaimMeaning {
  /** What the vendor calls it elsewhere, e.g. the REST property `is_owner` for `o`. */
  name?: string;
  /** One sentence: what it does, and its default when absent. */
  means: string;
  /** Unit or kind of value, for display: times are shown as dates. */
  unit?: 'seconds since the epoch' | 'seconds' | 'milliseconds';
  /** What the vendor does when it is absent. */
  whenAbsent?: string;
  /** The type the vendor reads, or several; left out where any will do or none is documented. */
  type?: ClaimType | readonly ClaimType[];
  /** The type of what a list or an object holds, where the vendor reads only such. */
  holds?: ClaimType;
  /** Every value the vendor knows, where the list is closed. */
  values?: readonly string[];
}

/** Why joining with a token would fail, as far as its platform can tell from the token alone. */
export interface JoinProblem {
  /** certain = the server refuses; likely = refused by usual settings; possible = joins, but not as meant, or worth a look. */
  likelihood: Confidence;
  /** One sentence, the cause with the values concerned. */
  says: string;
  /** One sentence: what to change, best the property to set when minting. */
  fix: string;
  /** `claims.room`, `header.typ`, or null for the token as a whole. */
  at: string | null;
}

/** A platform that issues tokens: how to recognise one, what it means, and what the platform does with it. */
export interface Provider {
  /** File name, and the id in reports. */
  id: string;
  name: string;
  kind: 'video' | 'identity' | 'other';

  /** Null when the token is not this platform's. Pure, total, and independent of the other providers. */
  recognise(token: Token): Recognition | null;
  /** Neutral facts. Called only with a token that `recognise` accepted; must tolerate any claim type. */
  facts(token: Token): Facts;
  /** Moments at which a right ends that joining needs, where they can come before the token's own end: seconds since the epoch, and the claim. */
  deadlines?(token: Token): { endsAt: number; claim: string; says: string }[];
  /** Overrides the registered time claims (`iat`, `nbf`, `exp`) where the platform keeps times elsewhere. Seconds. */
  times?(token: Token): Partial<Pick<Times, 'issuedAt' | 'notBefore' | 'expiresAt'>>;

  /** Meaning by path below the payload: `o`, `p.ca`, `context.user.moderator`; `header.kid` for header members; `*` stands for one array index or free member. */
  claims: Record<string, ClaimMeaning>;

  /** What the platform does; one calm sentence each, shown on the card. */
  enforcement: { atJoin: string; atExpiry: string; onReconnect: string; onRemoval: string };
  /** What an absent room claim means to the server. 'refused' = the join fails. */
  whenRoomAbsent: 'any-room' | 'refused' | 'not-applicable';
  /** Lifetime rules of the vendor, seconds; null where none is documented. */
  lifetime: {
    defaultSeconds: number | null;
    floorSeconds: number | null;
    ceilingSeconds: number | null;
    advice: string;
  };
  /** Lengths beyond which the vendor rejects or cuts. An empty `claim` means the whole token. */
  limits: { claim: string; max: number; unit: 'characters' | 'bytes' }[];
  /** Claims shown to other participants or readable by them, where personal data matters. */
  publicClaims: string[];
  /** Algorithms the platform uses; [] for formats that are not JOSE, and where the vendor names none. */
  algorithms: string[];
  /** How the token travels. Hosts may start with `*.`. */
  transport: { parameters: string[]; hosts: string[]; headers: string[] };
  /** Where the platform's clients connect to a server that anybody may run, whatever its host. Left out where only the vendor runs them. */
  isOwnServer?(url: URL): boolean;
  /** The room a call page's URL names on this platform, or null when it cannot be told. A token may tell whose page it is. */
  roomInUrl?(url: URL, token?: Pick<Token, 'claims'>): string | null;
  /** The tenant that stands before the room in that URL, where the platform's server tells rooms apart by it. */
  tenantInUrl?(url: URL): string | null;

  /** Whether an address that names a room is one of a call page for sure. Left out where each is. */
  isSurelyCall?(url: URL): boolean;

  /** Claims without which joining fails; the value completes "without it, …". Paths as in `claims`. */
  required?: Record<string, string>;
  /** Those of `required` that may be an empty text, or null. */
  takesEmpty?: readonly string[];
  /** Set where the platform's server checks no type of what it does not require: what is mistyped is passed over, and nobody refused for it. */
  takesAnyType?: true;
  /** Set where the platform's server reads null as if the claim were not there, whatever the type of the claim. */
  readsNullAsAbsent?: true;
  /** Set where newer versions of its server read names of claims in any case, and older ones as they are written. */
  readsNamesInAnyCase?: true;
  /** What its server does about clocks, where code or documents tell; left out where they do not. */
  clock?: {
    /** Seconds that are forgiven before `nbf` and after `exp`: by the strictest of its programs, and by the most lenient. */
    leewaySeconds?: readonly [strictest: number, mostLenient: number];
    /** Seconds by which a token may be issued in the future; null where the server does not look at it. */
    issuedAtLeewaySeconds?: number | null;
    /** Its newest version reads a number that is written as a text; earlier ones refuse that. */
    readsNumbersInTexts?: true;
    /** Moments after this one, in seconds since the epoch, are more than it can count: it takes them for the past. */
    latest?: number;
  };
  /** What neither token nor page shows and joining may fail for besides, each a clause: "whether a lobby is on". */
  notShown?: readonly string[];
  /** Names written by mistake, and the claim meant; the platform ignores the mistake. Paths as in `claims`. */
  aliases?: Record<string, string>;
  /**
   * Further reasons why joining fails that no list above can express, from the token, the addresses of the page and its frames,
   * and the room that somebody asks for. Pure, total.
   */
  joinProblems?(token: Token, addresses: readonly URL[], asked?: string | null): JoinProblem[];

  /* What rules ask beyond that; each is optional, and a rule says nothing where the answer is missing. */

  /** Names of the time claims where they are not `iat`, `nbf` and `exp`, so that findings can point at them. */
  timeClaims?: { issuedAt?: string; notBefore?: string; expiresAt?: string };
  /** Whether a participant who is in the call is removed when this token expires, and the claim that decides. */
  expiryEjects?(token: Token): { ejects: boolean; claim: string | null };
  /** What ends a token that carries no time, in words that follow "it ends with": "its meeting". Null for one that nothing ends. */
  endsWith?(token: Token): string | null;
  /** True when the token is needed again, unexpired, to come back after a lost connection. */
  checkedOnReconnect?: boolean;
  /** True when room claims are internal names that a page's URL need not show (LiveKit, Vonage session ids). */
  roomNamesAreInternal?: boolean;
  /** The claim that identifies the participant; `required` when the platform refuses a token without it. */
  identityClaim?: { path: string; required: boolean };
  /** Objects whose members are all listed in `claims`, as paths; "" is the payload itself. Other members are probably mistakes. */
  closedObjects?: string[];
  /** Claims whose absence means "allowed" (`video.canPublish`), each a path. */
  openByDefault?: string[];
  /** Rights that belong on a server, found in this token. `total`: as good as the account's own key. */
  serverRights?(token: Token): { claim: string; says: string; total: boolean }[];
  /** Rights that a guest should not hold even where a host may, found in this token. */
  hostOnlyRights?(token: Token): { claim: string; says: string }[];
  /** Rights for products other than calls, found in this token: too much for any page that only joins. */
  otherProductRights?(token: Token): { claim: string; says: string }[];
  /** Claims beside which `payload-secret` material hands out somebody's storage or stream (`roomConfig`). */
  configClaims?: string[];
  /** For a credential format the vendor has replaced: what replaces it. */
  legacy?(token: Token): string | null;

  /**
   * Whether a token opens a room, by the platform's own comparison of names; null where it cannot be told. Left out where names are
   * compared loosely. Pure, total.
   */
  opensRoom?(token: Token, room: string): boolean | null;

  /** Set where `Standup` and `standup` are one room. */
  foldsRoomCase?: true;
  /** A room as people say it, written as a token for `room` has it: "123 456 789" for the meeting 123456789. Pure, total. */
  roomAsWritten?(said: string, room: string): string;

  /** How to find out whether it would be accepted. */
  validation: string;
  /** How to mint a good one, by rule id: the property to set, e.g. { 'exp-missing': 'Set `exp` when …' }. */
  fixes: Record<string, string>;
  links: Link[];
  /** Year and month when the links were read: "2026-11". */
  readAt: string;
}
