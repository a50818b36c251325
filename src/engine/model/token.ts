import type { Json, JsonObject } from '../text/json.ts';
import type { LineColumn, Place, Problem } from './capture.ts';

/** Codes of what is odd about a token and does not stop reading. */
export type IrregularityCode =
  /** `=` at the end of a part (RFC 7515 §2 forbids it). */
  | 'padding'
  /** `+` and `/` of plain base64 instead of `-` and `_`. */
  | 'plain-base64-alphabet'
  /** White space before the header or payload object. */
  | 'leading-whitespace'
  /** A byte order mark before the JSON. */
  | 'bom'
  /** UTF-16 instead of UTF-8. */
  | 'utf-16'
  | 'invalid-utf8'
  /** Unused bits of the last base64 character are set: another text with the same meaning exists. */
  | 'trailing-bits'
  /** Control characters inside strings of the JSON. */
  | 'control-characters'
  /** The same member twice in one object; parsers differ in which one counts. */
  | 'duplicate-member'
  /** A number that JavaScript cannot hold exactly. */
  | 'number-precision'
  /** An SD-JWT disclosure that is not a JSON array of two or three elements. */
  | 'disclosure-malformed'
  /** A compressed payload that grows beyond the limit. */
  | 'inflates-beyond-limit'
  /** Claims nested more deeply, or more disclosures, than are read. */
  | 'read-in-part'
  /** A member of a damaged token that the damage touches, so that its value is not known. */
  | 'value-incomplete'
  /** What tokens of this form begin with is not there; what follows it is. */
  | 'prefix-missing';

/** `subject` says where: `header`, `claims.exp`, `signature`. */
export interface Irregularity extends Problem {
  code: IrregularityCode;
}

/** Id of a shape a token can have, as decode/forms/index.ts lists them. Stands in reports. */
export type FormId = string;

/** One occurrence of a token in a text. */
export interface Hit {
  form: FormId;
  /** The exact token, every encoding around it peeled. */
  token: string;
  /** Offset in the searched text of the (possibly encoded) run that holds it. */
  offset: number;
  /** Encodings peeled, outermost first, e.g. ["percent", "json-string", "base64"]. */
  encodings: string[];
  /** Path inside JSON, form or URL: `$.session.token`, `?redirect_uri ?jwt`; "" when the text is the token. */
  path: string;
  /** How sure the detector is that this is a token at all. */
  confidence: Confidence;
  /** A note is listed without being judged (PASETO, signed cookies, masked tokens …). */
  note: string | null;
}

/** A run of characters in a text of lines: where it starts, and how long it is in UTF-16 code units; 0 where its end is not known. */
export interface InLines extends LineColumn {
  length: number;
}

/** Further sightings that differ from a listed one in nothing but when and in which request: counted, not listed. */
export interface Repeats {
  /** How many; at least 1. */
  count: number;
  /** Of those, how many were in requests to addresses under which this place is not listed. */
  elsewhere: number;
  /** Seconds since the epoch: the earliest and the latest of them. Null where none tells its time. */
  firstAt: number | null;
  lastAt: number | null;
}

export interface Sighting extends Hit {
  place: Place;
  /** Where it stands in a file of lines. Left out where the place has none. */
  lines?: InLines;
  chunks: number;
  /** Seconds since the epoch: first seen here. Null for a file that tells no time. */
  seenAt: number | null;
  /** Seconds since the epoch: found missing. Null while still there. */
  goneAt: number | null;
  /** Set where it went out of sight because no document of its origin is there any more: it may still lie there. */
  isOutOfSight?: true;
  /** Seconds since the epoch: found back after it had been missing, the last time. Left out where it never was. */
  backAt?: number;
  /** Seconds since the epoch: since then it could not be read, as access to its site was withdrawn. Left out where it can be. */
  unreadAt?: number;
  /**
   * Of a cookie in traffic, which scripts can read: when the page's own script was asked for its cookies and did not show it, nor had
   * before. In seconds since the epoch. Left out where it was not asked, and where it showed it.
   */
  unshownAt?: number;
  /** Name of the file it was read from; left out for a live page. */
  input?: string;
  /** Left out where there are none. */
  more?: Repeats;
  /** What the library that stored it calls it; null when the key belongs to none that is known. */
  library?: LibraryEntry | null;
}

/** What a library's storage key or cookie name says of the token under it. */
export interface LibraryEntry {
  /** Id of the library: "msal". */
  id: string;
  /** As a developer would say it: "MSAL access token for api://orders (client 1f2e3d4c…)". */
  label: string;
  /** Null when the key does not tell. */
  use: TokenUse | null;
}

/** What hides a token's content from whoever has nothing but the token. */
export interface Lock {
  /** Id of what opens it, given a key (verify/openers.ts). */
  opener: string;
  /** Whether a copy lets its holder do anything without the key. */
  givesPower: boolean;
  /** Why the content is not shown, in a sentence or two. */
  says: string;
  /** What the key is, for a label: "Secret, PEM, JWK or JWK Set". */
  asksFor: string;
  /** What the lock is worth where it lies in storage; left out where it changes nothing. */
  whereStored?: { why: string; fix: string };
}

export interface Token {
  /** Hex SHA-256 of the exact text. */
  id: string;
  text: string;
  form: FormId;
  /** JOSE header; null where unreadable. What could be salvaged from a damaged token is here too. */
  header: JsonObject | null;
  /** Claims; null where unreadable (JWE) or not an object. */
  claims: JsonObject | null;
  /** A payload that is not a JSON object, as text. */
  opaquePayload: string | null;
  /** Base64url signature as written and its decoded length in bytes. */
  signature: { text: string; bytes: number } | null;
  /** Set when the token is damaged; offset counts characters in `text`. */
  problem: Problem | null;
  /** Oddities that do not stop reading: padding, duplicate members, leading white space … */
  irregularities: Irregularity[];
  /** Tokens inside this one (nested JWT, SD-JWT key binding), and where. */
  inner: { path: string; token: Token }[];
  /** SD-JWT disclosures. */
  disclosures: { name: string | null; value: Json; digest: string; bound: boolean }[];
  /** Left out where anybody can read the content. */
  lock?: Lock;
}

/** Surest first. */
export const confidences = ['certain', 'likely', 'possible'] as const;
export type Confidence = (typeof confidences)[number];

/** What a token is for; lifetimes and severities depend on it. */
export const tokenUses = [
  'video-join',
  'access',
  'id',
  'refresh',
  'session',
  'public-key-token',
  'service-key',
  'client-assertion',
  'dpop-proof',
  'request-object',
  'logout',
  'set',
  'vc',
  'one-time',
  'unknown',
] as const;
export type TokenUse = (typeof tokenUses)[number];

export interface Link {
  title: string;
  url: string;
}
