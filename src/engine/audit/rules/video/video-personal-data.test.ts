import { dailyToken, jitsiToken, livekitToken, vonageToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoPersonalData } from './video-personal-data.ts';

await ruleCases(videoPersonalData, {
  flags: {
    'an e-mail address in connection data': {
      on: { local: { t: vonageToken({ connection_data: 'name=Jo&email=jo@acme.com' }) } },
      severity: 'low',
      says: '`connection_data` holds an e-mail address.',
      at: 'claims.connection_data',
      confidence: 'likely',
    },
    'one that is URL-encoded': {
      on: { local: { t: vonageToken({ connection_data: 'email%3Djo%40acme.com' }) } },
      severity: 'low',
      says: '`connection_data` holds an e-mail address',
    },
    'an e-mail address as identity': {
      on: { local: { t: dailyToken({ ud: 'jo@acme.com' }) } },
      severity: 'medium',
      says: 'shown to the others',
    },
    'an e-mail address in a Jitsi profile': {
      on: { local: { t: jitsiToken({}, { id: 'u1', name: 'Jo', email: 'jo@acme.com' }) } },
      severity: 'low',
      says: '`context.user.email` holds an e-mail address',
      at: 'claims.context.user.email',
    },
    'a phone number': {
      on: { local: { t: vonageToken({ connection_data: 'call +49 30 1234567' }) } },
      severity: 'medium',
      says: '`connection_data` holds a phone number',
    },
    'LiveKit attributes': {
      on: { local: { t: livekitToken({}, { attributes: { contact: 'jo@acme.com' } }) } },
      severity: 'low',
      says: '`attributes.contact` holds an e-mail address',
      at: 'claims.attributes.contact',
    },
  },
  passes: {
    'a display name, which a call needs': { local: { t: dailyToken({ u: 'Ada Lovelace' }) } },
    'an opaque id': { local: { t: vonageToken({ connection_data: 'userId=42' }) } },
    'test data': { local: { t: vonageToken({ connection_data: 'jo@example.com' }) } },
    'a hash of an address': { local: { t: dailyToken({ ud: '5f4dcc3b5aa765d61d8327deb882cf99' }) } },
  },
  doesNotApply: {
    'a token that is not for calls': { local: { t: jwt({ connection_data: 'jo@acme.com', exp: now + hours(1) }) } },
  },
});
