import { credentialIn, secretByName } from '../../evidence/credential-shapes.ts';
import { eachText } from '../../evidence/each-text.ts';
import { asvs, cheatSheet, cwe } from '../references.ts';
import type { TokenRule, Verdict } from '../rule.ts';

export const payloadSecret: TokenRule = {
  id: 'payload-secret',
  judges: 'token',
  group: 'structure',
  title: 'Credential inside a payload',
  severity: 'high',
  why: 'A signed token is not encrypted: everybody who sees it can read the credential.',
  fix: 'Keep the credential on the server, and change it now.',
  references: [asvs('14.1.1'), asvs('13.3.1'), cheatSheet('JSON_Web_Token_for_Java'), cwe(522), cwe(312), cwe(798)],
  applies: ({ token }) => token.claims !== null,
  check({ token }, { provider }) {
    const verdicts: Verdict[] = [];
    const config = provider?.configClaims ?? [];
    eachText(token.claims, '', (text, path) => {
      if (verdicts.length >= 5 || config.some((one) => path === one || path.startsWith(`${one}.`))) return;
      const shape = credentialIn(text);
      if (shape) {
        verdicts.push({ says: `\`${path}\` holds ${shape.name}.`, at: `claims.${path}`, severity: shape.severity });
        return;
      }
      const kind = secretByName(path.split('.').at(-1) ?? '', text);
      if (kind === 'secret')
        verdicts.push({ says: `\`${path}\` holds a secret.`, at: `claims.${path}`, confidence: 'likely' });
      if (kind === 'hash')
        verdicts.push({ says: `\`${path}\` holds the hash of a password.`, at: `claims.${path}`, severity: 'low' });
    });
    return verdicts;
  },
};
