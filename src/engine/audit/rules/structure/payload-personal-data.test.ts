import { vonageToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { payloadPersonalData } from './payload-personal-data.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(payloadPersonalData, {
  flags: {
    'an e-mail address': {
      on: { local: { t: jwt({ ...live, mail: 'ada@acme.com' }) } },
      severity: 'low',
      says: '`mail` holds an e-mail address',
      at: 'claims.mail',
      confidence: 'likely',
    },
    'one in an address': {
      on: { url: `https://call.acme.com/?t=${jwt({ ...live, mail: 'ada@acme.com' })}` },
      severity: 'medium',
      says: '`mail` holds an e-mail address, and the token stands in an address',
    },
    'a phone number': {
      on: { local: { t: jwt({ ...live, contact: '+49 30 1234567' }) } },
      severity: 'low',
      says: 'phone number',
    },
    'a card number under a telling name': {
      on: { local: { t: jwt({ ...live, card: '4111 1111 1111 1111' }) } },
      severity: 'medium',
      says: 'payment card',
    },
    'a bank account': {
      on: { local: { t: jwt({ ...live, account: 'DE89 3704 0044 0532 0130 00' }) } },
      severity: 'medium',
      says: 'IBAN',
    },
    'a national id under its name': {
      on: { local: { t: jwt({ ...live, ssn: '123-45-6789' }) } },
      severity: 'medium',
      says: 'national id',
    },
    'a place': { on: { local: { t: jwt({ ...live, geo: '52.5200,13.4050' }) } }, severity: 'medium', says: 'location' },
    health: {
      on: { local: { t: jwt({ ...live, patient: { diagnosis: 'F41.1' } }) } },
      severity: 'medium',
      says: '`patient.diagnosis` holds a health detail',
      at: 'claims.patient.diagnosis',
    },
    'a birth date': {
      on: { local: { t: jwt({ ...live, birthdate: '1815-12-10' }) } },
      severity: 'low',
      says: '`birthdate` holds a birth date',
    },
    'the standard claims of an ID token, as a fact': {
      on: { local: { id_token: jwt({ ...live, nonce: 'n', aud: 'app', email: 'ada@acme.com' }) } },
      severity: 'info',
      says: '`email` holds an e-mail address',
    },
  },
  passes: {
    'test data': { local: { t: jwt({ ...live, mail: 'ada@example.com' }) } },
    'a hash': { local: { t: jwt({ ...live, mail: '5f4dcc3b5aa765d61d8327deb882cf99' }) } },
    'a flag about an address': { local: { t: jwt({ ...live, email_verified: true }) } },
    'an id that passes the card check by chance': { local: { t: jwt({ ...live, account: '4111111111111111' }) } },
    'a time in milliseconds': { local: { t: jwt({ ...live, at: now * 1000 }) } },
    'a machine': { local: { t: jwt({ ...live, account: 'bot@calls.iam.gserviceaccount.com' }) } },
    'a claim name without such a value': { local: { t: jwt({ ...live, diagnosis: '', address: {} }) } },
    'connection data, which is judged apart': { local: { t: vonageToken({ connection_data: 'ada@acme.com' }) } },
  },
  doesNotApply: {
    'a payload that cannot be read': { local: { access_token: rawJwt({ alg: 'RS256', typ: 'JWT' }, 'opaque') } },
  },
});
