import { stream as minted } from '../builders/mint/stream.ts';
import { hours, jwt, now } from '../builders/tokens.ts';
import type { Client } from './client.ts';

export const stream: Client = {
  name: 'Stream',
  provider: 'stream',
  package: '@stream-io/video-client',
  tokens: minted,
  page: `
    import { StreamVideoClient } from '@stream-io/video-client';
    const client = new StreamVideoClient({ apiKey: 'streamapikey', user: { id: 'ada' }, token });
    await client.call('default', 'standup').join({ create: true });
  `,
  answer: ({ url }, after) =>
    url.pathname === '/video/call/default/standup/join' ? { body: joined(after) } : undefined,
  reply: (_, url) =>
    url.pathname === '/video/connect'
      ? JSON.stringify({ type: 'connection.ok', connection_id: 'c1', me: { id: 'ada', devices: [] } })
      : undefined,
  ways: [
    'response-body: response body of https://call.example, $.token',
    'websocket-message: WebSocket message, sent of wss://video.stream-io-api.com, $.token',
    'request-header: request header Authorization of https://video.stream-io-api.com',
  ],
  row: /^Stream Video \| default:standup \|/,
  after: {
    token: () => jwt({ iss: 'stream', sub: 'ada', iat: now, exp: now + hours(1) }),
    ways: [
      'response-body: response body of https://video.stream-io-api.com, $.credentials.token',
      'websocket-message: WebSocket message, sent of wss://sfu-1.stream-io-video.com',
    ],
    row: /^JWT \|/,
  },
};

const joined = (token: string) => ({
  call: { type: 'default', id: 'standup', cid: 'default:standup', egress: {}, settings: {} },
  members: [],
  own_capabilities: [],
  credentials: {
    token,
    server: {
      url: 'https://sfu-1.stream-io-video.com/twirp',
      ws_endpoint: 'wss://sfu-1.stream-io-video.com/ws',
      edge_name: 'sfu-1',
    },
    ice_servers: [],
  },
  stats_options: { reporting_interval_ms: 0, enable_rtc_stats: false },
});
