import type { Traits } from '../../model/capture.ts';
import type { Severity, Subject } from '../../model/report.ts';
import { type Spot, spots, whereWords } from './places.ts';
import { receiptOf, receiptWords } from './receipt.ts';

/** Places of one part of ordinary URLs. A token that was in an address stays in history and logs, so places that are gone count. */
export function inUrl(subject: Subject, part: Traits['urlPart']): Spot[] {
  return spots(subject, ({ place }) => place.traits.urlPart === part && !isSocket(place.url));
}

/** A browser cannot set headers for a WebSocket, so its URL is judged apart. */
export function isSocket(url: string | null): boolean {
  return url !== null && /^wss?:/i.test(url);
}

/** That it stands in a part of a URL, and of one that was not seen to be sent, that it was not. */
export function standsIn(subject: Subject, part: 'path' | 'query', spot: Spot) {
  const receipt = receiptOf(spot.sighting.place);
  const words = receipt === 'seen' ? '' : `, ${receiptWords[receipt]}`;
  const severity: Severity = receipt === 'unsent' ? 'low' : severityInUrl(subject);
  return { says: `It stands in the ${part}${words}: ${whereWords(spot)}.`, at: spot.at, severity };
}

/** How bad it is that a server sees the token in a URL, before privilege (M5) raises it. */
export function severityInUrl({ facts }: Subject): Severity {
  if (facts.use === 'access' || facts.use === 'session') return 'high';
  return facts.use === 'one-time' ? 'low' : 'medium';
}
