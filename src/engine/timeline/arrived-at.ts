import { sourceOf } from '../find/sources/index.ts';
import type { Sighting } from '../model/token.ts';

/**
 * When a token was received, in seconds since the epoch; null where it was not. A message tells its own time; the headers of an
 * answer are there when it begins, and the rest when it has ended.
 */
export function arrivedAt({ place: { source, exchange }, seenAt }: Pick<Sighting, 'seenAt' | 'place'>): number | null {
  if (exchange?.direction !== 'received') return null;
  const { status, isEventStream, answeredAt, endedAt } = exchange;
  if (status === 101 || isEventStream) return seenAt;
  return (sourceOf(source)?.isInHead ? answeredAt : undefined) ?? endedAt ?? seenAt;
}
