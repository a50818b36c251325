import { createHash } from 'node:crypto';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { carried, ruleCases } from '../../../../../test/cases/rule.ts';
import { senderConstraintUnused } from './sender-constraint-unused.ts';

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');
const live = { sub: 'ada', iat: now, exp: now + hours(1) };

const bound = jwt({ ...live, cnf: { jkt: 'x' } });

await ruleCases(senderConstraintUnused, {
  flags: {
    'a bound token without proof': {
      on: carried(jwt({ ...live, cnf: { jkt: 'x' } }), 'Authorization', 'https://api.acme.com/'),
      severity: 'medium',
      says: 'It is sent without a proof: localStorage["t"] of https://api.acme.com',
      at: 'sightings[0]',
    },
  },
  passes: {
    'a bound token that goes with its proof': {
      exchanges: [
        {
          url: 'https://api.acme.com/',
          requestHeaders: [
            { name: 'Authorization', value: `DPoP ${bound}` },
            { name: 'DPoP', value: jwt({ jti: '1', htm: 'GET', iat: now, ath: hashOf(bound) }, { typ: 'dpop+jwt' }) },
          ],
        },
      ],
    },
  },
  doesNotApply: {
    'a binding to a certificate': carried(
      jwt({ ...live, cnf: { 'x5t#S256': 'x' } }),
      'Authorization',
      'https://api.acme.com/',
    ),
    'a bound token in storage': { local: { t: jwt({ ...live, cnf: { jkt: 'x' } }) } },
    'a plain token': carried(jwt(live), 'Authorization', 'https://api.acme.com/'),
  },
});
