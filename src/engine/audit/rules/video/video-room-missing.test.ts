import {
  dailyHost,
  dailyToken,
  jitsiToken,
  livekitToken,
  twilioToken,
} from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoRoomMissing } from './video-room-missing.ts';

await ruleCases(videoRoomMissing, {
  flags: {
    'a Daily token without `r`, which opens every room': {
      on: { local: { t: dailyToken({ r: undefined }) } },
      severity: 'medium',
      says: /`r` names no room, so it opens every room/,
      at: 'claims.r',
    },
    'an empty room': {
      on: { local: { t: dailyToken({ r: '' }) } },
      severity: 'medium',
      says: '`r` names no room, so it opens every room',
    },
    'a blank room': {
      on: { local: { t: dailyToken({ r: '  ' }) } },
      severity: 'medium',
      says: '`r` names no room, so it opens every room',
    },
    'a null room': {
      on: { local: { t: dailyToken({ r: null, o: false }) } },
      severity: 'medium',
      says: '`r` names no room, so it opens every room',
    },
    "a host's token without room": {
      on: { local: { t: dailyHost({ r: undefined }) } },
      severity: 'high',
      says: '`r` names no room, so it opens every room, its holder is a host',
    },
    "a host's token without room and expiry": {
      on: { local: { t: dailyHost({ r: undefined, exp: undefined }) } },
      severity: 'critical',
      says: 'never expires',
    },
    'a Twilio token without room': {
      on: { local: { t: twilioToken({ video: {} }) } },
      severity: 'medium',
      says: '`grants.video.room` names no room, so it opens every room',
      at: 'claims.grants.video.room',
    },
    'Stream calls as text, which may or may not be read': {
      on: { local: { t: jwt({ user_id: 'ada', call_cids: 'default:standup', iat: now, exp: now + hours(1) }) } },
      severity: 'low',
      says: 'so the server decides which rooms it opens',
    },
    'a token that is only possibly Stream’s': {
      on: { local: { t: jwt({ user_id: 'ada', iat: now, exp: now + hours(1) }) } },
      severity: 'low',
      says: 'opens every room',
    },
    'a LiveKit token without room, which the server refuses': {
      on: { local: { t: livekitToken({ room: undefined }) } },
      severity: 'low',
      says: 'joining will fail',
    },
  },
  passes: {
    'a Daily token for one room': { local: { t: dailyToken() } },
    'a Jitsi wildcard, which is a finding of its own': { local: { t: jitsiToken({ room: '*' }) } },
  },
  doesNotApply: {
    'a token that is not for calls': { local: { t: jwt({ sub: 'ada', exp: now + hours(1) }) } },
    'a LiveKit token for servers, without `roomJoin`': {
      local: { t: livekitToken({ roomJoin: undefined, room: undefined, roomList: true }) },
    },
  },
});
