import type { Role, SourceId } from '../../src/engine/model.ts';
import { type DemoTokens, room, supabaseProject } from './mint-tokens.ts';

export interface PlantedPlace {
  source: SourceId;
  /** As the report labels it. */
  label: string;
  on: 'app' | 'daily' | 'jitsi';
  /** Last step of the path inside the value, where there is one. */
  path?: string;
  /** Seen only with access to the site. */
  needsAccess?: boolean;
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
  /** Rules that must speak up, all of them. Of a token whose only place needs access: with access. */
  findings: string[];
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
      places: [cookie('session', { needsAccess: true })],
      findings: [],
    },
    {
      name: 'the join token, which the page deletes after joining',
      token: tokens.joining,
      platform: 'daily',
      room,
      role: 'participant',
      places: [stored('sessionStorage', 'joining')],
      findings: [],
    },
    {
      name: "a guest's Jitsi token in a frame's fragment",
      token: tokens.jitsiRetro,
      platform: 'jitsi',
      room: 'retro',
      role: 'participant',
      places: [frame('jitsi', '#jwt')],
      findings: [],
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
      findings: [],
    },
    {
      name: "a guest's Jitsi token in a frame's query",
      token: tokens.jitsiGuest,
      platform: 'jitsi',
      room,
      role: 'participant',
      places: [frame('jitsi', '?jwt')],
      findings: [],
    },
    {
      name: "a Jitsi token for every room, in a URL inside the page URL's parameter",
      token: tokens.jitsiAnyRoom,
      platform: 'jitsi',
      room: '*',
      role: 'participant',
      places: [{ source: 'page-url', label: 'page URL ?from', on: 'app', path: 'jwt' }],
      findings: [],
    },
    {
      name: "a Daily owner's token left on the guest page, in nested JSON strings",
      token: tokens.dailyHostLeft,
      platform: 'daily',
      room,
      role: 'host',
      places: [stored('localStorage', 'persist:root', 'token')],
      findings: [],
    },
    {
      name: 'a Daily token that lives 90 days, in a cookie that scripts can read',
      token: tokens.dailyQuarter,
      platform: 'daily',
      room,
      role: 'participant',
      places: [cookie('meeting_token')],
      findings: [],
    },
    {
      name: 'a Daily token without expiry',
      token: tokens.dailyNoExpiry,
      platform: 'daily',
      room,
      role: 'participant',
      places: [stored('localStorage', 'fallback-token')],
      findings: [],
    },
    {
      name: 'a Daily token without a room',
      token: tokens.dailyNoRoom,
      platform: 'daily',
      room: null,
      role: 'participant',
      places: [stored('sessionStorage', 'any-room')],
      findings: [],
    },
    {
      name: 'a Daily token that expired ten days ago',
      token: tokens.dailyExpired,
      platform: 'daily',
      room,
      role: 'participant',
      places: [stored('localStorage', 'last-call', 'token')],
      findings: [],
    },
    {
      name: 'a Jitsi token that is valid from tomorrow',
      token: tokens.jitsiTomorrow,
      platform: 'jitsi',
      room: 'planning',
      role: 'participant',
      places: [stored('sessionStorage', 'next-call', 'token')],
      findings: [],
    },
    {
      name: 'a JaaS token in a percent-encoded cookie',
      token: tokens.jaasGuest,
      platform: 'jaas',
      room: 'design-review',
      role: 'participant',
      places: [cookie('review', { path: 'token' })],
      findings: [],
    },
    {
      name: 'a Supabase access token cut over two cookies',
      token: tokens.supabase,
      platform: 'supabase',
      room: null,
      role: 'unknown',
      places: [cookie(`sb-${supabaseProject}-auth-token`, { path: 'access_token', parts: 2 })],
      findings: [],
    },
    {
      name: 'a Vonage token',
      token: tokens.vonageGuest,
      platform: 'vonage',
      room: tokens.vonageSessionId,
      role: 'participant',
      places: [stored('sessionStorage', 'vonage', 'token')],
      findings: [],
    },
    {
      name: 'a legacy OpenTok token',
      token: tokens.openTokLegacy,
      platform: 'opentok',
      room: tokens.openTokSessionId,
      role: 'participant',
      places: [stored('localStorage', 'opentok.token')],
      findings: [],
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
      findings: [],
    },
    {
      name: "the host's Jitsi token in a frame's query",
      token: tokens.jitsiHost,
      platform: 'jitsi',
      room,
      role: 'host',
      places: [frame('jitsi', '?jwt')],
      findings: [],
    },
    {
      name: "a moderator's JaaS token in a percent-encoded cookie",
      token: tokens.jaasHost,
      platform: 'jaas',
      room: 'design-review',
      role: 'host',
      places: [cookie('review', { path: 'token' })],
      findings: [],
    },
    {
      name: "a moderator's Vonage token",
      token: tokens.vonageHost,
      platform: 'vonage',
      room: tokens.vonageSessionId,
      role: 'host',
      places: [stored('sessionStorage', 'vonage')],
      findings: [],
    },
    {
      name: "a moderator's OpenTok JWT",
      token: tokens.openTokHost,
      platform: 'opentok',
      room: tokens.openTokSessionId,
      role: 'host',
      places: [stored('sessionStorage', 'opentok')],
      findings: [],
    },
  ];
}
