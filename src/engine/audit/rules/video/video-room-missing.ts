import { claimPath, isVideoJoin } from '../../evidence/video-token.ts';
import { asvs, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const videoRoomMissing: TokenRule = {
  id: 'video-room-missing',
  judges: 'token',
  group: 'video',
  title: 'No room named',
  severity: 'medium',
  why: 'Without a room the token opens every room of the account, also those of other customers of the same app.',
  fix: 'Name one room when issuing the token.',
  references: [asvs('8.3.1'), asvs('9.2.3'), cwe(863), cwe(284)],
  applies: (subject, context) =>
    isVideoJoin(subject, context) &&
    subject.token.problem === null &&
    context.provider?.whenRoomAbsent !== 'not-applicable' &&
    subject.facts.role !== 'server',
  check({ facts, times, provider: recognised }, { provider }) {
    if (facts.room !== null && facts.room.trim() !== '') return [];
    // A list or pattern of rooms may have no single name.
    if (facts.roomScope === 'one-room' || facts.roomScope === 'some-rooms') return [];
    const claim = facts.roomClaim ? `\`${facts.roomClaim}\` names no room` : 'It names no room';
    if (provider?.whenRoomAbsent === 'refused') {
      return [
        {
          says: `${claim}, so joining will fail.`,
          at: claimPath(facts.roomClaim),
          severity: 'low',
          why: 'The server refuses a token that names no room.',
        },
      ];
    }
    // Another platform's token would name its room elsewhere.
    const confidence = recognised?.confidence === 'possible' ? 'possible' : 'certain';
    if (facts.roomScope === 'not-stated') {
      return [
        {
          says: `${facts.roomClaim ? `\`${facts.roomClaim}\` holds no room that can be read` : 'It names no room'}, so the server decides which rooms it opens.`,
          at: claimPath(facts.roomClaim),
          severity: 'low',
          why: 'Where the server reads no room, the token may open every room of the account.',
          confidence: 'possible',
        },
      ];
    }
    const isHost = facts.role === 'host';
    const isForever = times.status === 'never-expires';
    const also = isHost ? `, its holder is a host${isForever ? ', and it never expires' : ''}` : '';
    return [
      {
        says: `${claim}, so it opens every room${also}.`,
        at: claimPath(facts.roomClaim),
        severity: isHost ? (isForever ? 'critical' : 'high') : 'medium',
        confidence,
      },
    ];
  },
};
