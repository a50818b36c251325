import { clip } from '../../../text/sentence.ts';
import { claimPath, isVideoJoin } from '../../evidence/video-token.ts';
import { cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const videoHiddenParticipant: TokenRule = {
  id: 'video-hidden-participant',
  judges: 'token',
  group: 'video',
  title: 'Invisible participant',
  severity: 'medium',
  why: 'Its holder can listen without the others seeing that somebody is there.',
  fix: 'Issue it to recording bots on a server only.',
  references: [
    { title: 'LiveKit: tokens and grants', url: 'https://docs.livekit.io/home/get-started/authentication/' },
    cwe(284),
  ],
  applies: isVideoJoin,
  check({ facts }) {
    const hidden = facts.privileges['join-hidden'];
    if (hidden?.allowed !== true) return [];
    return [{ says: `Its holder joins unseen, because ${clip(hidden.because, 160)}.`, at: claimPath(hidden.claim) }];
  },
};
