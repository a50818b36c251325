import { dailyToken, livekitToken, twilioToken } from '../../../../../test/builders/join-tokens.ts';
import { jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoAdminGrant } from './video-admin-grant.ts';

await ruleCases(videoAdminGrant, {
  flags: {
    'LiveKit room management': {
      on: { local: { t: livekitToken({ roomCreate: true }) } },
      severity: 'high',
      says: '`video.roomCreate` reaches beyond one room',
      at: 'claims.video.roomCreate',
    },
    'a Stream server token': {
      on: { local: { t: jwt({ server: true, iat: now }) } },
      severity: 'critical',
      says: '`server` is true, which has all powers',
    },
    'a 100ms management token': {
      on: { local: { t: jwt({ access_key: 'k', type: 'management', version: 2, iat: now, exp: now + 60 }) } },
      severity: 'critical',
      says: '`type` is "management", the whole REST API of the project',
    },
    'a JaaS server token': {
      on: {
        local: {
          t: jwt(
            {
              aud: 'jitsi',
              iss: 'chat',
              sub: 'vpaas-magic-cookie-0123456789abcdef0123456789abcdef',
              room: '*',
              admin: true,
              exp: now + 60,
            },
            { kid: 'vpaas-magic-cookie-0123456789abcdef0123456789abcdef/1' },
          ),
        },
      },
      severity: 'critical',
      says: '`admin` is true: the server API accepts this token',
      at: 'claims.admin',
    },
    'Twilio grants for other products': {
      on: {
        local: { t: twilioToken({ chat: { service_sid: 'IS1' }, voice: { outgoing: { application_sid: 'AP1' } } }) },
      },
      severity: 'medium',
      count: 2,
      says: 'opens another product than video',
    },
    'a Daily admin on a page for guests': {
      on: { url: 'https://call.acme.com/guest', local: { t: dailyToken({ p: { ca: true } }) } },
      severity: 'medium',
      says: 'on a page for guests',
    },
  },
  passes: {
    'a Twilio participant': { local: { t: twilioToken() } },
    'a LiveKit participant': { local: { t: livekitToken() } },
    'a Daily admin on a dashboard': { local: { t: dailyToken({ p: { ca: true } }) } },
  },
  doesNotApply: { 'a token that is not for calls': { local: { t: jwt({ admin: true, exp: now + 60 }) } } },
});
