import type { Subject } from '../../model/report.ts';
import { valueAt } from '../../text/values.ts';

/** Bounds of the iteration count of PBES2, from draft-ietf-oauth-rfc8725bis §3.13 and RFC 7518 §4.8.1.2. */
export const iterationBounds = { least: 1000, advised: 600_000, most: 1_200_000 } as const;

/** The iteration count of a token encrypted with a password; null for any other token. */
export function iterationsOf({ token }: Subject): number | null {
  const alg = valueAt(token.header, 'alg');
  const count = valueAt(token.header, 'p2c');
  return typeof alg === 'string' && alg.startsWith('PBES2-') && typeof count === 'number' ? count : null;
}
