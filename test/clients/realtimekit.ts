import { realtimekit as minted } from '../builders/mint/realtimekit.ts';
import type { Client } from './client.ts';

export const realtimekit: Client = {
  name: 'RealtimeKit',
  provider: 'realtimekit',
  package: '@cloudflare/realtimekit',
  tokens: minted,
  page: `
    import RealtimeKit from '@cloudflare/realtimekit';
    const meeting = await RealtimeKit.init({ authToken: token, defaults: { audio: false, video: false } });
    await meeting.join();
  `,
  answer: ({ url }) =>
    url.pathname === '/v2/internals/participant-details'
      ? { body: { data: { meeting: { title: 'Standup' }, preset: { name: 'guest' }, participant: { id: 'ada' } } } }
      : undefined,
  ways: [
    'response-body: response body of https://call.example, $.token',
    'request-header: request header Authorization of https://api.realtime.cloudflare.com',
    'request-header: request header Authorization of https://api-silos.realtime.cloudflare.com',
    'request-url: request URL ?authToken of wss://socket-edge.realtime.cloudflare.com',
  ],
  row: /^Cloudflare RealtimeKit \(Dyte\) \| bbb11111-/,
};
