import { skewSeconds } from '../../../recognise/times.ts';
import { inWords, isoUtc } from '../../../text/time-words.ts';
import { timeNames } from '../../evidence/time-claims.ts';
import { asvs, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const iatFuture: TokenRule = {
  id: 'iat-future',
  judges: 'token',
  group: 'time',
  title: 'Issued in the future',
  severity: 'low',
  why: "The issuer's clock and this one differ. Some platforms refuse such tokens, and a wrong clock stretches lifetimes.",
  fix: "Synchronise the issuer's clock.",
  references: [rfc(7519, '4.1.6'), asvs('9.2.1')],
  applies: ({ times }) => times.issuedAt !== null,
  check(subject, { now, provider }) {
    const ahead = (subject.times.issuedAt ?? 0) - now;
    if (ahead <= skewSeconds) return [];
    return [
      {
        says: `It says it was issued ${inWords(ahead)} from now, on ${isoUtc(now + ahead)}.`,
        at: `claims.${timeNames(subject, provider).issued}`,
        severity: ahead > 3600 ? 'medium' : 'low',
      },
    ];
  },
};
