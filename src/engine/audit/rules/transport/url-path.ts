import { inUrl, standsIn } from '../../evidence/in-url.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const urlPath: TokenRule = {
  id: 'url-path',
  judges: 'token',
  group: 'transport',
  title: 'Token in the path',
  severity: 'high',
  why: 'Paths end up in server logs, browser history, analytics, screenshots and shared links.',
  fix: 'Send it in a header or request body, or exchange it for a session at once.',
  references: [rfc(6750, '2.3'), rfc(9700, '4.3.2'), asvs('14.2.1'), cwe(598)],
  aboutTheft: true,
  applies: ({ sightings }) => sightings.some(({ place }) => place.traits.urlPart === 'path'),
  check: (subject) => inUrl(subject, 'path').map((spot) => standsIn(subject, 'path', spot)),
};
