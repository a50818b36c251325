import { hundredMs as minted } from '../builders/mint/100ms.ts';
import type { Client } from './client.ts';

export const hundredMs: Client = {
  name: '100ms',
  provider: '100ms',
  package: '@100mslive/hms-video-store',
  tokens: minted,
  page: `
    import { HMSReactiveStore } from '@100mslive/hms-video-store';
    const store = new HMSReactiveStore();
    store.triggerOnSubscribe();
    await store.getActions().join({ userName: 'Ada', authToken: token, settings: { isAudioMuted: true, isVideoMuted: true } });
  `,
  answer: ({ url }) =>
    url.host === 'prod-init.100ms.live'
      ? { body: { endpoint: 'wss://prod-in.100ms.live/v2/ws', config: {}, rtcConfiguration: { ice_servers: [] } } }
      : undefined,
  // What the client reports of a connection that is lost no longer goes over it.
  reply: () => null,
  ways: [
    'response-body: response body of https://call.example, $.token',
    'request-header: request header Authorization of https://prod-init.100ms.live',
    'request-url: request URL ?token of wss://prod-in.100ms.live',
    'request-header: request header Authorization of https://event.100ms.live',
  ],
  row: /^100ms \| 64c0a1b2c3d4e5f601234567 \|/,
};
