import type { Json } from '../../../text/json.ts';
import { valueAt } from '../../../text/values.ts';
import { isVideoJoin } from '../../evidence/video-token.ts';
import { cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const videoConnectionDataLong: TokenRule = {
  id: 'video-connection-data-long',
  judges: 'token',
  group: 'video',
  title: 'Too long',
  severity: 'low',
  why: 'The platform refuses or cuts what is longer, so the join fails or data is missing.',
  fix: 'Put an id into the token and look the data up on the server.',
  references: [cwe(1284)],
  applies: (subject, context) => isVideoJoin(subject, context) && (context.provider?.limits.length ?? 0) > 0,
  check: ({ token }, { provider }) =>
    (provider?.limits ?? []).flatMap(({ claim, max, unit }) => {
      const text = claim === '' ? token.text : textOf(valueAt(token.claims, claim));
      if (text === null) return [];
      const size = unit === 'bytes' ? bytesOf(text) : text.length;
      if (size <= max) return [];
      const limit = `${max.toLocaleString('en-US')} ${unit}`;
      return [
        {
          says: `${claim === '' ? 'The token' : `\`${claim}\``} has ${size.toLocaleString('en-US')} ${unit}; ${provider?.name ?? 'the platform'} takes ${limit}.`,
          at: claim === '' ? null : `claims.${claim}`,
        },
      ];
    }),
};

/** Texts as they are; flat maps, such as attributes, as the JSON they travel as. Deeper objects are not measured. */
function textOf(value: Json | undefined): string | null {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.values(value).every((one) => typeof one !== 'object') ? JSON.stringify(value) : null;
}

function bytesOf(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    // Each half of a surrogate pair counts two of the pair's four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
  }
  return bytes;
}
