import { dailyToken, livekitToken, vonageToken, zoomToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoConnectionDataLong } from './video-connection-data-long.ts';

await ruleCases(videoConnectionDataLong, {
  flags: {
    'Vonage connection data': {
      on: { local: { t: vonageToken({ connection_data: 'a'.repeat(1001) }) } },
      severity: 'low',
      says: '`connection_data` has 1,001 characters',
      at: 'claims.connection_data',
    },
    'a Zoom topic': {
      on: { local: { t: zoomToken({ tpc: 'a'.repeat(201) }) } },
      severity: 'low',
      says: '`tpc` has 201 characters; Zoom Video SDK takes 200 characters',
      at: 'claims.tpc',
    },
    'a Daily user id': {
      on: { local: { t: dailyToken({ ud: 'a'.repeat(37) }) } },
      severity: 'low',
      says: '`ud` has 37 characters; Daily takes 36 characters',
      at: 'claims.ud',
    },
    'a Daily token as a whole': {
      on: { local: { t: dailyToken({ u: 'a'.repeat(1600) }) } },
      severity: 'low',
      says: 'The token has',
      at: null,
    },
    'LiveKit attributes, in bytes': {
      on: { local: { t: livekitToken({}, { attributes: { note: 'é'.repeat(33_000) } }) } },
      severity: 'low',
      says: 'bytes',
      at: 'claims.attributes',
    },
  },
  passes: {
    'Vonage connection data at its limit': { local: { t: vonageToken({ connection_data: 'a'.repeat(1000) }) } },
    'characters that are more bytes, where characters count': {
      local: { t: vonageToken({ connection_data: 'é'.repeat(1000) }) },
    },
    'ordinary tokens': { local: { a: dailyToken(), b: zoomToken() } },
  },
  doesNotApply: { 'a token that is not for calls': { local: { t: jwt({ ud: 'a'.repeat(50), exp: now + hours(1) }) } } },
});
