import { spots } from '../../evidence/places.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const videoJoinLinkLeak: TokenRule = {
  id: 'video-join-link-leak',
  judges: 'token',
  group: 'transport',
  title: 'Shareable link carries a personal token',
  severity: 'medium',
  why: 'People share a call by copying its address; whoever opens it joins with this identity and these rights.',
  fix: 'Share links without a token, and exchange an invitation for a session.',
  references: [
    {
      title: 'mattermost-plugin-jitsi pull 111',
      url: 'https://github.com/mattermost/mattermost-plugin-jitsi/pull/111',
    },
    { title: 'jitsi-meet pull 17047', url: 'https://github.com/jitsi/jitsi-meet/pull/17047' },
    rfc(6750, '5.3'),
    asvs('14.2.1'),
    cwe(598),
    cwe(639),
  ],
  aboutTheft: true,
  applies: ({ facts, sightings }) =>
    facts.use === 'video-join' &&
    sightings.some(({ place }) => place.traits.urlPart !== null && place.traits.keptInHistory),
  check: (subject) =>
    spots(subject, ({ place }) => place.traits.urlPart !== null && place.traits.keptInHistory)
      .slice(0, 1)
      .map((spot) => ({
        says: `The address of the page carries ${subject.facts.role === 'host' ? "a host's" : 'a'} join token.`,
        at: spot.at,
      })),
};
