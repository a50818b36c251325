import type { OtherUnit } from '../text/time-unit.ts';
import type { Confidence, TokenUse } from './token.ts';

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

export const timeKinds = ['issued', 'starts', 'ends'] as const;

/** A time claim in another unit than the seconds of a NumericDate (RFC 7519 §2). */
export interface MisreadTime {
  /** Path below the payload: `exp`. */
  claim: string;
  says: (typeof timeKinds)[number];
  /** As it stands in the token. */
  value: number;
  unit: OtherUnit;
}

/**
 * Seconds since the epoch; null when the token does not say, or says it in a form that is not a number of seconds. A token
 * whose end or start is in another unit has the status `unknown`, unless what is in seconds decides: servers that read
 * seconds take it for ever, or never, and its maker meant otherwise.
 */
export interface Times {
  issuedAt: number | null;
  notBefore: number | null;
  expiresAt: number | null;
  lifetimeSeconds: number | null;
  status: TimeStatus;
  /** What ends a token that carries no time: "its meeting". Left out where a time does, or nothing. */
  endsWith?: string;
  /** Left out where every time is in seconds. */
  notSeconds?: MisreadTime[];
}

/** A platform, as recognised in one token. */
export interface Recognition {
  confidence: Confidence;
  /** The evidence, in words: "`d` and `r`, and no `iss`". */
  because: string;
  /** How much of the token was matched; the greater wins between equal confidences, whatever the order of the list. */
  strength: number;
}
