import { isJsonObject, joseOf } from '../../../decode/forms/index.ts';
import { valueAt } from '../../../text/values.ts';
import { rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const payloadNotJson: TokenRule = {
  id: 'payload-not-json',
  judges: 'token',
  group: 'structure',
  title: 'Payload is not a claims object',
  severity: 'info',
  why: 'It is signed, but it is no JSON Web Token: there are no claims to explain or to judge.',
  fix: 'Nothing.',
  references: [rfc(7515, '3')],
  applies: ({ token }) =>
    joseOf(token) === 'signed' && !isJsonObject(token) && token.problem === null && token.claims === null,
  check({ token }) {
    if (token.inner.length > 0 || token.opaquePayload === null) return [];
    if (valueAt(token.header, 'b64') === false || valueAt(token.header, 'zip') !== undefined) return [];
    return [
      {
        says: `The payload is ${token.opaquePayload.length.toLocaleString('en-US')} characters of something else.`,
        at: null,
      },
    ];
  },
};
