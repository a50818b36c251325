import { skewSeconds } from '../../../recognise/times.ts';
import { inWords, isoUtc } from '../../../text/time-words.ts';
import { timeNames } from '../../evidence/time-claims.ts';
import { asvs, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const nbfFuture: TokenRule = {
  id: 'nbf-future',
  judges: 'token',
  group: 'time',
  title: 'Not valid yet',
  severity: 'medium',
  why: 'Joining fails until that moment. A token issued early for a planned meeting is meant so; otherwise a clock is wrong.',
  fix: 'Correct the clock of the issuer or of this device, or set `nbf` a few seconds into the past.',
  references: [rfc(7519, '4.1.5'), asvs('9.2.1')],
  applies: ({ times }) => times.notBefore !== null,
  check(subject, { now, provider }) {
    const { times, facts } = subject;
    const wait = (times.notBefore ?? 0) - now;
    if (wait <= skewSeconds) return [];
    const isInUse = facts.use === 'video-join' || facts.use === 'access';
    return [
      {
        says: `It becomes valid in ${inWords(wait)}, on ${isoUtc(now + wait)}.`,
        at: `claims.${timeNames(subject, provider).starts}`,
        severity: isInUse ? 'medium' : 'info',
      },
    ];
  },
};
