import { inWords } from '../../../text/time-words.ts';
import { timeNames } from '../../evidence/time-claims.ts';
import { isVideoJoin } from '../../evidence/video-token.ts';
import type { TokenRule } from '../rule.ts';

const soon = 900;

export const videoExpiresDuringCall: TokenRule = {
  id: 'video-expires-during-call',
  judges: 'token',
  group: 'video',
  title: 'Reconnect will fail',
  severity: 'low',
  why: 'The platform asks for the token again after a lost connection; by then it may have expired.',
  fix: 'Fetch a fresh token when the SDK announces expiry.',
  references: [{ title: 'twilio-video.js issue 1040', url: 'https://github.com/twilio/twilio-video.js/issues/1040' }],
  applies: (subject, context) =>
    isVideoJoin(subject, context) && context.provider?.checkedOnReconnect === true && subject.times.expiresAt !== null,
  check(subject, { now, provider }) {
    const left = (subject.times.expiresAt ?? 0) - now;
    if (left <= 0 || left >= soon) return [];
    return [
      {
        says: `It expires in ${inWords(left)}, and ${provider?.name ?? 'the platform'} asks for it again on reconnecting.`,
        at: `claims.${timeNames(subject, provider).ends}`,
      },
    ];
  },
};
