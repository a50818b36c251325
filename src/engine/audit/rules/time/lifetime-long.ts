import { firstSeen } from '../../../model/presence.ts';
import { inWords } from '../../../text/time-words.ts';
import { lifetimeKey, lifetimeTier } from '../../evidence/lifetime-tier.ts';
import { timeNames } from '../../evidence/time-claims.ts';
import { asvs, cheatSheet, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

/** Lines of the table that say more than "a token of its kind". */
const kindWords: Partial<Record<ReturnType<typeof lifetimeKey>, string>> = {
  'video-join': "a participant's token",
  'video-join:host': "a host's token",
  access: 'an access token',
  'access:bound': 'a sender-constrained access token',
  id: 'an ID token',
  session: 'a session token',
  'session:readable': 'a session token that scripts can read',
  refresh: 'a refresh token',
  'one-time': 'a one-time link',
  unknown: 'a bearer token',
};

export const lifetimeLong: TokenRule = {
  id: 'lifetime-long',
  judges: 'token',
  group: 'time',
  title: 'Lifetime above policy',
  severity: 'medium',
  why: 'Such tokens can seldom be revoked: a stolen copy works until it expires.',
  fix: 'Issue short-lived tokens, and a new one when needed.',
  references: [
    rfc(6750, '5.3'),
    asvs('7.1.1'),
    asvs('7.3.2'),
    asvs('10.4.8'),
    cheatSheet('JSON_Web_Token_for_Java'),
    cwe(613),
  ],
  applies: ({ times }, { policy }) => times.expiresAt !== null && policy.lifetimes !== undefined,
  check(subject, { policy, now, provider }) {
    const { times, sightings } = subject;
    const { expiresAt } = times;
    if (expiresAt === null) return [];
    // Without iat and nbf, all that is known is how long it still lived when it was first seen.
    const first = Math.min(now, firstSeen({ sightings }) ?? now);
    const isKnown = times.lifetimeSeconds !== null;
    const lifetime = times.lifetimeSeconds ?? expiresAt - first;
    const key = lifetimeKey(subject);
    const severity = lifetimeTier(lifetime, key, policy);
    if (severity === null) return [];
    const limit = policy.lifetimes[key]?.ok ?? 0;
    return [
      {
        says: `It lives ${isKnown ? '' : 'at least '}${inWords(lifetime)}; the ${policy.name} policy allows ${kindWords[key] ?? 'a token of its kind'} ${inWords(limit)}.`,
        at: `claims.${timeNames(subject, provider).ends}`,
        severity,
        confidence: isKnown ? 'certain' : 'possible',
      },
    ];
  },
};
