import { dailyToken, jitsiToken, livekitToken, vonageToken } from '../../../../../test/builders/join-tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoRoomMismatch } from './video-room-mismatch.ts';

const pattern = (room: string) => jitsiToken({ room, context: { user: { id: 'u' }, room: { regex: true } } });

await ruleCases(videoRoomMismatch, {
  flags: {
    'another room in the frame that carries the token': {
      on: { frames: [`https://acme.daily.co/retro?t=${dailyToken()}`] },
      severity: 'low',
      says: 'The token is for "standup", the address for "retro".',
      at: 'claims.r',
      confidence: 'likely',
    },
    'another room in a parameter of the page': {
      on: { url: 'https://call.acme.com/?room=retro', local: { t: dailyToken() } },
      severity: 'low',
      says: 'The token is for "standup", the address for "retro"',
    },
    'another room in the path of the page': {
      on: { url: 'https://call.acme.com/rooms/retro', local: { t: dailyToken() } },
      severity: 'low',
      says: 'The token is for "standup", the address for "retro"',
    },
    'a pattern that does not open the room of the page': {
      on: { frames: [`https://meet.jit.si/other#jwt=${pattern('^room%-%d+$')}`] },
      severity: 'low',
      says: 'The token is for rooms like "^room%-%d+$", the address for "other".',
      at: 'claims.room',
      confidence: 'likely',
    },
  },
  passes: {
    'a pattern that opens the room of the page': {
      frames: [`https://meet.jit.si/room-12#jwt=${pattern('^room%-%d+$')}`],
    },
    'a pattern that fits on servers of one age only': {
      frames: [`https://meet.jit.si/other#jwt=${pattern('Other')}`],
    },
    'a pattern where the page names no room': { local: { t: pattern('^room%-%d+$') } },
    'the same room': { frames: [`https://acme.daily.co/standup?t=${dailyToken()}`] },
    'the same room in other case': { url: 'https://call.acme.com/?room=StandUp', local: { t: dailyToken() } },
    'the same room, URL-encoded': {
      url: 'https://call.acme.com/?room=stand%20up',
      local: { t: dailyToken({ r: 'stand up' }) },
    },
    'the same room under a tenant': { url: 'https://meet.acme.com/tenant/standup', local: { t: jitsiToken() } },
    'a page that names no room': { url: 'https://call.acme.com/guest.html', local: { t: dailyToken() } },
    'a page that names two': { url: 'https://call.acme.com/room/a?room=b', local: { t: dailyToken() } },
    'a page that names its rooms by opaque ids': {
      url: 'https://call.acme.com/room/5f2b7c9e-1d3a-4b6c-8e9f-0a1b2c3d4e5f',
      local: { t: dailyToken() },
    },
  },
  doesNotApply: {
    'LiveKit, whose names differ by design': { url: 'https://call.acme.com/?room=retro', local: { t: livekitToken() } },
    'Vonage, whose sessions have opaque ids': { url: 'https://call.acme.com/?room=retro', local: { t: vonageToken() } },
    'a token without room': { url: 'https://call.acme.com/?room=retro', local: { t: dailyToken({ r: undefined }) } },
  },
});
