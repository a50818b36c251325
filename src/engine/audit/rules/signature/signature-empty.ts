import { isJsonObject, isJws } from '../../../decode/forms/index.ts';
import { asvs, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const signatureEmpty: TokenRule = {
  id: 'signature-empty',
  judges: 'token',
  group: 'signature',
  title: 'Signed algorithm with no signature',
  severity: 'medium',
  why: 'Somebody removed the signature. A verifier that accepts it accepts anything.',
  fix: 'Let the server refuse tokens without a signature.',
  references: [rfc(7515, '5.2'), asvs('9.1.1'), cwe(347)],
  applies: ({ token }) => token.header !== null && isJws(token) && !isJsonObject(token),
  check({ token, sightings }) {
    const { header, text } = token;
    const [, payload, signature] = text.split('.');
    if (header?.alg === 'none' || !payload || signature === undefined || signature !== '') return [];
    const isSent = sightings.some(
      ({ place: { traits } }) => traits.sentToServers === true && traits.storage === null && traits.urlPart === null,
    );
    return [
      {
        says: `\`alg\` is ${JSON.stringify(header?.alg ?? null)}, and nothing stands after the last dot.`,
        at: 'header.alg',
        severity: isSent ? 'high' : 'medium',
      },
    ];
  },
};
