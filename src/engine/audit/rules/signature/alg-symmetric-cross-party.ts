import { hostOf } from '../../../text/hosts.ts';
import { clip } from '../../../text/sentence.ts';
import { siteOf } from '../../../text/site-of.ts';
import { stringAt, valueAt } from '../../../text/values.ts';
import { isHmac } from '../../evidence/jose-algorithms.ts';
import { asvs, cheatSheet, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const algSymmetricCrossParty: TokenRule = {
  id: 'alg-symmetric-cross-party',
  judges: 'token',
  group: 'signature',
  title: 'HMAC shared with another party',
  severity: 'low',
  why: 'Whoever can verify an HMAC can also make tokens; here several parties verify it.',
  fix: 'Sign with RS256, ES256 or Ed25519 for others to verify.',
  references: [rfc(7518, '3.2'), asvs('9.1.2'), rfc(8725, '3.5'), cheatSheet('JSON_Web_Token_for_Java'), cwe(327)],
  // Video platforms ask for HMAC; within one party it is a normal choice.
  applies: ({ token, facts }, { page }) =>
    isHmac(token.header?.alg) && facts.use !== 'video-join' && facts.use !== 'public-key-token' && page !== null,
  check({ token, sightings }, { page }) {
    const issuer = hostOf(stringAt(token.claims, 'iss'));
    const pageHost = hostOf(page?.url ?? null);
    if (!issuer || !pageHost || siteOf(issuer) === siteOf(pageHost)) return [];
    const known = new Set([siteOf(issuer), siteOf(pageHost)]);
    const audience = valueAt(token.claims, 'aud');
    const audiences = (Array.isArray(audience) ? audience.slice(0, 50) : []).flatMap((one) =>
      typeof one === 'string' ? (hostOf(one) ?? []) : [],
    );
    const receivers = sightings.flatMap(({ place }) =>
      place.traits.sentToServers === true && place.traits.storage === null ? (hostOf(place.url) ?? []) : [],
    );
    const third = receivers.find((host) => !known.has(siteOf(host)));
    if (new Set(audiences.map(siteOf)).size < 2 && !third) return [];
    return [
      {
        says: `${clip(issuer)} issues it with ${token.header?.alg}, and ${third ? clip(third) : 'several hosts in `aud`'} would have to know the same secret.`,
        at: 'header.alg',
        confidence: 'likely',
      },
    ];
  },
};
