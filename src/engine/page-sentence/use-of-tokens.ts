import { isFrameAddress } from '../model/presence.ts';
import type { Subject } from '../model/report.ts';
import type { Knowledge } from './sentence.ts';

/** Whether a token is one that calls are joined with: not what servers keep, nor what only its platform makes look so. */
export function isForCall({ facts }: Subject): boolean {
  return facts.use === 'video-join' && facts.role !== 'server';
}

/**
 * Whether a token was seen to be used: in the address of a frame that is there, or on its way to a server that it is meant for. One
 * that only lies somewhere may be what is joined with, or left over.
 */
export function isInUse(subject: Subject, knows: Knowledge | null): boolean {
  return subject.sightings.some(({ place, goneAt }, index) => {
    if (goneAt !== null || isWithStranger(subject, index)) return false;
    if (isFrameAddress(place)) return !place.isErrorPage;
    const { exchange } = place;
    if (exchange?.isUnsent || exchange?.isFromWorker) return false;
    return exchange?.direction === 'sent' && (knows?.isServerOf(subject, place.url) ?? false);
  });
}

/** Where it was seen with somebody whom it does not concern. */
function isWithStranger({ findings }: Subject, index: number): boolean {
  return findings.some(({ rule, at }) => rule === 'third-party-origin' && at === `sightings[${index}]`);
}
