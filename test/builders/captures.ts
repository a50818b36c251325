import {
  type Capture,
  type Cookie,
  type Exchange,
  emptyExchange,
  type SourceId,
  type Store,
} from '../../src/engine/model/capture.ts';
import { daily, days, hours, jwt, minutes, rawJwt, now as testNow, without } from './tokens.ts';

/** A capture of a page with nothing in it, and whatever is given. */
export function captureOf(parts: Partial<Capture> = {}): Capture {
  return {
    readAt: testNow,
    page: {
      url: 'https://call.example/standup',
      title: 'Standup',
      scriptOrigins: null,
      loadedAt: testNow,
    },
    frames: [],
    stores: [],
    cookies: [],
    texts: [],
    problems: [],
    ...parts,
  };
}

export function localStorageOf(entries: Record<string, string>, origin = 'https://call.example'): Store {
  return storeOf('local-storage', entries, origin);
}

export function sessionStorageOf(entries: Record<string, string>, origin = 'https://call.example'): Store {
  return storeOf('session-storage', entries, origin);
}

type WebStorage = 'local-storage' | 'session-storage';

function storeOf(source: WebStorage, entries: Record<string, string>, origin: string): Store {
  return {
    source,
    origin,
    url: `${origin}/`,
    entries: Object.entries(entries).map(([key, text]) => ({ key, text })),
    readBy: 'isolated-world',
  };
}

/** What databases or caches of an origin hold, by keys that are JSON lists. */
export function keyedStoreOf(
  source: SourceId,
  entries: Record<string, string>,
  origin = 'https://call.example',
): Store {
  const list = Object.entries(entries).map(([key, text]) => ({ key, text }));
  return { source, origin, url: `${origin}/`, entries: list, readBy: 'isolated-world' };
}

/** What documents of an origin hold: of each text the lines of its key, the document's URL first, and last the text. */
export function documentStoreOf(source: SourceId, texts: string[][], origin = 'https://call.example'): Store {
  const entries = texts.map((lines) => ({ key: lines.slice(0, -1).join('\n'), text: lines.at(-1) ?? '' }));
  return { source, origin, url: `${origin}/`, entries, readBy: 'isolated-world' };
}

/** A request without bodies that was answered, with whatever the test changes. */
export function exchangeOf(parts: Partial<Exchange> = {}): Exchange {
  return {
    ...emptyExchange('entry 1', 'https://call.example/join'),
    method: 'GET',
    startedAt: testNow,
    status: 200,
    ...parts,
  };
}

export function cookieOf(name: string, value: string, attributes: Partial<Cookie> = {}): Cookie {
  return {
    name,
    value,
    domain: 'call.example',
    hostOnly: true,
    path: '/',
    httpOnly: false,
    secure: true,
    sameSite: 'lax',
    session: true,
    expiresAt: null,
    partitionedBy: null,
    url: 'https://call.example/',
    ...attributes,
  };
}

/** What a test says about a page; everything left out is empty or ordinary. */
export interface PageParts {
  url?: string;
  title?: string;
  /** Origins scripts came from; null (not observed) when left out. */
  scripts?: string[] | null;
  loadedAt?: number;
  local?: Record<string, string>;
  session?: Record<string, string>;
  windowName?: string;
  /** As JSON. */
  historyState?: string;
  /** What the document holds: attribute, tag, id, name, a number, and the text. */
  content?: string[][];
  cookies?: ({ name: string; value: string } & Partial<Cookie>)[];
  /** URLs of frames below the page. */
  frames?: string[];
  /** What the page asked and was answered, in order; members left out are those of `exchangeOf`. */
  exchanges?: Partial<Exchange>[];
  /** Loose texts; a capture of these alone has no page. */
  texts?: string[];
  /** When it was read, if not at the tests' `now`. */
  readAt?: number;
}

export const pageUrl = 'https://call.acme.com/standup';

/** A capture of one page, as the extension would deliver it; of no page when there are only texts. */
export function pageOf(parts: PageParts): Capture {
  const {
    url = pageUrl,
    title = 'Call',
    scripts = null,
    local,
    session,
    windowName,
    historyState,
    content = [],
    cookies = [],
    frames = [],
    texts = [],
    exchanges = [],
  } = parts;
  const document = (source: SourceId, texts: string[][]) =>
    texts.length > 0
      ? [
          documentStoreOf(
            source,
            texts.map((lines) => [url, ...lines]),
            new URL(url).origin,
          ),
        ]
      : [];
  const isText = texts.length > 0 && Object.keys(parts).every((name) => name === 'texts' || name === 'readAt');
  return {
    readAt: parts.readAt ?? testNow,
    page: isText ? null : { url, title, scriptOrigins: scripts, loadedAt: parts.loadedAt ?? testNow - 60 },
    frames: frames.map((frame) => ({
      url: frame,
      origin: new URL(frame).origin,
      parentUrl: url,
      loadedAt: testNow - 60,
    })),
    stores: [
      ...stored('local-storage', local, url),
      ...stored('session-storage', session, url),
      ...document('window-name', windowName === undefined ? [] : [['', 'window.name', windowName]]),
      ...document('history-state', historyState === undefined ? [] : [['', 'history.state', historyState]]),
      ...document('page-content', content),
    ],
    cookies: cookies.map((one) => cookie(one, url)),
    texts: texts.map((text, index) => ({ name: `text ${index + 1}`, text })),
    exchanges: exchanges.map((one, index) => exchangeOf({ name: `request ${index + 1}`, pageUrl: url, ...one })),
    problems: [],
  };
}

/** What a store of the page at `url` holds; none where nothing is given. */
function stored(source: WebStorage, entries: Record<string, string> = {}, url: string): Store[] {
  const store = storeOf(source, entries, new URL(url).origin);
  return store.entries.length > 0 ? [{ ...store, url }] : [];
}

/** A well-made session cookie of the page's host, with whatever the test changes. */
function cookie(parts: { name: string; value: string } & Partial<Cookie>, url = pageUrl): Cookie {
  return {
    domain: new URL(url).hostname,
    hostOnly: true,
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'lax',
    session: true,
    expiresAt: null,
    partitionedBy: null,
    url,
    ...parts,
  };
}

/** A call page as a developer may meet it: several platforms, good and bad tokens, in many places. Times are around `now`. */
export function callPage(now = testNow): Capture {
  const around = { iat: now - 60, exp: now + hours(1) };
  const guest = daily.guest(around);
  const host = daily.host(around);
  const jitsi = jwt(
    {
      aud: 'jitsi',
      iss: 'roomkey_demo',
      sub: 'meet.example',
      room: '*',
      nbf: now + minutes(12),
      exp: now + hours(4),
      context: {
        user: { id: 'u-17', name: 'Grace Hopper', email: 'grace@call.example', moderator: 'true', avatar: '' },
        features: { recording: true, livestreaming: false, 'screen-sharing': true },
      },
    },
    { kid: 'demo-2026' },
  );
  const livekit = jwt({
    iss: 'APIabcdef',
    sub: 'nurse-4',
    name: 'Nurse\u202Eesrun',
    nbf: now - minutes(5),
    exp: now + minutes(3),
    video: { room: 'ward-7', roomJoin: true, canPublish: true, canSubscribe: true, roomAdmin: true },
    metadata: JSON.stringify({ embedded: guest }),
  });
  const endless = daily.guest({ u: 'Linus', exp: without, iat: now - days(3) });
  const expired = daily.guest({ u: 'Barbara', iat: now - hours(5), exp: now - hours(3) });
  const wordy = jwt({ sub: 'someone', iss: 'https://id.example', aud: 'app', ...around, note: 'long '.repeat(4000) });
  const damaged = rawJwt({ alg: 'HS256', typ: 'JWT' }, '{"room":"standup","exp":179517').slice(0, -6);
  return {
    readAt: now,
    page: {
      url: `https://call.example/standup?name=Ada&t=${guest}`,
      title: 'Standup',
      scriptOrigins: null,
      loadedAt: now - 5,
    },
    frames: [
      {
        url: `https://video.example/standup?t=${host}`,
        origin: 'https://video.example',
        parentUrl: 'https://call.example/standup',
        loadedAt: now - 4,
      },
      {
        url: `https://meet.example/Ward#jwt=${jitsi}&config.prejoin=false`,
        origin: 'https://meet.example',
        parentUrl: 'https://call.example/standup',
        loadedAt: now - 4,
      },
    ],
    stores: [
      localStorageOf({
        auth: guest,
        session: JSON.stringify({ inner: JSON.stringify({ token: livekit }) }),
        'old-call': expired,
        profile: wordy,
        broken: damaged,
      }),
      sessionStorageOf({ guest: endless }),
    ],
    cookies: [
      cookieOf('meeting', host, { sameSite: 'none', session: false, expiresAt: now + days(90) }),
      cookieOf('sid', jwt({ sub: 'f81d4fae', sid: '91', ...around }), { httpOnly: true, hostOnly: false }),
    ],
    texts: [],
    problems: [
      {
        code: 'frame-unreadable',
        message: 'This frame went away while it was read. Press Rescan to read it again.',
        subject: 'https://ads.example/frame',
      },
    ],
  };
}

/** Many tokens in one store. */
export function crowdedPage(count: number, now = testNow): Capture {
  const entries = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `token-${index}`,
      daily.guest({ u: `Guest ${index}`, r: `room-${index % 40}`, iat: now - 60, exp: now + 60 + index * 7 }),
    ]),
  );
  return captureOf({ readAt: now, stores: [localStorageOf(entries)] });
}
