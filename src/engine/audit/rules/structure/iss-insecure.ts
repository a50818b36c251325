import { hostOf, isDevelopmentHost } from '../../../text/hosts.ts';
import { clip } from '../../../text/sentence.ts';
import { stringAt } from '../../../text/values.ts';
import { cwe, openidCore, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const issInsecure: TokenRule = {
  id: 'iss-insecure',
  judges: 'token',
  group: 'structure',
  title: 'Issuer URL is http or odd',
  severity: 'low',
  why: 'Keys found through an unencrypted address can be replaced on the way.',
  fix: 'Use an https issuer without query or fragment.',
  references: [openidCore('2'), rfc(8725, '3.8'), cwe(319)],
  applies: ({ token }) => /^https?:\/\//i.test(stringAt(token.claims, 'iss') ?? ''),
  check({ token }) {
    const issuer = stringAt(token.claims, 'iss') ?? '';
    const host = hostOf(issuer);
    const isHttp = /^http:/i.test(issuer) && (host === null || !isDevelopmentHost(host));
    const odd = isHttp ? 'is not https' : /[?#]/.test(issuer) ? 'carries a query or fragment' : null;
    return odd ? [{ says: `\`iss\` is ${JSON.stringify(clip(issuer, 100))}, which ${odd}.`, at: 'claims.iss' }] : [];
  },
};
