import type { IrregularityCode, Token } from '../../engine/model/token.ts';
import type { Json } from '../../engine/text/json.ts';
import { memberOf } from '../../engine/text/values.ts';
import type { Check } from '../../introspection/reply.ts';
import { verifySignedText } from '../../verify/index.ts';
import { timeInWords } from '../time-check.ts';
import { general } from './general.ts';
import { decodePlain, inSpiteOf, irregularitiesIn, plainJwsProblem } from './plain-jws.ts';
import type { Profile, Taken } from './profile.ts';

/** Clock difference that `TokenVerifier` forgives, in seconds; the server itself forgives a minute. */
const toleranceSeconds = 10;
const tolerance = 'the SDK forgives ten seconds, and the server a minute';

const algorithms = ['HS256', 'HS384', 'HS512'];

/** What `jose`, which verifies for the SDK, takes on Node. */
const tolerated: IrregularityCode[] = [
  'padding',
  'plain-base64-alphabet',
  'trailing-bits',
  'duplicate-member',
  'bom',
  'invalid-utf8',
];

/**
 * LiveKit: `TokenVerifier` of livekit-server-sdk 2.19 and `APIKeyTokenVerifier` of livekit/protocol (read 2026-11). The two agree
 * on issuer and expiry; where the second is stricter the reply says so.
 */
export const livekit: Profile = {
  id: 'livekit',
  follows: '`TokenVerifier` of livekit-server-sdk 2.19; where livekit/protocol is stricter the reply says so',
  read: readAsLivekit,
  checkShape({ token }) {
    const problem = plainJwsProblem(token, tolerated) ?? headerProblem(token.header);
    if (problem !== null) return { check: { name: 'shape', outcome: 'failed', reason: problem }, taken: [] };
    const taken = [...irregularitiesIn(token, tolerated), ...otherAlgorithm(token.header)];
    const reason = `The token reads as one of LiveKit.${inSpiteOf(taken)}`;
    return { check: { name: 'shape', outcome: 'passed', reason }, taken };
  },
  checkTime: ({ token, now, ignoreNbf }) => checkTime(token.claims, Math.floor(now), ignoreNbf),
  checkIssuer(question) {
    // The API key is how the server finds the secret.
    return typeof memberOf(question.token.claims, 'iss') === 'string'
      ? general.checkIssuer(question)
      : { name: 'issuer', outcome: 'failed', reason: '`iss` must be the API key.' };
  },
  async verify({ token }, keys) {
    const alg = memberOf(token.header, 'alg');
    return typeof alg === 'string' && algorithms.includes(alg)
      ? verifySignedText(token.text, alg, memberOf(token.header, 'kid'), keys)
      : { outcome: 'failed', reason: 'LiveKit signs with HMAC only: HS256, HS384 or HS512.' };
  },
  checkRoom: general.checkRoom,
};

/** Line breaks in the signature are passed over, by the SDK on Node and by the server; before it they are part of what was signed. */
function readAsLivekit(text: string): Token | null {
  const [first, second, signature = '', ...more] = text.split('.');
  const third = signature.replace(/[\r\n]/g, '');
  return first && second && third && more.length === 0 && /^[\w=+/-]+\.[\w=+/-]+\.[\w=+/\r\n-]+$/.test(text)
    ? decodePlain([first, second, third])
    : null;
}

function headerProblem(header: Json | null): string | null {
  return memberOf(header, 'crit') === undefined ? null : 'The header demands by `crit` what the server does not know.';
}

function otherAlgorithm(header: Json | null): Taken[] {
  const alg = memberOf(header, 'alg');
  return alg === 'HS384' || alg === 'HS512'
    ? [{ code: 'other-algorithm', says: `the SDK takes ${alg}, and the server of late 2026 HS256 only.` }]
    : [];
}

function checkTime(claims: Json | null, now: number, ignoreNbf: boolean): Check {
  const name = 'time';
  for (const claim of ['exp', 'nbf', 'iat']) {
    const value = memberOf(claims, claim);
    if (value !== undefined && typeof value !== 'number') {
      return { name, outcome: 'failed', reason: `Its \`${claim}\` must be a number.` };
    }
  }
  const [exp, nbf] = [memberOf(claims, 'exp'), memberOf(claims, 'nbf')];
  if (typeof exp !== 'number') return { name, outcome: 'failed', reason: 'It has no `exp`, which LiveKit requires.' };
  if (exp <= now - toleranceSeconds)
    return { name, outcome: 'failed', reason: `It expired at ${timeInWords(exp)}; ${tolerance}.` };
  if (typeof nbf === 'number' && nbf > now + toleranceSeconds && !ignoreNbf) {
    return { name, outcome: 'failed', reason: `It is not valid before ${timeInWords(nbf)}; ${tolerance}.` };
  }
  return { name, outcome: 'passed', reason: `It is valid until ${timeInWords(exp)}.` };
}
