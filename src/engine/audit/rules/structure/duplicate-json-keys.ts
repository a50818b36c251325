import { clip } from '../../../text/sentence.ts';
import { cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

/** Members that decide who may do what; every member of a platform's grants counts too. */
const deciding = /^(?:alg|kid|typ|crit|iss|sub|aud|exp|nbf|scope|role|room)$/;

export const duplicateJsonKeys: TokenRule = {
  id: 'duplicate-json-keys',
  judges: 'token',
  group: 'structure',
  title: 'Same member twice',
  severity: 'medium',
  why: 'Parsers differ in which value counts, so two servers can read two different tokens.',
  fix: 'Write each member once, and refuse tokens that do not.',
  references: [rfc(7515, '4'), rfc(7515, '10.12'), rfc(7519, '4'), rfc(8259, '4'), cwe(436)],
  applies: ({ token }) => token.irregularities.length > 0,
  check: ({ token }, { provider }) =>
    token.irregularities
      .filter(({ code }) => code === 'duplicate-member')
      .slice(0, 5)
      .map(({ message, subject = null }) => {
        const path = subject?.replace(/^(?:claims|header)\./, '') ?? '';
        const isDeciding =
          deciding.test(path.split('.').at(-1) ?? '') || (provider !== null && Object.hasOwn(provider.claims, path));
        return { says: clip(message, 200), at: subject, severity: isDeciding ? 'medium' : 'low' } as const;
      }),
};
