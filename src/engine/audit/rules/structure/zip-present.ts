import { quote } from '../../../text/sentence.ts';
import { valueAt } from '../../../text/values.ts';
import { cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const zipPresent: TokenRule = {
  id: 'zip-present',
  judges: 'token',
  group: 'structure',
  title: 'Compressed before encryption',
  severity: 'low',
  why: 'The length of the result tells something about the content, and a small token can grow enormous when opened.',
  fix: 'Leave `zip` out.',
  references: [rfc(7516, '4.1.3'), rfc(8725, '3.6'), cwe(409)],
  applies: ({ token }) => valueAt(token.header, 'zip') !== undefined,
  check: ({ token }) => [
    {
      says: `\`zip\` is ${quote(valueAt(token.header, 'zip'))}${token.lock ? '' : ', in a signed token'}.`,
      at: 'header.zip',
      // Signed and compressed is how health cards fit into a QR code.
      severity: token.lock ? 'low' : 'info',
    },
  ],
};
