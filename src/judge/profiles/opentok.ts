import { jws } from '../../engine/decode/forms/jws.ts';
import { opentokT1 } from '../../engine/decode/forms/opentok-t1.ts';
import type { Token } from '../../engine/model/token.ts';
import { projectOfSession } from '../../engine/recognise/providers/opentok/opentok-session.ts';
import { hasAt, memberOf } from '../../engine/text/values.ts';
import type { Check } from '../../introspection/reply.ts';
import { timeInWords } from '../time-check.ts';
import { general } from './general.ts';
import type { Profile } from './profile.ts';

/** A `T1==` token without `expire_time` ends after a day. */
const defaultSeconds = 86_400;

/**
 * OpenTok: the older `T1==` tokens and project JWTs, HS256 (developer.vonage.com/en/video/guides/create-token and the packages
 * opentok 2.23 and opentok-token 1.1, read 2026-11). What its servers do beyond that is not published.
 */
export const opentok: Profile = {
  ...general,
  id: 'opentok',
  follows: 'Vonage’s documents on OpenTok tokens, and its packages that make them',
  checkShape(question) {
    const shape = general.checkShape(question);
    const problem = shape.check.outcome === 'passed' ? claimsProblem(question.token) : null;
    return problem === null ? shape : { check: { name: 'shape', outcome: 'failed', reason: problem }, taken: [] };
  },
  checkTime(question): Check {
    const check = general.checkTime(question);
    const { token, now, skewSeconds } = question;
    const created = memberOf(token.claims, 'create_time');
    if (check.outcome !== 'passed' || token.form !== opentokT1.id || hasAt(token.claims, 'expire_time')) return check;
    if (typeof created !== 'number') return { name: 'time', outcome: 'failed', reason: '`create_time` is missing.' };
    const end = created + defaultSeconds;
    return {
      name: 'time',
      outcome: end <= now - skewSeconds ? 'failed' : 'passed',
      reason: `Without \`expire_time\` it ends a day after it was made, at ${timeInWords(end)}.`,
    };
  },
  async verify(question, keys) {
    const { form, header } = question.token;
    return form === opentokT1.id || memberOf(header, 'alg') === 'HS256'
      ? general.verify(question, keys)
      : { outcome: 'failed', reason: 'JWTs of an OpenTok project are signed with HS256.' };
  },
};

function claimsProblem({ form, claims }: Token): string | null {
  const isT1 = form === opentokT1.id;
  if (!isT1 && form !== jws.id) return 'JWTs of a project have three parts with dots between them.';
  const project = memberOf(claims, isT1 ? 'partner_id' : 'iss');
  if (!isT1 && memberOf(claims, 'ist') !== 'project') return '`ist` must be "project".';
  if (typeof project !== 'string' || project === '') return 'The token does not name its project.';
  // Without them it is a token for the REST API.
  if (!isT1 && !hasAt(claims, 'session_id') && !hasAt(claims, 'scope')) return null;
  const session = memberOf(claims, 'session_id');
  if (typeof session !== 'string' || session === '') return '`session_id` is missing: it must name the session.';
  const owner = projectOfSession(session);
  // Of a T1 token the project stands outside of what is signed, which is looked at with the signature.
  return isT1 || owner === null || owner === project ? null : 'The session belongs to another project than the token.';
}
