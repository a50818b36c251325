import { quote } from '../../../text/sentence.ts';
import { rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const ctyNested: TokenRule = {
  id: 'cty-nested',
  judges: 'token',
  group: 'structure',
  title: 'Token inside a token',
  severity: 'info',
  why: 'The inner token has claims and a lifetime of its own.',
  fix: 'Nothing; look at the inner token too.',
  references: [rfc(7519, '5.2'), rfc(7519, '11.2'), rfc(8725, '3.3')],
  applies: ({ token }) => token.inner.length > 0,
  check: ({ token }) =>
    token.inner.slice(0, 5).map(({ path, token: inner }) => ({
      says: `A token lies in ${path === '' ? 'the payload' : quote(path)}${inner.lock ? ', encrypted and then signed' : ''}.`,
      at: path === '' ? null : `claims.${path}`,
      severity: inner.lock ? 'low' : 'info',
    })),
};
