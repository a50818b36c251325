import type { JsonObject } from '../../../src/engine/text/json.ts';
import { jwt, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

// SignalWire issues these tokens; no package signs them. Here: the claims of public samples, with a key of our own.
const base: JsonObject = {
  iat: now,
  jti: '11111111-0000-4000-8000-000000000001',
  sub: '22222222-0000-4000-8000-000000000002',
  u: 'Ada',
  ja: 'member',
  r: 'standup',
  ma: 'all',
};
const room = (claims: JsonObject) =>
  jwt({ ...base, ...claims }, { alg: 'HS512', typ: 'VRT', ch: 'relay.signalwire.com' });

export const signalwire: Minted = {
  guest: () => room({ s: ['room.self.audio_mute', 'room.self.video_mute', 'room.self.screenshare'] }),
  host: () => room({ s: ['room.self.audio_mute', 'room.member.audio_mute', 'room.member.remove', 'room.recording'] }),
  'host by wildcard': () => room({ s: ['room.member.*', 'room.stream'] }),
  audience: () => room({ ja: 'audience', s: ['room.member.remove'] }),
  'default permissions': () => room({}),
  subscriber: () => jwt({ sub: base.sub as string, iat: now }, { alg: 'HS512', typ: 'SAT' }),
  'without room': () => room({ r: null }),
  'odd: permissions as text': () => room({ s: 'room.member.remove', ma: 'audio-only' }),
};
