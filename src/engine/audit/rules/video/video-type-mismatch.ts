import { isJws } from '../../../decode/forms/index.ts';
import { isOfType } from '../../../recognise/claim-type.ts';
import type { ClaimType } from '../../../recognise/providers/provider.ts';
import { clip, quote } from '../../../text/sentence.ts';
import { valueAt } from '../../../text/values.ts';
import { isVideoJoin } from '../../evidence/video-token.ts';
import { cwe } from '../references.ts';
import type { TokenRule } from '../rule.ts';

/** Other rules speak of these. */
const times = new Set(['exp', 'nbf', 'iat']);

export const videoTypeMismatch: TokenRule = {
  id: 'video-type-mismatch',
  judges: 'token',
  group: 'video',
  title: 'Wrong JSON type for a grant',
  severity: 'low',
  why: 'The platform ignores the value, refuses the token, or takes any value for true.',
  fix: 'Write the value in the type the platform documents.',
  references: [cwe(1287)],
  // Forms other than JWT write every value as text.
  applies: (subject, context) => isVideoJoin(subject, context) && isJws(subject.token),
  check: ({ token }, { provider }) =>
    Object.entries(provider?.claims ?? {})
      .flatMap(([path, { type }]) => {
        if (!type || times.has(path) || path.startsWith('header.') || path.includes('*')) return [];
        const value = valueAt(token.claims, path);
        // A null in a profile is a mistake; elsewhere it says "not set".
        if (value === undefined || (value === null && !/user/.test(path))) return [];
        const allowed: readonly ClaimType[] = typeof type === 'string' ? [type] : type;
        if (allowed.some((one) => isOfType(value, one))) return [];
        return [
          {
            says: `\`${clip(path)}\` is ${quote(value)}; ${provider?.name ?? 'the platform'} reads ${allowed.map((one) => words[one]).join(' or ')}.`,
            at: `claims.${path}`,
          },
        ];
      })
      .slice(0, 10),
};

const words: Record<ClaimType, string> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  'boolean-text': '"true" or "false"',
  object: 'an object',
  array: 'a list',
};
