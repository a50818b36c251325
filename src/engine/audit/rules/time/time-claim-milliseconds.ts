import { isoUtc } from '../../../text/time-words.ts';
import { scaleOf, timeClaims } from '../../evidence/time-claims.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

const unitOf = { 1: 'seconds', 1e3: 'milliseconds', 1e6: 'microseconds', 1e9: 'nanoseconds' } as const;

export const timeClaimMilliseconds: TokenRule = {
  id: 'time-claim-milliseconds',
  judges: 'token',
  group: 'time',
  title: 'Milliseconds instead of seconds',
  severity: 'high',
  why: 'Servers read the number as seconds, tens of thousands of years away: an expiry never comes, and a start never does either.',
  fix: 'Divide by 1000 when issuing: `Math.floor(Date.now() / 1000)`.',
  references: [rfc(7519, '2'), asvs('9.2.1'), cwe(613), cwe(682)],
  suppresses: ['lifetime-*', 'exp-expired', 'exp-sentinel', 'nbf-future', 'iat-future', 'exp-not-after-*'],
  applies: ({ token }) => token.claims !== null,
  check(subject, { provider }) {
    return timeClaims(subject, provider).flatMap(({ name, value, says }) => {
      const scale = scaleOf(value);
      if (scale === 1) return [];
      const effect = { ends: 'so it never expires', starts: 'so it never becomes valid', issued: 'far in the future' };
      return [
        {
          says: `\`${name}\` is ${value}, ${effect[says]}. Read as ${unitOf[scale]} it is ${isoUtc(value / scale)}.`,
          at: `claims.${name}`,
          severity: ({ ends: 'high', starts: 'medium', issued: 'low' } as const)[says],
        },
      ];
    });
  },
};
