import { otherUnit } from '../../../text/time-unit.ts';
import { isoUtc } from '../../../text/time-words.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

const effect = { ends: 'so it never expires', starts: 'so it never becomes valid', issued: 'far in the future' };

export const timeClaimMilliseconds: TokenRule = {
  id: 'time-claim-milliseconds',
  judges: 'token',
  group: 'time',
  title: 'Milliseconds instead of seconds',
  severity: 'high',
  why: 'Servers read the number as seconds, tens of thousands of years away: an expiry never comes, and a start never does either.',
  fix: 'Divide by 1000 when issuing: `Math.floor(Date.now() / 1000)`.',
  references: [rfc(7519, '2'), asvs('9.2.1'), cwe(613), cwe(682)],
  applies: ({ token }) => token.claims !== null,
  check({ times }) {
    return (times.notSeconds ?? []).map(({ claim, says, value, unit }) => ({
      says: `\`${claim}\` is ${value}, ${effect[says]}. Read as ${unit} it is ${isoUtc(value / (otherUnit(value)?.scale ?? 1))}.`,
      at: `claims.${claim}`,
      severity: ({ ends: 'high', starts: 'medium', issued: 'low' } as const)[says],
    }));
  },
};
