import { quote } from '../../../text/sentence.ts';
import { claimPath, isVideoJoin } from '../../evidence/video-token.ts';
import { cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const videoRoomWildcard: TokenRule = {
  id: 'video-room-wildcard',
  judges: 'token',
  group: 'video',
  title: 'Any room by pattern',
  severity: 'medium',
  why: 'The holder can enter rooms nobody meant to open for them.',
  fix: 'Name exactly one room and one tenant.',
  references: [
    { title: 'Jitsi: token authentication', url: 'https://github.com/jitsi/lib-jitsi-meet/blob/master/doc/tokens.md' },
    { title: 'jitsi-meet issue 16243', url: 'https://github.com/jitsi/jitsi-meet/issues/16243' },
    cwe(863),
  ],
  applies: isVideoJoin,
  check({ facts }) {
    const severity = facts.role === 'host' ? 'high' : 'medium';
    if (facts.wildcards) {
      return facts.wildcards.map(({ claim, says }) => ({ says: `${says}.`, at: claimPath(claim), severity }));
    }
    const room = facts.room?.trim() ?? '';
    const claim = facts.roomClaim ?? 'room';
    if (room !== '' && facts.roomScope === 'all-rooms') {
      return [{ says: `\`${claim}\` is ${quote(room)}, which opens every room.`, at: claimPath(claim), severity }];
    }
    if (facts.tenant?.trim() === '*') return [{ says: 'It is valid for every tenant.', at: null, severity }];
    if (room !== '*') return [];
    return [
      {
        says: `\`${claim}\` is "*", which this platform reads as a room of that name.`,
        at: claimPath(claim),
        severity: 'info',
        why: 'Elsewhere an asterisk opens every room; here it opens one, and probably not the one meant.',
      },
    ];
  },
};
