import type { Subject } from '../../model/report.ts';
import type { RuleContext } from '../rules/rule.ts';

/** A token that lets somebody join a call, of a recognised platform, and readable as a whole. */
export function isVideoJoin({ facts, token }: Subject, { provider }: Pick<RuleContext, 'provider'>): boolean {
  return provider?.kind === 'video' && facts.use === 'video-join' && token.claims !== null;
}

/** Where a finding about a claim points; the whole token when the platform names none. */
export function claimPath(claim: string | null): string | null {
  return claim === null ? null : `claims.${claim}`;
}
