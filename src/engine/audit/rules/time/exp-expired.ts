import { lastMet } from '../../../model/presence.ts';
import { skewSeconds } from '../../../recognise/times.ts';
import { inWords, isoUtc } from '../../../text/time-words.ts';
import { timeNames } from '../../evidence/time-claims.ts';
import { asvs, cwe, rfc, wstg } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const expExpired: TokenRule = {
  id: 'exp-expired',
  judges: 'token',
  group: 'time',
  title: 'Expired',
  severity: 'info',
  why: 'Joining or calling an API with it should fail. If it does not, the server does not check expiry.',
  fix: 'Fetch a fresh token before use, and have the server refuse expired ones.',
  references: [rfc(7519, '4.1.4'), asvs('9.2.1'), asvs('7.4.1'), cwe(613), wstg('SESS-10')],
  applies: ({ times }) => times.expiresAt !== null,
  check(subject, { now, provider }) {
    const { expiresAt } = subject.times;
    if (expiresAt === null || expiresAt > now - skewSeconds) return [];
    // A header or body of a request: it was sent although it had expired.
    const isSent = subject.sightings.some((sighting) => {
      const { traits } = sighting.place;
      const met = lastMet(sighting);
      const isInRequest = traits.sentToServers === true && traits.storage === null && traits.urlPart === null;
      return isInRequest && met !== null && met > expiresAt + skewSeconds;
    });
    return [
      {
        says: `It expired ${inWords(now - expiresAt)} ago, on ${isoUtc(expiresAt)}${isSent ? ', and is still sent' : ''}.`,
        at: `claims.${timeNames(subject, provider).ends}`,
        severity: isSent ? 'low' : 'info',
      },
    ];
  },
};
