import type { Subject } from '../../model/report.ts';
import type { TokenUse } from '../../model/token.ts';
import { isBlank, valueAt } from '../../text/values.ts';

/** True for a readable, undamaged payload of one of these uses: only there can a claim be called missing. */
export function isReadable({ token, facts }: Subject, uses: readonly TokenUse[]): boolean {
  return token.claims !== null && token.problem === null && uses.includes(facts.use);
}

/** True when a claim is absent, null or blank. */
export function lacks({ token }: Subject, claim: string): boolean {
  return isBlank(valueAt(token.claims, claim));
}
