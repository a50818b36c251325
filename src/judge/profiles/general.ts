import { opentokT1 } from '../../engine/decode/forms/opentok-t1.ts';
import { zego04 } from '../../engine/decode/forms/zego-04.ts';
import type { Facts } from '../../engine/model/facts.ts';
import type { Token } from '../../engine/model/token.ts';
import { projectOfSession } from '../../engine/recognise/providers/opentok/opentok-session.ts';
import { valueAt } from '../../engine/text/values.ts';
import type { Check } from '../../introspection/reply.ts';
import { type Signed, type Verdict, verifySignature } from '../../verify/index.ts';
import { isKeyBindingGood } from '../key-binding.ts';
import { requirementProblem } from '../required-check.ts';
import { checkRoom } from '../room-check.ts';
import { checkShape } from '../shape-check.ts';
import { checkTime, timeInWords } from '../time-check.ts';
import type { Profile, ServerSettings } from './profile.ts';

/**
 * For platforms whose server nobody outside can read, and for identity providers: RFC 7515 and RFC 7519 as the `jose` library
 * keeps them, and on top what two readers could take in two ways is refused.
 */
export const general: Profile = {
  id: 'general',
  follows: 'RFC 7515, RFC 7519 and RFC 8725, as the `jose` library keeps them',
  checkShape(question) {
    const { token, provider, facts, key } = question;
    const check = checkShape(token, provider, isGeneral(key));
    const isJudged = check.outcome === 'passed' && !isGeneral(key);
    const problem = isJudged ? requirementProblem(token, provider, facts) : null;
    return { check: problem === null ? check : { name: 'shape', outcome: 'failed', reason: problem }, taken: [] };
  },
  checkTime(question) {
    const { span, now, skewSeconds, ignoreNbf } = question;
    const clock = isGeneral(question.key) ? undefined : question.provider?.clock;
    // A platform that is known to forgive less refuses sooner than this server is told to.
    const skew = Math.min(skewSeconds, clock?.leewaySeconds?.[1] ?? skewSeconds);
    const check = checkTime(span, now, skew, ignoreNbf);
    const issuedBy = now + (clock?.issuedAtLeewaySeconds ?? Number.POSITIVE_INFINITY);
    return check.outcome === 'passed' && span.issuedAt !== null && span.issuedAt > issuedBy
      ? { name: 'time', outcome: 'failed', reason: `It was made in the future, at ${timeInWords(span.issuedAt)}.` }
      : check;
  },
  checkIssuer({ token, facts, key }) {
    const name = 'issuer';
    if (isFor(key, token, facts)) return issuerOf(key);
    return { name, outcome: 'failed', reason: 'Issuer, audience or key id is not an accepted one.' };
  },
  async verify({ token, key }, keys) {
    const verdict = await verifySignature(token, keys);
    if (verdict.outcome !== 'passed') return verdict;
    if (!(await isKeyBindingGood(token))) {
      return { outcome: 'failed', reason: 'The key binding is not by the key that the issuer named, over this token.' };
    }
    return differs(token, key, verdict.signed) ?? verdict;
  },
  checkRoom: (question) => checkRoom(question),
};

/** The provider of a key that serves whatever its issuers sign. */
export const anyIssuer = 'oidc';

/** A key that serves whatever its issuers sign. */
export function isGeneral(key: Pick<ServerSettings, 'provider'>): boolean {
  return key.provider === anyIssuer;
}

/** Whether more is asked of a token than which key signs it. */
export function isPinned(key: Pick<ServerSettings, 'issuer' | 'audience' | 'kid'>): boolean {
  return Boolean(key.issuer?.length || key.audience?.length || key.kid !== undefined);
}

export function issuerOf(key: ServerSettings): Check {
  return isPinned(key)
    ? { name: 'issuer', outcome: 'passed', reason: 'Issuer, audience and key id are accepted ones.' }
    : { name: 'issuer', outcome: 'not-checked', reason: 'No accepted issuer is named; the key alone decides.' };
}

/** Whether the token is from whom, and for whom, the key is configured. */
function isFor(key: ServerSettings, token: Token, facts: Facts | null): boolean {
  const { header, claims } = token;
  const iss = valueAt(claims, 'iss');
  const aud = valueAt(claims, 'aud');
  const audience = Array.isArray(aud) ? aud : [aud];
  // Tokens without `iss` say whose they are by an account: Daily's domain, Vonage's application, an API key.
  const named = iss === undefined ? signedTenant(token, facts) : iss;
  return (
    (key.kid === undefined || key.kid === header?.kid) &&
    (!key.issuer?.length || key.issuer.some((one) => one === named)) &&
    (!key.audience?.length || key.audience.some((one) => audience.includes(one)))
  );
}

/** The account as far as the signature covers it: a `T1==` token writes its project outside, and inside its session's name. */
function signedTenant({ form, claims }: Token, facts: Facts | null): string | null {
  if (form !== opentokT1.id) return facts?.tenant ?? null;
  const session = valueAt(claims, 'session_id');
  return typeof session === 'string' ? projectOfSession(session) : null;
}

/** Every check above went by the token as it was read; it counts only when just that was signed. */
function differs(token: Token, key: ServerSettings, signed: Signed | undefined): Verdict | null {
  if (token.form === opentokT1.id) {
    const project = signedTenant(token, null);
    return project === null || project === token.claims?.partner_id
      ? null
      : { outcome: 'failed', reason: 'The project written outside is not that of the session.' };
  }
  if (!signed) return null;
  if (token.form === zego04.id) {
    return signed.claims?.expire === token.claims?.expire
      ? null
      : { outcome: 'failed', reason: 'The expiry written outside is not the one inside.' };
  }
  if (JSON.stringify(signed.claims) !== JSON.stringify(token.claims)) {
    return { outcome: 'failed', reason: 'What was signed reads differently from what the token says.' };
  }
  return key.kid !== undefined && signed.header?.kid !== key.kid
    ? { outcome: 'failed', reason: 'The key id is not part of what was signed.' }
    : null;
}
