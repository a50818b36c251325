import { isOpaqueId, mayOpen, roomsInUrl } from '../../../recognise/room-in-url.ts';
import { clip } from '../../../text/sentence.ts';
import { claimPath, isVideoJoin } from '../../evidence/video-token.ts';
import { cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const videoRoomMismatch: TokenRule = {
  id: 'video-room-mismatch',
  judges: 'token',
  group: 'video',
  title: 'Room differs from the page',
  severity: 'low',
  why: 'Joining fails, or leads into another call than the page shows.',
  fix: 'Issue the token for the room that the page opens.',
  references: [
    { title: 'lib-jitsi-meet issue 1200', url: 'https://github.com/jitsi/lib-jitsi-meet/issues/1200' },
    { title: 'lib-jitsi-meet issue 1427', url: 'https://github.com/jitsi/lib-jitsi-meet/issues/1427' },
    cwe(863),
  ],
  applies: (subject, context) =>
    isVideoJoin(subject, context) &&
    subject.facts.room !== null &&
    (subject.facts.roomScope === 'one-room'
      ? !isOpaqueId(subject.facts.room)
      : subject.facts.roomScope === 'some-rooms' && context.provider?.opensRoom !== undefined) &&
    context.provider?.roomNamesAreInternal !== true,
  check({ facts, sightings, token }, { page, provider }) {
    const { room } = facts;
    if (room === null || room === '*') return [];
    const isOne = facts.roomScope === 'one-room';
    // The address the token itself stands in knows best; otherwise the page's.
    const ownAddress = sightings.find(({ place }) => place.traits.urlPart !== null)?.place.url ?? null;
    for (const address of [ownAddress, page?.url ?? null]) {
      const named = roomsInUrl(address, provider);
      if (named.length === 0) continue;
      const [only] = named;
      if (named.length > 1 || only === undefined || isOpaqueId(only.name)) return [];
      // Of a pattern that cannot be told nothing is said.
      if (mayOpen(provider, { token, facts }, only)) return [];
      return [
        {
          says: `The token is for ${isOne ? '' : 'rooms like '}"${clip(room)}", the address for "${clip(only.name)}".`,
          at: claimPath(facts.roomClaim),
          confidence: 'likely',
        },
      ];
    }
    return [];
  },
};
