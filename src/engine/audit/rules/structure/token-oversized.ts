import { mostCarried as most } from '../../../model/carriers.ts';
import { spots } from '../../evidence/places.ts';
import { asvs, cookies, cwe, rfc } from '../references.ts';
import type { TokenRule, Verdict } from '../rule.ts';

export const tokenOversized: TokenRule = {
  id: 'token-oversized',
  judges: 'token',
  group: 'structure',
  title: 'Too large for its carrier',
  severity: 'low',
  why: 'Browsers drop such cookies without a word; servers and proxies refuse such addresses and headers.',
  fix: 'Put fewer claims into the token.',
  references: [cookies('5.6'), asvs('3.3.5'), rfc(7519, '1'), cwe(770)],
  applies: ({ sightings }) => sightings.some(({ place }) => place.traits.sentToServers === true),
  check(subject) {
    const verdicts: Verdict[] = [];
    const say = (wanted: (size: ReturnType<typeof sizes>) => string | null) => {
      for (const spot of spots(subject, (sighting) => wanted(sizes(sighting)) !== null)) {
        verdicts.push({ says: wanted(sizes(spot.sighting)) ?? '', at: spot.at });
      }
    };
    say(({ cookie }) =>
      cookie > most.cookie ? `Its cookie has ${words(cookie)} characters; browsers keep ${words(most.cookie)}.` : null,
    );
    say(({ url }) =>
      url > most.url ? `Its address has ${words(url)} characters; ${words(most.url)} are safe everywhere.` : null,
    );
    say(({ header }) =>
      header > most.header
        ? `It has ${words(header)} characters; servers take headers of ${words(most.header)}.`
        : null,
    );
    return verdicts;

    function sizes({ place, chunks }: (typeof subject.sightings)[number]) {
      const { traits, cookie } = place;
      const isInUrl = traits.urlPart === 'query' || traits.urlPart === 'path';
      return {
        // Chunked cookies are each small enough.
        cookie: cookie && chunks === 1 ? cookie.name.length + cookie.value.length : 0,
        url: isInUrl ? (place.url?.split('#')[0]?.length ?? 0) : 0,
        header:
          traits.sentToServers === true &&
          traits.storage === null &&
          traits.urlPart === null &&
          place.key?.toLowerCase() === 'authorization'
            ? subject.token.text.length
            : 0,
      };
    }
  },
};

function words(count: number): string {
  return count.toLocaleString('en-US');
}
