import { createHash } from 'node:crypto';
import { base64url, jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { sdjwtDisclosureOrphan } from './sdjwt-disclosure-orphan.ts';

/** An SD-JWT with one disclosure, whose digest is signed or not. */
function sdJwt(isSigned: boolean): string {
  const disclosure = base64url(JSON.stringify(['c2FsdA', 'given_name', 'Ada']));
  const digest = createHash('sha256').update(disclosure).digest('base64url');
  const token = rawJwt(
    { alg: 'ES256', typ: 'dc+sd-jwt' },
    { iss: 'https://issuer.acme.com', vct: 'id', _sd: [isSigned ? digest : 'AAAA'], _sd_alg: 'sha-256' },
  );
  return `${token}~${disclosure}~`;
}

await ruleCases(sdjwtDisclosureOrphan, {
  flags: {
    'a disclosure nobody signed': { on: { local: { t: sdJwt(false) } }, severity: 'low', says: '"given_name"' },
  },
  passes: { 'a signed one': { local: { t: sdJwt(true) } } },
  doesNotApply: { 'an ordinary token': { local: { t: jwt({ exp: now + 60 }) } } },
});
