import { inWords } from '../../../text/time-words.ts';
import { timeNames } from '../../evidence/time-claims.ts';
import { isVideoJoin } from '../../evidence/video-token.ts';
import type { TokenRule } from '../rule.ts';

export const videoLifetimeVendor: TokenRule = {
  id: 'video-lifetime-vendor',
  judges: 'token',
  group: 'video',
  title: "Outside the vendor's limits",
  severity: 'medium',
  why: 'The platform refuses such a token, so joining fails.',
  fix: "Keep the lifetime within the platform's limits.",
  references: [
    { title: 'Twilio: error 20104', url: 'https://www.twilio.com/docs/api/errors/20104' },
    { title: 'twilio-video.js issue 471', url: 'https://github.com/twilio/twilio-video.js/issues/471' },
    { title: 'twilio-video.js issue 583', url: 'https://github.com/twilio/twilio-video.js/issues/583' },
  ],
  // What the platform forbids is worse than what the policy advises.
  suppresses: ['lifetime-long'],
  applies: (subject, context) =>
    isVideoJoin(subject, context) &&
    subject.times.lifetimeSeconds !== null &&
    (context.provider?.lifetime.floorSeconds != null || context.provider?.lifetime.ceilingSeconds != null),
  check(subject, { provider }) {
    const seconds = subject.times.lifetimeSeconds ?? 0;
    const { floorSeconds, ceilingSeconds } = provider?.lifetime ?? { floorSeconds: null, ceilingSeconds: null };
    // Ending before it starts is `exp-not-after-iat`.
    if (seconds <= 0) return [];
    const isShort = floorSeconds !== null && seconds < floorSeconds;
    const isLong = ceilingSeconds !== null && seconds > ceilingSeconds;
    if (!isShort && !isLong) return [];
    const limit = isShort ? `at least ${inWords(floorSeconds)}` : `at most ${inWords(ceilingSeconds ?? 0)}`;
    return [
      {
        says: `It lives ${inWords(seconds)}; ${provider?.name ?? 'the platform'} takes ${limit}.`,
        at: `claims.${timeNames(subject, provider).ends}`,
      },
    ];
  },
};
