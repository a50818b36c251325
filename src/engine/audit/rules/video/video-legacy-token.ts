import { joseOf } from '../../../decode/forms/index.ts';
import { cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const videoLegacyToken: TokenRule = {
  id: 'video-legacy-token',
  judges: 'token',
  group: 'video',
  title: 'Non-JWT credential',
  severity: 'info',
  why: 'It opens calls like any other token, in a format the vendor has replaced or keeps for itself.',
  fix: 'Move to JSON Web Tokens where the vendor offers them.',
  references: [cwe(327)],
  judgesNotes: true,
  applies: ({ facts, provider, token }, context) =>
    provider !== null &&
    facts.use === 'video-join' &&
    (context.provider?.legacy !== undefined || joseOf(token) === null),
  check({ token, facts, sightings }, { provider }) {
    const instead = provider?.legacy?.(token) ?? null;
    if (instead === null && joseOf(token) !== null) return [];
    const isInUrl = sightings.some(({ place }) => place.traits.urlPart !== null);
    const isWorse = isInUrl && facts.role === 'host';
    return [
      {
        says: `It is ${facts.product ? withArticle(facts.product) : 'a token of another form'}${instead ? `; the vendor now uses ${instead}` : ''}${isWorse ? ', it makes its holder a host, and it stands in an address' : ''}.`,
        at: null,
        severity: isWorse ? 'medium' : 'info',
      },
    ];
  },
};

/** "UserSig" is spoken with a consonant, so `u` takes "a". */
function withArticle(noun: string): string {
  return `${/^[aeio]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}
