import type { ExchangeFacts } from '../../model/capture.ts';
import type { Subject } from '../../model/report.ts';
import type { Sighting } from '../../model/token.ts';
import { isServerOf, providerOf } from '../../recognise/server-of.ts';
import { isSocket } from './in-url.ts';

/** What an answer to a request handed out, and how. */
export interface Answered {
  sighting: Sighting;
  exchange: ExchangeFacts;
}

/** An answer of HTTP that holds the token itself, not in a cookie; null for any other place. */
export function answered(sighting: Sighting): Answered | null {
  const { exchange, traits, url } = sighting.place;
  const isAnswer = exchange?.direction === 'received' && exchange.status !== 101 && !isSocket(url);
  return isAnswer && traits.storage === null ? { sighting, exchange } : null;
}

/** Answers of servers that are not the platform's own: how those hand out tokens is not for the page's makers to mend. */
export function answeredByOthers(subject: Subject, sighting: Sighting): Answered | null {
  const answer = answered(sighting);
  return answer && !isServerOf(providerOf(subject), sighting.place.url) ? answer : null;
}
