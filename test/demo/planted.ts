import type { SourceId } from '../../src/engine/model/capture.ts';
import type { Role } from '../../src/engine/model/facts.ts';
import { type DemoTokens, room, supabaseProject } from './mint-tokens.ts';

export interface PlantedPlace {
  source: SourceId;
  /** As the report labels it. */
  label: string;
  on: 'app' | 'daily' | 'jitsi';
  /** Last step of the path inside the value, where there is one. */
  path?: string;
  /** Seen only with access to the site; or, without it, once at a press of Rescan. */
  needs?: 'access' | 'press';
}

/** One token on a page of the demo site, and what is true of it. */
export interface Planted {
  name: string;
  token: string;
  /** Provider id, or null where the token belongs to no call platform. */
  platform: string | null;
  room: string | null;
  role: Role;
  places: PlantedPlace[];
  /** Rules that must speak up. No other may, unless it only informs. */
  findings: string[];
  /** Those that need cookie attributes, which only access to the site shows. */
  findingsWithAccess?: string[];
}

const stored = (area: 'localStorage' | 'sessionStorage', key: string, path?: string): PlantedPlace => ({
  source: area === 'localStorage' ? 'local-storage' : 'session-storage',
  label: `${area}[${JSON.stringify(key)}]`,
  on: 'app',
  ...(path ? { path } : {}),
});

const cookie = (
  name: string,
  { parts = 1, ...more }: Partial<PlantedPlace> & { parts?: number } = {},
): PlantedPlace => ({
  source: 'cookie',
  label: `cookie "${name}"${parts > 1 ? ` (${parts} parts)` : ''}`,
  on: 'app',
  ...more,
});

const frame = (on: 'daily' | 'jitsi', parameter: string): PlantedPlace => ({
  source: 'frame-url',
  label: `frame URL ${parameter}`,
  on,
});

/** What both pages hold. */
function plantedOnBoth(tokens: DemoTokens): Planted[] {
  return [
    {
      name: "the app's own session in an HttpOnly cookie",
      token: tokens.session,
      platform: null,
      room: null,
      role: 'unknown',
      places: [cookie('session', { needs: 'access' })],
      findings: ['cookie-no-prefix'],
    },
    {
      name: 'the join token, which the page deletes after joining',
      token: tokens.joining,
      platform: 'daily',
      room,
      role: 'participant',
      places: [stored('sessionStorage', 'joining')],
      findings: ['storage-session'],
    },
    {
      name: "a guest's Jitsi token in a frame's fragment",
      token: tokens.jitsiRetro,
      platform: 'jitsi',
      room: 'retro',
      role: 'participant',
      places: [frame('jitsi', '#jwt')],
      findings: ['url-fragment', 'video-no-eject'],
    },
  ];
}

export function plantedOnGuestPage(tokens: DemoTokens): Planted[] {
  return [
    ...plantedOnBoth(tokens),
    {
      name: "a guest's Daily token in the call frame's query",
      token: tokens.dailyGuest,
      platform: 'daily',
      room,
      role: 'participant',
      places: [frame('daily', '?t')],
      findings: ['url-query'],
    },
    {
      name: "a guest's Jitsi token in a frame's query",
      token: tokens.jitsiGuest,
      platform: 'jitsi',
      room,
      role: 'participant',
      places: [frame('jitsi', '?jwt')],
      findings: ['url-query', 'video-no-eject'],
    },
    {
      name: "a Jitsi token for every room, in a URL inside the page URL's parameter",
      token: tokens.jitsiAnyRoom,
      platform: 'jitsi',
      room: '*',
      role: 'participant',
      places: [{ source: 'page-url', label: 'page URL ?from', on: 'app', path: 'jwt' }],
      findings: ['video-room-wildcard', 'url-query', 'url-persisted', 'video-no-eject'],
    },
    {
      name: "a Daily owner's token left on the guest page, in nested JSON strings",
      token: tokens.dailyHostLeft,
      platform: 'daily',
      room,
      role: 'host',
      places: [stored('localStorage', 'persist:root', 'token')],
      findings: [
        'video-host-on-guest-page',
        'storage-local',
        'video-record-grant',
        'video-host-grant',
        'video-no-eject',
      ],
    },
    {
      name: 'a Daily token that lives 90 days, in a cookie that scripts can read',
      token: tokens.dailyQuarter,
      platform: 'daily',
      room,
      role: 'participant',
      places: [cookie('meeting_token')],
      findings: ['lifetime-long', 'cookie-not-httponly', 'video-no-eject'],
      findingsWithAccess: ['cookie-outlives-token'],
    },
    {
      name: 'a Daily token without expiry',
      token: tokens.dailyNoExpiry,
      platform: 'daily',
      room,
      role: 'participant',
      places: [stored('localStorage', 'fallback-token')],
      findings: ['exp-missing', 'storage-local'],
    },
    {
      name: 'a Daily token without a room',
      token: tokens.dailyNoRoom,
      platform: 'daily',
      room: null,
      role: 'participant',
      places: [stored('sessionStorage', 'any-room')],
      findings: ['video-room-missing', 'storage-session', 'video-no-eject'],
    },
    {
      name: 'a Daily token that expired ten days ago',
      token: tokens.dailyExpired,
      platform: 'daily',
      room,
      role: 'participant',
      places: [stored('localStorage', 'last-call', 'token')],
      findings: ['exp-expired', 'expired-token-stored', 'storage-local'],
    },
    {
      name: 'a Jitsi token that is valid from tomorrow',
      token: tokens.jitsiTomorrow,
      platform: 'jitsi',
      room: 'planning',
      role: 'participant',
      places: [stored('sessionStorage', 'next-call', 'token')],
      findings: ['nbf-future', 'lifetime-long', 'storage-session'],
    },
    {
      name: 'a JaaS token in a percent-encoded cookie',
      token: tokens.jaasGuest,
      platform: 'jaas',
      room: 'design-review',
      role: 'participant',
      places: [cookie('review', { path: 'token' })],
      findings: ['cookie-not-httponly', 'video-no-eject'],
    },
    {
      name: 'a Supabase access token cut over two cookies',
      token: tokens.supabase,
      platform: 'supabase',
      room: null,
      role: 'unknown',
      places: [cookie(`sb-${supabaseProject}-auth-token`, { path: 'access_token', parts: 2 })],
      findings: ['cookie-not-httponly'],
      findingsWithAccess: ['cookie-outlives-token'],
    },
    {
      name: 'a Vonage token',
      token: tokens.vonageGuest,
      platform: 'vonage',
      room: tokens.vonageSessionId,
      role: 'participant',
      places: [stored('sessionStorage', 'vonage', 'token')],
      findings: ['storage-session', 'video-no-eject'],
    },
    {
      name: 'a legacy OpenTok token',
      token: tokens.openTokLegacy,
      platform: 'opentok',
      room: tokens.openTokSessionId,
      role: 'participant',
      places: [stored('localStorage', 'opentok.token')],
      findings: ['storage-local', 'lifetime-long', 'video-legacy-token'],
    },
  ];
}

export function plantedOnHostPage(tokens: DemoTokens): Planted[] {
  return [
    ...plantedOnBoth(tokens),
    {
      name: "the host's Daily token in the call frame's query",
      token: tokens.dailyHost,
      platform: 'daily',
      room,
      role: 'host',
      places: [frame('daily', '?t')],
      findings: ['url-query', 'video-host-grant', 'video-record-grant'],
    },
    {
      name: "the host's Jitsi token in a frame's query",
      token: tokens.jitsiHost,
      platform: 'jitsi',
      room,
      role: 'host',
      places: [frame('jitsi', '?jwt')],
      findings: ['url-query', 'video-host-grant', 'video-no-eject'],
    },
    {
      name: "a moderator's JaaS token in a percent-encoded cookie",
      token: tokens.jaasHost,
      platform: 'jaas',
      room: 'design-review',
      role: 'host',
      places: [cookie('review', { path: 'token' })],
      findings: ['cookie-not-httponly', 'video-host-grant', 'video-record-grant'],
    },
    {
      name: "a moderator's Vonage token",
      token: tokens.vonageHost,
      platform: 'vonage',
      room: tokens.vonageSessionId,
      role: 'host',
      places: [stored('sessionStorage', 'vonage')],
      findings: ['storage-session', 'video-host-grant'],
    },
    {
      name: "a moderator's OpenTok JWT",
      token: tokens.openTokHost,
      platform: 'opentok',
      room: tokens.openTokSessionId,
      role: 'host',
      places: [stored('sessionStorage', 'opentok')],
      findings: ['storage-session', 'lifetime-long', 'video-host-grant'],
    },
  ];
}

/** What the green room holds, where a speaker waits to be let on stage. `app` is the origin of its page. */
export function plantedInGreenRoom(tokens: DemoTokens, app: string): Planted[] {
  const appPlace = (source: SourceId, label: string, more: Partial<PlantedPlace> = {}): PlantedPlace[] => [
    { source, label, on: 'app', ...more },
  ];
  return [
    {
      name: 'a LiveKit token in the data that the server wrote into the page',
      token: tokens.rehearsal,
      platform: 'livekit',
      room: 'rehearsal',
      role: 'participant',
      places: appPlace('page-content', 'script#__NEXT_DATA__', { path: 'token' }),
      findings: ['token-in-dom'],
    },
    {
      name: 'a Zoom token in a hidden field of the form to check in',
      token: tokens.backupLine,
      platform: 'zoom-video-sdk',
      room: 'backup-line',
      role: 'participant',
      places: appPlace('page-content', 'input[name="ticket"] value'),
      findings: ['token-in-dom'],
    },
    {
      name: 'a Daily token that the app’s router brought from the lobby',
      token: tokens.fromLobby,
      platform: 'daily',
      room: 'all-hands',
      role: 'participant',
      places: appPlace('history-state', 'history.state', { path: 'token' }),
      findings: ['token-in-history-state'],
    },
    {
      name: 'a Jitsi token in the name of the window, by which the agenda handed it over',
      token: tokens.fromAgenda,
      platform: 'jitsi',
      room: 'agenda',
      role: 'participant',
      places: appPlace('window-name', 'window.name', { path: 'token' }),
      findings: ['token-in-window-name'],
    },
    {
      name: 'a Twilio token in the database that the app keeps for when it is offline',
      token: tokens.offline,
      platform: 'twilio',
      room: 'all-hands',
      role: 'participant',
      places: appPlace('indexed-db', 'indexedDB["northwind-offline"]["calls"]["next"]', {
        path: 'token',
        needs: 'press',
      }),
      findings: ['storage-indexeddb'],
    },
    {
      name: 'a Stream token in an answer that the app keeps in its cache',
      token: tokens.seat,
      platform: 'stream',
      room: 'default:all-hands',
      role: 'unknown',
      places: appPlace('cache-storage', `cache "northwind-shell": body of ${app}/green-room/seat`, {
        path: 'token',
        needs: 'press',
      }),
      findings: ['storage-cache'],
    },
    {
      name: 'a Daily token that the page posts to the frame of the stage, which keeps it in memory',
      token: tokens.toStage,
      platform: 'daily',
      room: 'stage',
      role: 'participant',
      places: [{ source: 'message', label: `message from ${app}`, on: 'daily', path: 'token', needs: 'access' }],
      findings: [],
    },
  ];
}
