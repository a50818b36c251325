import { hostOf } from '../../../text/hosts.ts';
import { siteOf } from '../../../text/site-of.ts';
import { stringAt } from '../../../text/values.ts';
import { spots, whereWords } from '../../evidence/places.ts';
import { isInRequestHeader } from '../../evidence/request-header.ts';
import { asvs, cwe, openidCore, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const idTokenAsAccess: TokenRule = {
  id: 'id-token-as-access',
  judges: 'token',
  group: 'transport',
  title: 'ID token used as API credential',
  severity: 'medium',
  why: 'An ID token tells an app who signed in. An API that takes it for permission accepts tokens made for other apps.',
  fix: 'Send the access token.',
  references: [rfc(8725, '3.12'), asvs('9.2.2'), asvs('10.5.4'), openidCore('2'), cwe(287), cwe(346)],
  applies: ({ facts, sightings }) =>
    facts.use === 'id' && sightings.some((sighting) => isInRequestHeader(sighting, 'authorization')),
  check(subject, { page }) {
    // Firebase and Cognito apps send it to their own backend by design.
    const own = [page?.url ?? null, stringAt(subject.token.claims, 'iss')]
      .flatMap((url) => hostOf(url) ?? [])
      .map(siteOf);
    return spots(subject, (sighting) => {
      const host = hostOf(sighting.place.url);
      return (
        isInRequestHeader(sighting, 'authorization') && host !== null && page !== null && !own.includes(siteOf(host))
      );
    }).map((spot) => ({ says: `It is sent as a credential: ${whereWords(spot)}.`, at: spot.at, confidence: 'likely' }));
  },
};
