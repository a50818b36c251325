/** Id of a place a string can come from, as find/sources/index.ts lists them. Stands in reports. */
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
  /** Hosts of the page whose cookies only its scripts told of, so that those which scripts cannot read are not among them. */
  closedHosts?: string[];
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
  /** Seconds since the epoch: when this document was first seen with this URL. */
  loadedAt: number;
  /** Seconds since the epoch: when this document began to be loaded, by its own word. Left out, or null, when not told. */
  startedAt?: number | null;
  /** Stands for the document: one loaded again has another. Left out, or null, when not told. */
  documentId?: string | null;
}

export interface Frame {
  url: string;
  /** Origin, or "null" for an opaque one (sandbox, data:). */
  origin: string;
  parentUrl: string | null;
  /** Where the frame keeps what it stores. Null, or left out, when not known. */
  partition?: Partition | null;
  /** Set where it shows an error of the browser's instead, as of a frame that a policy forbids. */
  isError?: true;
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
  /** True when not all of it could be read: what is not among the entries may lie there all the same. */
  isPartial?: boolean;
  /** A hostile page can lie to 'page-script' reading, not to 'isolated-world'. */
  readBy: 'page-script' | 'isolated-world';
  /** Set where the page was found to have replaced functions by which it was read. */
  isDoubted?: true;
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
  /** Set where the page told of it, and was found to have replaced functions by which it was read. */
  isDoubted?: true;
}

export interface LooseText {
  name: string;
  text: string;
  /** Where `text` starts in the whole, in characters or bytes; 0 when left out. */
  start?: number;
  /** The line and column at which it starts in the whole. Left out where the whole has none, as bytes that are no text. */
  from?: LineColumn;
  /** Origin of the server that it was said to, where that stands beside it. */
  origin?: string;
}

/** Both count from 1. A line ends with a line feed, after a carriage return or not; columns are UTF-16 code units. */
export interface LineColumn {
  line: number;
  column: number;
}

/** One request and what came back, in the terms of HAR 1.2. Texts are as the page saw them: no base64, no compression. */
export interface Exchange {
  /** How a reader finds it again: `entry 12`. */
  name: string;
  /** Empty when not told. */
  method: string;
  /** The whole URL, query and fragment included. */
  url: string;
  /** Seconds since the epoch, with fractions; null when not told. */
  startedAt: number | null;
  /** The document that made the request; null when not told. */
  pageUrl: string | null;
  /** The script, or the document, whose line made it; null when not told. */
  initiator: Initiator | null;
  /** As sent, repeated names repeated. Cookies stand in the `Cookie` header. */
  requestHeaders: Header[];
  requestBody: Body | null;
  /** Those of the `Cookie` header whose attributes the browser told. Left out where it told none. */
  requestCookies?: Cookie[];
  /** Null when no answer was seen. */
  status: number | null;
  /** Those that the answer set and of which no `Set-Cookie` header tells, with what is told of their attributes. Left out where there are none. */
  responseCookies?: Cookie[];
  /** As received. A redirect's target stands in the `Location` header. */
  responseHeaders: Header[];
  responseBody: Body | null;
  /** WebSocket messages, or events of a stream, in order; empty for anything else. */
  messages: SocketMessage[];
  /** Seconds since the epoch, with fractions: when the answer was there. Null, or left out, when not told. */
  endedAt?: number | null;
  /** Seconds since the epoch, with fractions: when its headers were there. Left out when not told. */
  answeredAt?: number;
  /** Set where nothing of it left the browser: it was blocked, or there was no connection. */
  isUnsent?: true;
  /** Set where the browser answered from its cache. */
  isFromCache?: true;
  /** Set where the page's service worker answered, and it was not seen to send all of the request on. */
  isFromWorker?: true;
  /** Set where it brought the document of a page or a frame. */
  isDocument?: true;
  /** Set where it is no request, but messages that a window of this origin ("null" for an opaque one) posted to the document of `url`. */
  posted?: {
    from: string;
    /** Ports that went with it; what goes through them is not heard. */
    ports: number;
  };
  /** Set where it is no request, but a call of a script in the document of `url` whose texts are its messages: what its trace told. */
  traced?: TracedCall;
  /** Set where nothing but its address is known, and that from the page's own record of what it loaded, which it can clear. */
  isRecordedByPage?: true;
  /** Set where the request itself was told of before, and only what is new stands here. */
  isContinued?: true;
  /** Set where its messages are the events of a stream (`text/event-stream`) rather than of a WebSocket. */
  isEventStream?: true;
  /** Messages of it that were told of before. */
  messagesBefore?: number;
  /** Of the request as it was told before, where only what is new stands here. */
  toldBefore?: Pick<ExchangeFacts, 'madeBy' | 'hasCredentials' | 'asked'>;
}

/** A call of one of the browser's functions, as the page's own script let it be seen. */
export interface TracedCall {
  /** As a developer would write it: `localStorage.setItem("auth")`. */
  call: string;
  /** What each of its texts is: `header Authorization`. */
  parts: string[];
  /** The calls that led to it, the innermost first, as the browser writes them: `at join (https://call.example/app.js:12:5)`. */
  stack: string[];
}

/** Where a request was made. */
export interface Initiator {
  url: string;
  /** Counts from 1; null when not told. */
  line: number | null;
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
  direction: Direction;
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
  /** It is the text of a script, as far as is known the same for everybody who loads it. Left out where it is none. */
  isCode?: true;
  /** The kind of storage, for findings that name the remedy. */
  storage: 'local' | 'session' | 'cookie' | 'database' | 'cache' | 'file' | 'document' | 'window' | 'history' | null;
}

/**
 * Who read a place: the browser itself, a script beside the page's own, the page's own script, which can hide and invent, or
 * whoever wrote the file it comes from.
 */
export const readers = ['browser', 'isolated', 'page', 'file'] as const;
export type ReadBy = (typeof readers)[number];

/** Seen from the page. */
export const directions = ['sent', 'received'] as const;
export type Direction = (typeof directions)[number];

/** Who may keep an answer (RFC 9111 §5.2.2): nobody, the browser alone, or every cache on the way; `unsaid` leaves it to the browser. */
export type KeptBy = 'nobody' | 'browser' | 'anybody' | 'unsaid';

/** What a place in traffic tells of the request that it lies in, and of the answer. Texts are cut short. `null` = not told. */
export interface ExchangeFacts {
  /** As its exchange is called: `entry 12`. */
  name: string;
  direction: Direction;
  method: string;
  status: number | null;
  initiator: Initiator | null;
  /** The page that it was made for. */
  pageUrl: string | null;
  /** Origin of the document that made it, which may be a frame's. */
  madeBy: string | null;
  /** Seconds since the epoch, with fractions. */
  startedAt: number | null;
  endedAt: number | null;
  /** When the headers of the answer were there. Left out when not told. */
  answeredAt?: number;
  /** It brought the document of a page or a frame. */
  isDocument: boolean;
  /** Whether that is one in a frame; null where the browser does not say, and for what is no document. */
  isFrame?: boolean | null;
  /** What it brings are the events of a stream, which no cache keeps. */
  isEventStream?: true;
  /** Nothing of it left the browser, which may have answered from its cache. Left out where it did, or may have. */
  isUnsent?: true;
  isFromCache: boolean;
  /** The page's service worker answered, and whether it sent the request on is not known. Left out where it did not. */
  isFromWorker?: true;
  /** Whether a header said who asks: a cookie, a key or another credential. Null where its headers are not told as they were sent. */
  hasCredentials: boolean | null;
  /** What was asked in a form or a JSON object, name and value; the first few short ones. Of answers only. */
  asked: [name: string, value: string][];
  reply: ReplyFacts | null;
}

/** What the headers of an answer say. */
export interface ReplyFacts {
  keptBy: KeptBy;
  /** Whose scripts may read it beside those of its own origin: everybody's, those of the origin that asked, or of documents without one; null = nobody else's. */
  readableBy: 'anybody' | 'asker' | 'opaque' | null;
  /** Whether they may ask with the user's cookies. */
  allowsCredentials: boolean;
  /** The policy for requests of the document that was answered with; null where it sets none that browsers know. */
  referrerPolicy: string | null;
  /** Seconds since the epoch by the server's clock, when it answered. */
  serverAt: number | null;
  /** Cookies that the browser renews from now on by proving that it holds a key. Left out where there are none. */
  boundCookies?: string[];
  /** The browser itself answered, because the server is to be spoken to by https alone (HSTS). */
  isUpgrade: boolean;
}

/** Where in the page's scripts a call was made. Texts are cut short. */
export interface CallFacts {
  /** The innermost script that has an address; null where none has. */
  script: Initiator | null;
  stack: string[];
}

export interface Place {
  source: SourceId;
  /** As a developer would write it: `localStorage["auth"]`, `cookie "session"`, `page URL ?jwt`. */
  label: string;
  origin: string | null;
  /** The document (or request) it belongs to. */
  url: string | null;
  /** Origin that posted what arrived here; left out elsewhere. */
  from?: string;
  /** Storage key, cookie name or URL parameter. */
  key: string | null;
  traits: Traits;
  cookie: Cookie | null;
  /** Left out where it is not known. */
  readBy?: ReadBy;
  /** Set where it was read through the page's own script, and the page was found to have replaced functions by which it was. */
  isDoubted?: true;
  /** Set where it is the address of a frame that shows an error instead: whether anything was sent there is not known. */
  isErrorPage?: true;
  /** Left out where it is no place in traffic. */
  exchange?: ExchangeFacts;
  /** Left out where it is no call of a script. */
  call?: CallFacts;
}

/** One text to search, and where it lay. */
export interface Snippet {
  place: Place;
  text: string;
  /** Where `text` starts in the value a user would see (a URL's query starts after its `?`). */
  start: number;
  /** How many stored values were joined to make this one (chunked cookies); 1 otherwise. */
  chunks: number;
  /** It is the name that something is kept under. */
  isName?: true;
  /** Seconds since the epoch, when the place tells its own time; otherwise the capture's time holds. */
  seenAt?: number | null;
}

/** Where more may lie than was found, because a part of the search failed or there was too much to search. */
export interface Unsearched {
  sources: readonly SourceId[];
  places: readonly Place[];
}

/** The traits of a place of which nothing is known. No browser keeps it in its history. */
export const unknownTraits: Readonly<Traits> = {
  readableByScripts: null,
  keptAfterClosing: null,
  sentToServers: null,
  keptInHistory: false,
  urlPart: null,
  storage: null,
};

/** A capture in which nothing was read. `readAt` is in seconds since the epoch. */
export function emptyCapture(readAt: number): Capture {
  return { readAt, page: null, frames: [], stores: [], cookies: [], texts: [], problems: [] };
}

/** An exchange of which no more is told than what it is called and where it went. */
export function emptyExchange(name: string, url: string): Exchange {
  return {
    name,
    method: '',
    url,
    startedAt: null,
    pageUrl: null,
    initiator: null,
    requestHeaders: [],
    requestBody: null,
    status: null,
    responseHeaders: [],
    responseBody: null,
    messages: [],
  };
}
