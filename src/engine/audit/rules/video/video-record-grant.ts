import type { Privilege } from '../../../model/facts.ts';
import { clip } from '../../../text/sentence.ts';
import { guestPage } from '../../evidence/guest-page.ts';
import { claimPath, isVideoJoin } from '../../evidence/video-token.ts';
import { asvs, cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

const capturing: [Privilege, string][] = [
  ['record', 'record'],
  ['live-stream', 'stream live'],
  ['transcribe', 'transcribe'],
];

export const videoRecordGrant: TokenRule = {
  id: 'video-record-grant',
  judges: 'token',
  group: 'video',
  title: 'May record or stream',
  severity: 'info',
  why: 'What is said leaves the call.',
  fix: 'Leave the right out for people who should not record.',
  references: [asvs('8.3.1'), cwe(269)],
  applies: isVideoJoin,
  check({ facts, sightings }, context) {
    const granted = capturing.filter(([privilege]) => facts.privileges[privilege]?.allowed === true);
    const first = granted[0] ? facts.privileges[granted[0][0]] : undefined;
    const guest = sightings.map((sighting) => guestPage(sighting, context)).find((found) => found !== null);
    if (!first) return [];
    return [
      {
        says: `Its holder may ${granted.map(([, words]) => words).join(', ')}, because ${clip(first.because, 160)}${guest ? ', on a page for guests' : ''}.`,
        at: claimPath(first.claim),
        severity: guest ? 'medium' : 'info',
        ...(guest ? { confidence: guest.confidence } : {}),
      },
    ];
  },
};
