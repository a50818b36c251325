import { hostOf, isDevelopmentHost } from '../../../text/hosts.ts';
import { stringAt } from '../../../text/values.ts';
import { asvs, cheatSheet, cwe, rfc, wstg } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const algNone: TokenRule = {
  id: 'alg-none',
  judges: 'token',
  group: 'signature',
  title: 'Unsecured token',
  severity: 'high',
  why: 'It carries no signature, so anybody can write one with any claims. A verifier must refuse it.',
  fix: 'Sign tokens, and let the server accept a fixed list of algorithms without `none`.',
  references: [
    rfc(7515, 'A.5'),
    rfc(7518, '3.6'),
    rfc(7519, '6'),
    rfc(8725, '3.2'),
    asvs('9.1.2'),
    cheatSheet('JSON_Web_Token_for_Java'),
    wstg('SESS-10'),
    cwe(347),
    cwe(327),
  ],
  suppresses: ['signature-empty', 'alg-symmetric-cross-party', 'hmac-secret-*'],
  applies: ({ token }) => token.header !== null,
  check({ token, facts, sightings }, { page }) {
    if (token.header?.alg !== 'none') return [];
    const isSent = sightings.some(
      ({ place: { traits } }) => traits.sentToServers === true && traits.storage === null && traits.urlPart === null,
    );
    const harmless = isEmulated(stringAt(token.claims, 'iss'), page?.url ?? null)
      ? ' A local emulator issued it.'
      : facts.use === 'request-object'
        ? ' It is a request, not a credential.'
        : null;
    return [
      {
        says: `\`alg\` is "none"${isSent ? ', and the token is sent as a credential' : ''}.${harmless ?? ''}`,
        at: 'header.alg',
        severity: harmless ? 'info' : isSent ? 'critical' : 'high',
      },
    ];
  },
};

/** The Firebase Authentication emulator issues unsigned tokens to pages on the developer's machine. */
function isEmulated(issuer: string | null, pageUrl: string | null): boolean {
  const host = hostOf(pageUrl);
  return host !== null && isDevelopmentHost(host) && (issuer ?? '').startsWith('https://securetoken.google.com/');
}
