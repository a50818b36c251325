import type { Token } from '../../engine/model/token.ts';
import type { Check } from '../../introspection/reply.ts';
import type { Verdict } from '../../verify/index.ts';
import type { Profile, Question, Taken } from './profile.ts';

/** What a profile makes of a token, room and vendor aside. */
export interface Judgement {
  token: Token;
  /** The profile by its id. */
  profile: string;
  /** In the order in which they were made; what fails early ends it. */
  checks: Check[];
  /** What a standard forbids and the profile's server takes. */
  taken: Taken[];
  /** Null where the signature was not looked at. */
  verdict: Verdict | null;
}

/** Every check of a profile, cheap ones first, so that what is expired or misshapen costs no signature. Rejects only if `verify` does. */
export async function judge(profile: Profile, question: Question, verify: () => Promise<Verdict>): Promise<Judgement> {
  const { token } = question;
  const { check, taken } = profile.checkShape(question);
  const checks = [check, profile.checkTime(question)];
  if (checks.some(({ outcome }) => outcome === 'failed'))
    return { token, profile: profile.id, checks, taken, verdict: null };
  const issuer = profile.checkIssuer(question);
  checks.push(issuer);
  if (issuer.outcome === 'failed') return { token, profile: profile.id, checks, taken, verdict: null };
  const verdict = await verify();
  checks.push({ name: 'signature', outcome: verdict.outcome, reason: verdict.reason });
  return { token, profile: profile.id, checks, taken, verdict };
}
