import type { TokenUse } from '../../../model/token.ts';
import { valueAt } from '../../../text/values.ts';
import { timeNames } from '../../evidence/time-claims.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

/** Uses whose tokens have no expiry by design: their freshness is checked otherwise. */
const withoutExpiry: readonly TokenUse[] = ['vc', 'set', 'public-key-token', 'dpop-proof'];

export const expMissing: TokenRule = {
  id: 'exp-missing',
  judges: 'token',
  group: 'time',
  title: 'Token never expires',
  severity: 'medium',
  why: 'A stolen copy works until the key that signed it is changed.',
  fix: 'Set `exp` when issuing the token, as short as its use allows.',
  references: [rfc(7519, '4.1.4'), rfc(9068, '2.2'), asvs('9.2.1'), asvs('7.3.2'), cwe(613)],
  applies: ({ token, facts }) => token.claims !== null && token.problem === null && !withoutExpiry.includes(facts.use),
  check(subject, { provider }) {
    const { token, times, facts } = subject;
    const { ends } = timeNames(subject, provider);
    // `expires_at` is how Supabase and its kin write it; a number there is an expiry too.
    if (times.expiresAt !== null || typeof valueAt(token.claims, 'expires_at') === 'number') return [];
    const value = valueAt(token.claims, ends);
    if (value !== undefined && value !== null) return [];
    if (provider?.endsWith?.(token)) return [];
    const isServer = facts.use === 'service-key' || facts.role === 'server';
    const isHost = facts.use === 'video-join' && facts.role === 'host';
    return [
      {
        says: `${value === null ? `\`${ends}\` is null, which some servers refuse and others take for no end` : `There is no \`${ends}\``}${isHost ? ', and the holder is a host' : isServer ? ', and it is a server credential' : ''}.`,
        at: `claims.${ends}`,
        severity: isHost || isServer ? 'high' : 'medium',
      },
    ];
  },
};
