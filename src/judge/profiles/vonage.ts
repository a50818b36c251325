import { jws } from '../../engine/decode/forms/jws.ts';
import type { Token } from '../../engine/model/token.ts';
import { projectOfSession } from '../../engine/recognise/providers/opentok/opentok-session.ts';
import { hasAt, memberOf } from '../../engine/text/values.ts';
import { general } from './general.ts';
import type { Profile } from './profile.ts';

/**
 * Vonage Video: JWTs of an application, RS256 with its key (developer.vonage.com/en/video/guides/create-token and
 * /en/getting-started/concepts/authentication, read 2026-11; @vonage/video 1.28 mints them). What its servers do beyond that is
 * not published.
 */
export const vonage: Profile = {
  ...general,
  id: 'vonage',
  follows: 'Vonage’s documents on application tokens',
  checkShape(question) {
    const shape = general.checkShape(question);
    const problem = shape.check.outcome === 'passed' ? claimsProblem(question.token) : null;
    return problem === null ? shape : { check: { name: 'shape', outcome: 'failed', reason: problem }, taken: [] };
  },
  async verify(question, keys) {
    return memberOf(question.token.header, 'alg') === 'RS256'
      ? general.verify(question, keys)
      : { outcome: 'failed', reason: 'Tokens of a Vonage application are signed with RS256.' };
  },
};

function claimsProblem({ form, claims }: Token): string | null {
  if (form !== jws.id) return 'Tokens of an application have three parts with dots between them.';
  const text = (name: string) => {
    const value = memberOf(claims, name);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  if (text('application_id') === null) return '`application_id` is missing: it must name the application.';
  if (typeof memberOf(claims, 'iat') !== 'number') return '`iat` is missing: it must be a number.';
  if (text('jti') === null) return '`jti` is missing: it makes the token unique.';
  // Without them it is a token for the REST API.
  if (!hasAt(claims, 'session_id') && !hasAt(claims, 'scope')) return null;
  if (memberOf(claims, 'scope') !== 'session.connect') return '`scope` must be "session.connect".';
  const session = text('session_id');
  if (session === null) return '`session_id` is missing: it must name the session.';
  const owner = projectOfSession(session);
  return owner === null || owner === text('application_id')
    ? null
    : 'The session belongs to another application than the token.';
}
