import type { LifetimeKey, LifetimeTiers, PolicyFile, policyNames } from './policy-file.ts';

export type { ClaimDemand, LifetimeKey, LifetimeTiers } from './policy-file.ts';

/** Limits and severities to judge by: what a policy file says, laid over the policy it extends. */
export type Policy = Required<Omit<PolicyFile, '$schema' | 'extends'>>;

/** What a policy can change, for everything or for one origin. */
export type PolicyRules = Pick<Policy, 'lifetimes' | 'severities' | 'off'>;

/** A finding that somebody has looked at and accepted. At least one of token, place and origin is set. */
export type Mute = Policy['mutes'][number];

const minute = 60;
const hour = 3600;
const day = 86_400;

/** Shorthand: upper ends of ok, info, low and medium. */
function tiers(ok: number | null, info: number | null, low: number | null, medium: number | null): LifetimeTiers {
  return { ok, info, low, medium };
}

const proof = tiers(5 * minute, 10 * minute, hour, null);
const anyLength = tiers(365 * day, null, null, null);

const standardLifetimes: Partial<Record<LifetimeKey, LifetimeTiers>> = {
  access: tiers(hour, day, 7 * day, 30 * day),
  unknown: tiers(hour, day, 7 * day, 30 * day),
  'access:bound': tiers(day, 7 * day, 30 * day, null),
  id: tiers(hour, day, 30 * day, null),
  session: tiers(day, 30 * day, 90 * day, null),
  'session:readable': tiers(hour, day, 7 * day, 30 * day),
  refresh: tiers(14 * day, 90 * day, 365 * day, null),
  'video-join': tiers(6 * hour, day, 7 * day, 30 * day),
  'video-join:host': tiers(4 * hour, 12 * hour, day, 7 * day),
  'one-time': tiers(hour, day, 7 * day, null),
  'client-assertion': proof,
  'dpop-proof': proof,
  'request-object': proof,
  vc: anyLength,
  'public-key-token': anyLength,
};

const nothingElse = {
  severities: {},
  // The norm today: they would be said of nearly every access token.
  off: ['typ-missing', 'bearer-unbound'],
  timeBoxedCalls: false,
  origins: {},
  requiredClaims: [],
  forbiddenClaims: [],
  mutes: [],
  recipients: [],
} satisfies Partial<Policy>;

/**
 * For ordinary calls. Bearer tokens given to browsers should live an hour or less (RFC 6750 §5.3); a participant's
 * token may span a working day's calls, because several platforms ask for it again when a connection is lost.
 */
export const standard: Policy = { ...nothingElse, name: 'standard', lifetimes: standardLifetimes };

/**
 * For calls whose content is sensitive, such as telehealth or legal advice. A consultation lasts about an hour, so a
 * participant's token may live 2 h (a long visit with a late start) and a host's 1 h before it is mentioned, 8 h
 * (a clinic day) and 4 h before it is low, a day and 8 h before it is medium. Sessions readable by scripts get
 * 15 min, the automatic logoff usual in clinical software (45 CFR 164.312(a)(2)(iii) asks for one). Staying after the end is a
 * finding, since whoever overstays one consultation may hear the next.
 */
export const strict: Policy = {
  ...nothingElse,
  name: 'strict',
  off: [],
  timeBoxedCalls: true,
  lifetimes: {
    ...standardLifetimes,
    access: tiers(15 * minute, hour, day, 7 * day),
    unknown: tiers(15 * minute, hour, day, 7 * day),
    'access:bound': tiers(hour, day, 7 * day, 30 * day),
    id: tiers(15 * minute, hour, day, null),
    session: tiers(8 * hour, day, 30 * day, null),
    'session:readable': tiers(15 * minute, hour, day, 7 * day),
    refresh: tiers(day, 14 * day, 90 * day, null),
    'video-join': tiers(2 * hour, 8 * hour, day, 7 * day),
    'video-join:host': tiers(hour, 4 * hour, 8 * hour, day),
    'one-time': tiers(15 * minute, hour, day, null),
  },
};

/**
 * For demonstrations, staging and low-stakes rooms: a week passes unmentioned for participants and a day for hosts;
 * months are still reported, since nobody remembers a token after that. Proofs keep their limits: they are made anew each time.
 */
export const relaxed: Policy = {
  ...nothingElse,
  name: 'relaxed',
  lifetimes: {
    ...standardLifetimes,
    access: tiers(day, 7 * day, 30 * day, 90 * day),
    unknown: tiers(day, 7 * day, 30 * day, 90 * day),
    'access:bound': tiers(7 * day, 30 * day, 90 * day, null),
    id: tiers(day, 7 * day, 90 * day, null),
    session: tiers(30 * day, 90 * day, 365 * day, null),
    'session:readable': tiers(day, 7 * day, 30 * day, 90 * day),
    refresh: tiers(90 * day, 365 * day, null, null),
    'video-join': tiers(7 * day, 30 * day, 90 * day, 365 * day),
    'video-join:host': tiers(day, 7 * day, 30 * day, 90 * day),
    'one-time': tiers(day, 7 * day, 30 * day, null),
  },
};

/** The policies that come with Roomkey, by name. */
export const policies = { standard, strict, relaxed } as const satisfies Record<(typeof policyNames)[number], Policy>;
