/** Any value JSON can hold. Everything read from a token is one of these until narrowed. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [member: string]: Json;
}

/* ── Capture: what was read, before any interpretation. Plain JSON. ─────────────────────────── */

/** Id of a place a string can come from, as sources/index.ts lists them. Stands in reports. */
export type SourceId = string;

export interface Capture {
  /** Seconds since the epoch. */
  readAt: number;
  page: Page | null;
  /** Every frame below the top page; the page itself is not repeated here. */
  frames: Frame[];
  /** Web Storage and its kin, once per storage key: origin and partition. */
  stores: Store[];
  cookies: Cookie[];
  /** Loose texts: a pasted string, a file. */
  texts: LooseText[];
  /** Network traffic in the order it started. Absent when none was watched. */
  exchanges?: Exchange[];
  /** Strings found in a page's memory. Absent when it was not read. */
  memory?: MemoryString[];
  /** What could not be read, and why; everything else in the capture still counts. */
  problems: Problem[];
}

export interface Page {
  /** The whole current URL, query and fragment included. */
  url: string;
  title: string;
  /** Origins (scheme, host, port) scripts were loaded from; null when not observed. */
  scriptOrigins: string[] | null;
  /** Seconds since the epoch: when this document was first seen. */
  loadedAt: number;
}

export interface Frame {
  url: string;
  /** Origin, or "null" for an opaque one (sandbox, data:). */
  origin: string;
  parentUrl: string | null;
  /** Where the frame keeps what it stores. Null, or left out, when not known. */
  partition?: Partition | null;
  /** Seconds since the epoch: when the frame was first seen with this URL. */
  loadedAt: number;
}

/**
 * What browsers keep the storage of one origin apart by; with the origin it is the storage key
 * (https://storage.spec.whatwg.org/#storage-keys, https://privacycg.github.io/storage-partitioning/, read 2026-11).
 * Storage of an opaque origin, as sandboxed frames have, needs no partition to be apart.
 */
export type Partition =
  /** That of the origin's pages, and of its frames below nothing but its own site. */
  | { kind: 'first-party' }
  /** That of its frames below another site. `topLevelSite` is the page's scheme and registrable domain. */
  | { kind: 'third-party'; topLevelSite: string }
  /** That of frames which keep nothing longer than the page does: credentialless ones. */
  | { kind: 'ephemeral' };

export interface Store {
  source: SourceId;
  /** Origin, or "null" for an opaque one. */
  origin: string;
  /** Null, or left out, when not known. */
  partition?: Partition | null;
  /** The document through which the store was read. */
  url: string;
  entries: StoreEntry[];
  /** A hostile page can lie to 'page-script' reading, not to 'isolated-world'. */
  readBy: 'page-script' | 'isolated-world';
}

export interface StoreEntry {
  key: string;
  text: string;
}

/** A cookie and its attributes. `null` means "not observed", which is never "absent". Values as stored, not decoded. */
export interface Cookie {
  name: string;
  value: string;
  domain: string | null;
  hostOnly: boolean | null;
  path: string | null;
  httpOnly: boolean | null;
  secure: boolean | null;
  sameSite: 'none' | 'lax' | 'strict' | 'unspecified' | null;
  /** True when it has no expiry of its own. */
  session: boolean | null;
  /** Seconds since the epoch. */
  expiresAt: number | null;
  /** Top-level site of a partitioned (CHIPS) cookie. */
  partitionedBy: string | null;
  /** The document URL whose requests carry it. */
  url: string;
}

export interface LooseText {
  name: string;
  text: string;
  /** Where `text` starts in the whole, in characters or bytes; 0 when left out. */
  start?: number;
}

/** One request and what came back, in the terms of HAR 1.2. Texts are as the page saw them: no base64, no compression. */
export interface Exchange {
  /** How a reader finds it again: `entry 12`. */
  name: string;
  method: string;
  /** The whole URL, query and fragment included. */
  url: string;
  /** Seconds since the epoch, with fractions; null when not told. */
  startedAt: number | null;
  /** The document that made the request; null when not told. */
  pageUrl: string | null;
  /** What made it: a script's URL and line, `parser`; null when not told. */
  initiator: string | null;
  /** As sent, repeated names repeated. Cookies stand in the `Cookie` header. */
  requestHeaders: Header[];
  requestBody: Body | null;
  /** Null when no answer was seen. */
  status: number | null;
  /** As received. A redirect's target stands in the `Location` header. */
  responseHeaders: Header[];
  responseBody: Body | null;
  /** WebSocket messages in order; empty for anything else. */
  messages: SocketMessage[];
}

export interface Header {
  name: string;
  value: string;
}

export interface Body {
  /** Bytes that are no text stand for themselves (U+0000 to U+00FF). */
  text: string;
  /** Media type with its parameters; null when not told. */
  mimeType: string | null;
}

export interface SocketMessage {
  /** Seen from the page. */
  direction: 'sent' | 'received';
  text: string;
  /** Seconds since the epoch, with fractions; null when not told. */
  at: number | null;
}

/** A string held in memory and what holds it, so far as that is known. */
export interface MemoryString {
  text: string;
  /** `token in Session`, `context variable jwt`; null when nothing is known. */
  heldBy: string | null;
}

/** Something that could not be read or was cut short, in a sentence a user can act on. */
export interface Problem {
  /** Stable kebab-case code, e.g. "frame-unreadable", "value-too-long". */
  code: string;
  message: string;
  /** Character offset in the text concerned, where there is one. */
  offset?: number;
  /** What it concerns: a frame URL, a storage key, an input's name. */
  subject?: string;
}

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
  | 'read-in-part';

/** `subject` says where: `header`, `claims.exp`, `signature`. */
export interface Irregularity extends Problem {
  code: IrregularityCode;
}

/* ── Places and snippets ────────────────────────────────────────────────────────────────────── */

/** What a place means for whatever lies in it. Rules read these, never source ids. `null` = not observed. */
export interface Traits {
  /** Any script running on the origin can read it. */
  readableByScripts: boolean | null;
  /** Still there after the tab, or the browser, is closed. */
  keptAfterClosing: boolean | null;
  /** Sent to a server with requests, so it reaches logs. */
  sentToServers: boolean | null;
  /** Kept in the browser's history and shown in the address bar. */
  keptInHistory: boolean;
  /** Which part of a URL it stands in. */
  urlPart: 'path' | 'query' | 'fragment' | null;
  /** The kind of storage, for findings that name the remedy. */
  storage: 'local' | 'session' | 'cookie' | 'database' | 'cache' | null;
}

export interface Place {
  source: SourceId;
  /** As a developer would write it: `localStorage["auth"]`, `cookie "session"`, `page URL ?jwt`. */
  label: string;
  origin: string | null;
  /** The document (or request) it belongs to. */
  url: string | null;
  /** Storage key, cookie name or URL parameter. */
  key: string | null;
  traits: Traits;
  cookie: Cookie | null;
}

/** One text to search, and where it lay. */
export interface Snippet {
  place: Place;
  text: string;
  /** Where `text` starts in the value a user would see (a URL's query starts after its `?`). */
  start: number;
  /** How many stored values were joined to make this one (chunked cookies); 1 otherwise. */
  chunks: number;
  /** Seconds since the epoch, when the place tells its own time; otherwise the capture's time holds. */
  seenAt?: number | null;
}

/* ── Detection ──────────────────────────────────────────────────────────────────────────────── */

/** Id of a shape a token can have, as forms/index.ts lists them. Stands in reports. */
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

export interface Sighting extends Hit {
  place: Place;
  chunks: number;
  /** Seconds since the epoch: first seen here. Null for a file that tells no time. */
  seenAt: number | null;
  /** Seconds since the epoch: found missing. Null while still there. */
  goneAt: number | null;
  /** Name of the file it was read from; left out for a live page. */
  input?: string;
  /** What the library that stored it calls it; null when the key belongs to none that is known. */
  wrapper?: Wrapping | null;
}

/** What a library's storage key or cookie name says of the token under it. */
export interface Wrapping {
  /** Id of the wrapper: "msal". */
  id: string;
  /** As a developer would say it: "MSAL access token for api://orders (client 1f2e3d4c…)". */
  label: string;
  /** Null when the key does not tell. */
  use: TokenUse | null;
}

/* ── Tokens ─────────────────────────────────────────────────────────────────────────────────── */

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

/* ── Meaning ────────────────────────────────────────────────────────────────────────────────── */

/** Surest first. */
export const confidences = ['certain', 'likely', 'possible'] as const;
export type Confidence = (typeof confidences)[number];
/** Worst first. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];
/** host = moderator or owner powers; server = a credential that should never be in a browser. */
export const roles = ['host', 'participant', 'viewer', 'server', 'unknown'] as const;
export type Role = (typeof roles)[number];
export const roomScopes = ['one-room', 'some-rooms', 'all-rooms', 'not-stated'] as const;
export type RoomScope = (typeof roomScopes)[number];

/** One vocabulary for every platform, in the order the panel shows it. */
export const privileges = [
  'join',
  'subscribe',
  'publish-audio',
  'publish-video',
  'share-screen',
  'send-data',
  'mute-others',
  'remove-others',
  'admit-others',
  'change-permissions',
  'record',
  'live-stream',
  'transcribe',
  'dial-out',
  'manage-rooms',
  'join-hidden',
  'bypass-lobby',
] as const;
export type Privilege = (typeof privileges)[number];

/** What a token says of one privilege, and which claim says so. */
export interface Grant {
  /** true granted, false denied, null = the token does not say. */
  allowed: boolean | null;
  /** A clause that completes "yes/no/not stated, because …"; for null, what decides instead. */
  because: string;
  /** Deciding claim as a path below the payload (`o`, `p.ca`, `context.user.moderator`), or null. */
  claim: string | null;
}

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

/** Claims translated into neutral words, so that rules need not know platforms. */
export interface Facts {
  use: TokenUse;
  /** Which of a platform's token formats this is: "meeting token", "OpenTok T1 (legacy)". */
  product: string | null;
  tenant: string | null;
  room: string | null;
  roomScope: RoomScope;
  /** Path of the room claim, present or not: `r`, `video.room`. */
  roomClaim: string | null;
  userId: string | null;
  displayName: string | null;
  role: Role;
  /** The platform's own word for the role. */
  vendorRole: string | null;
  /** Why the role was read so, and the claim that decides. */
  roleBecause: string;
  roleClaim: string | null;
  privileges: Partial<Record<Privilege, Grant>>;
  /** Claims that open more than the named room (`*`, patterns, subgroups), each with a clause that says how. */
  wildcards?: { claim: string; says: string }[];
}

export const timeStatuses = ['active', 'expired', 'not-yet-valid', 'never-expires', 'unknown'] as const;
export type TimeStatus = (typeof timeStatuses)[number];

/** Seconds since the epoch; null when the token does not say, or says it in a form that is not a number. */
export interface Times {
  issuedAt: number | null;
  notBefore: number | null;
  expiresAt: number | null;
  lifetimeSeconds: number | null;
  status: TimeStatus;
}

export interface Link {
  title: string;
  url: string;
}

/** A platform, as recognised in one token. */
export interface Recognition {
  confidence: Confidence;
  /** The evidence, in words: "`d` and `r`, and no `iss`". */
  because: string;
  /** How much of the token was matched; the greater wins between equal confidences, whatever the order of the list. */
  strength: number;
}

/** A token with all that was learned about it: what rules judge and the panel shows. */
export interface Subject {
  token: Token;
  sightings: Sighting[];
  provider: { id: string; name: string; confidence: Confidence; because: string } | null;
  facts: Facts;
  times: Times;
  findings: Finding[];
}

export interface Finding {
  rule: string;
  severity: Severity;
  confidence: Confidence;
  title: string;
  /** What is the case here, with the values concerned. Never contains a whole token. */
  says: string;
  why: string;
  fix: string;
  /** What causes it: `claims.exp`, `header.alg`, `sightings[0]`; null for the token as a whole. */
  at: string | null;
  references: Link[];
  /** Ids of the modifiers that changed the severity, e.g. ["M5"]. */
  modifiers: string[];
  /** Token ids, for findings about several. */
  tokens?: string[];
  /** Id of the headline of the same token that this finding is a detail of; details are listed, not counted. */
  under?: string;
  /** Set when the policy mutes this finding; muted ones are listed and counted apart. */
  muted?: { reason: string };
}

/** A key that made a token's signature and that others can know too. */
export interface FoundKey {
  /** blank = empty; known = published or common; derivable = taken from what everybody sees. */
  kind: 'blank' | 'known' | 'derivable';
  /** What the key is, in words; keys that are not public are told by where they come from. */
  says: string;
}

export interface Report {
  /** Seconds since the epoch: the clock used for judging. */
  now: number;
  policy: string;
  /** Tokens, worst finding first. */
  subjects: Subject[];
  /** Findings about several tokens or about a place. */
  findings: Finding[];
  problems: Problem[];
  /** Findings by severity, without details of a headline and without muted ones. */
  summary: { tokens: number; muted?: number } & Record<Severity, number>;
}

/** One thing that was read. */
export interface ReportInput {
  name: string;
  /** `har`, `storage-state`, `heap-snapshot`, `cookie-jar`, `http-message`, `json`, `text`, `binary`, `page` … */
  kind: string;
  /** Null where there is no size, as for a live page. */
  bytes: number | null;
  /** False when nothing could be read from it. */
  readable: boolean;
  problems: readonly Problem[];
}
