import { memberOf, valueAt } from '../../engine/text/values.ts';
import type { Check } from '../../introspection/reply.ts';
import {
  checkJitsiParties,
  checkJitsiRoom,
  checkJitsiShape,
  checkJitsiTime,
  type JitsiServer,
  verifyForJitsi,
} from './jitsi-server.ts';
import type { Profile, Question } from './profile.ts';

/** The Jitsi that 8x8 runs; what it is set to stands in its documents (developer.8x8.com/jaas/docs/api-keys-jwt, read 2026-11). */
const server: JitsiServer = {
  algorithm: 'RS256',
  issuers: ['chat'],
  audiences: ['jitsi'],
  domain: null,
  verifiesDomain: true,
  requiresRoom: true,
  looksKeysUp: true,
  patterns: 'lower-case',
};

/** JaaS: every page has a tenant, the AppID, which stands in `sub` and before the slash of `kid`. */
export const jaas: Profile = {
  id: 'jaas',
  follows: 'the token plug-ins of Prosody in jitsi-meet (2026-02), set up as 8x8 documents it',
  checkShape({ token }) {
    // Tokens for the server API open no room.
    const requiresRoom = server.requiresRoom && valueAt(token.claims, 'admin') !== true;
    const { check, taken } = checkJitsiShape(token, { ...server, requiresRoom });
    const problem = check.outcome === 'passed' ? keyIdProblem({ token }) : null;
    if (problem === null) return { check, taken };
    return { check: { name: 'shape', outcome: 'failed', reason: problem }, taken: [] };
  },
  checkTime: ({ token, now, ignoreNbf }) => checkJitsiTime(token.claims, now, ignoreNbf),
  checkIssuer(question) {
    const { key, token } = question;
    const check = checkJitsiParties(question, { ...server, audiences: key.audience ?? server.audiences });
    if (check.outcome !== 'passed' || !key.issuer?.length) return check;
    // What tells accounts apart is the AppID: `iss` is the same for all.
    const sub = memberOf(token.claims, 'sub');
    return key.issuer.some((one) => one === 'chat' || one === sub)
      ? check
      : { name: 'issuer', outcome: 'failed', reason: 'The AppID in `sub` is not an accepted one.' };
  },
  verify: ({ token }, keys) => verifyForJitsi(token, server, keys),
  checkRoom({ token, room = '', tenant }): Check {
    const own = memberOf(token.claims, 'sub');
    return checkJitsiRoom(token.claims, server, room, tenant ?? (typeof own === 'string' ? own : undefined));
  },
};

function keyIdProblem({ token: { header, claims } }: Pick<Question, 'token'>): string | null {
  const kid = memberOf(header, 'kid');
  const sub = memberOf(claims, 'sub');
  if (typeof kid !== 'string' || !/\/./s.test(kid))
    return 'The header’s `kid` must be the AppID, a slash and the id of the key.';
  return kid.slice(0, kid.indexOf('/')) === sub
    ? null
    : '`sub` is not the AppID before the slash of the header’s `kid`.';
}
