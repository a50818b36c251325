import { livekitClaims, livekit as minted } from '../builders/mint/livekit.ts';
import { hours, now } from '../builders/tokens.ts';
import type { Client } from './client.ts';

export const livekit: Client = {
  name: 'LiveKit',
  provider: 'livekit',
  package: 'livekit-client',
  tokens: minted,
  page: `
    import { Room } from 'livekit-client';
    await new Room().connect('wss://standup.livekit.cloud', token);
  `,
  // Told to come back, the client does so with the token that took the place of the first.
  greet: (_, after) => [field(1, joined), field(16, Buffer.from(after)), null],
  ways: [
    'response-body: response body of https://call.example, $.token',
    'request-header: request header authorization of https://standup.livekit.cloud',
    'request-url: request URL ?access_token of wss://standup.livekit.cloud',
  ],
  row: /^LiveKit \| standup \|/,
  after: {
    token: () => livekitClaims({ exp: now + hours(6), video: { roomJoin: true, room: 'standup' } }),
    ways: [
      'websocket-message: WebSocket message, received of wss://standup.livekit.cloud',
      'request-header: request header authorization of https://standup.livekit.cloud',
      'request-url: request URL ?access_token of wss://standup.livekit.cloud',
    ],
    row: /^LiveKit \| standup \|/,
  },
};

/** A field of Protocol Buffers that holds bytes, as livekit_rtc.proto numbers them. */
function field(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  return value < 0x80 ? Buffer.of(value) : Buffer.concat([Buffer.of((value & 0x7f) | 0x80), varint(value >> 7)]);
}

/** `JoinResponse`: room and participant, each with `sid` and name. */
const joined = Buffer.concat([
  field(1, Buffer.concat([field(1, Buffer.from('RM_1')), field(2, Buffer.from('standup'))])),
  field(2, Buffer.concat([field(1, Buffer.from('PA_1')), field(2, Buffer.from('ada'))])),
  field(4, Buffer.from('1.9.1')),
]);
