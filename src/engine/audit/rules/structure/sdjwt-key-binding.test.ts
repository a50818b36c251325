import { base64url, jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import type { JsonObject } from '../../../text/json.ts';
import { sdjwtKeyBinding } from './sdjwt-key-binding.ts';

const disclosure = base64url(JSON.stringify(['c2FsdA', 'given_name', 'Ada']));
const sdJwt = (more: JsonObject) =>
  `${rawJwt({ alg: 'ES256', typ: 'dc+sd-jwt' }, { iss: 'https://issuer.acme.com', vct: 'id', ...more })}~${disclosure}~`;

await ruleCases(sdjwtKeyBinding, {
  flags: {
    'a holder key without proof': {
      on: { local: { t: sdJwt({ cnf: { jwk: { kty: 'EC' } } }) } },
      severity: 'info',
      says: '`cnf` names a key, and no key binding follows',
      at: 'claims.cnf',
    },
  },
  passes: { 'no holder key': { local: { t: sdJwt({}) } } },
  doesNotApply: { 'an ordinary token': { local: { t: jwt({ cnf: { jkt: 'x' }, exp: now + 60 }) } } },
});
