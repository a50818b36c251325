import type { Traits } from '../../model/capture.ts';
import type { Severity, Subject } from '../../model/report.ts';
import { type Spot, spots } from './places.ts';

/** Places of one part of ordinary URLs. A token that was in an address stays in history and logs, so places that are gone count. */
export function inUrl(subject: Subject, part: Traits['urlPart']): Spot[] {
  return spots(subject, ({ place }) => place.traits.urlPart === part && !isSocket(place.url));
}

/** A browser cannot set headers for a WebSocket, so its URL is judged apart. */
export function isSocket(url: string | null): boolean {
  return url !== null && /^wss?:/i.test(url);
}

/** How bad it is that a server sees the token in a URL, before privilege (M5) raises it. */
export function severityInUrl({ facts }: Subject): Severity {
  if (facts.use === 'access' || facts.use === 'session') return 'high';
  return facts.use === 'one-time' ? 'low' : 'medium';
}
