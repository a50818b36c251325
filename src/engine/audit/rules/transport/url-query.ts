import { inUrl, standsIn } from '../../evidence/in-url.ts';
import { asvs, cwe, rfc, wstg } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const urlQuery: TokenRule = {
  id: 'url-query',
  judges: 'token',
  group: 'transport',
  title: 'Token in the query string',
  severity: 'high',
  why: 'Query strings end up in server logs, browser history, analytics, screenshots and shared links.',
  fix: 'Send it in a header or request body, or exchange it for a session at once.',
  references: [
    rfc(6750, '2.3'),
    rfc(6750, '5.3'),
    rfc(9700, '4.3.2'),
    rfc(9110, '17.9'),
    asvs('14.2.1'),
    wstg('SESS-04'),
    cwe(598),
    cwe(532),
  ],
  aboutTheft: true,
  applies: ({ sightings }) => sightings.some(({ place }) => place.traits.urlPart === 'query'),
  check: (subject) => inUrl(subject, 'query').map((spot) => standsIn(subject, 'query', spot)),
};
