import { isoUtc } from '../../../text/time-words.ts';
import { timeNames } from '../../evidence/time-claims.ts';
import { cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

const year2100 = 4_102_444_800;
/** The ends of 32-bit time, of the year 9999, and of what JavaScript counts exactly. */
const sentinels = new Set([2_147_483_647, 4_294_967_295, 253_402_300_799, Number.MAX_SAFE_INTEGER]);

export const expSentinel: TokenRule = {
  id: 'exp-sentinel',
  judges: 'token',
  group: 'time',
  title: '"Forever" value',
  severity: 'medium',
  why: 'A stolen copy works until the key that signed it is changed.',
  fix: 'Set a real expiry, as short as the use allows.',
  references: [rfc(7519, '4.1.4'), cwe(613)],
  applies: ({ times, facts }) => times.expiresAt !== null && facts.use !== 'vc' && facts.use !== 'public-key-token',
  check(subject, { provider }) {
    const { times, facts } = subject;
    const end = times.expiresAt ?? 0;
    if (!sentinels.has(end) && end < year2100) return [];
    const isWorse = facts.use === 'service-key' || (facts.use === 'video-join' && facts.role === 'host');
    return [
      {
        says: `It expires on ${isoUtc(end)}, which means never.`,
        at: `claims.${timeNames(subject, provider).ends}`,
        severity: isWorse ? 'high' : 'medium',
      },
    ];
  },
};
