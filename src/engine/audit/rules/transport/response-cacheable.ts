import type { KeptBy } from '../../../model/capture.ts';
import { answeredByOthers } from '../../evidence/in-answer.ts';
import { spots, whereWords } from '../../evidence/places.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const responseCacheable: TokenRule = {
  id: 'response-cacheable',
  judges: 'token',
  group: 'transport',
  title: 'Token response may be cached',
  severity: 'low',
  why: 'A cache keeps a copy beyond the reach of whoever handed the token out, and may hand it to somebody else.',
  fix: 'Answer with `Cache-Control: no-store`.',
  references: [rfc(6749, '5.1'), rfc(9111, '5.2.2.5'), asvs('14.3.2'), asvs('14.2.2'), cwe(525)],
  applies: (subject) => subject.sightings.some((one) => answeredByOthers(subject, one)?.exchange.reply != null),
  check: (subject) =>
    spots(subject, (one) => {
      const exchange = answeredByOthers(subject, one)?.exchange;
      return (
        exchange?.reply != null &&
        !exchange.isEventStream &&
        isKept(exchange.status) &&
        isKeepable(exchange.method, exchange.reply.keptBy)
      );
    }).map((spot) => {
      const { method, reply } = spot.sighting.place.exchange ?? { method: '', reply: null };
      const isShared = reply?.keptBy === 'anybody';
      return {
        says: `${isShared ? 'Any cache on the way' : 'The browser'} may keep it: ${whereWords(spot)}.`,
        at: spot.at,
        severity: !isAsking(method) ? 'info' : isShared ? 'medium' : 'low',
        confidence: 'likely',
      } as const;
    }),
};

/** Answers to POST are kept by no cache without being told to, and then by hardly any (RFC 9110 §9.3.3). */
function isKeepable(method: string, keptBy: KeptBy): boolean {
  return keptBy !== 'nobody' && (keptBy !== 'unsaid' || isAsking(method));
}

const isAsking = (method: string) => method === 'GET' || method === 'HEAD' || method === '';

/** Statuses that caches keep without being told to (RFC 9110 §15.1), as far as their answers have a body. */
const keptStatuses = [200, 203, 206, 300, 301, 308, 404, 405, 410, 414, 501];

function isKept(status: number | null): boolean {
  return status === null || keptStatuses.includes(status);
}
