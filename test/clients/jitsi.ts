import { jitsi as minted } from '../builders/mint/jitsi.ts';
import type { Client } from './client.ts';

export const jitsi: Client = {
  name: 'Jitsi',
  provider: 'jitsi',
  package: '@lyno/lib-jitsi-meet',
  tokens: minted,
  page: `
    import JitsiMeetJS from '@lyno/lib-jitsi-meet/lib-jitsi-meet.min.js';
    JitsiMeetJS.init();
    new JitsiMeetJS.JitsiConnection(null, token, {
      hosts: { domain: 'meet.example.com', muc: 'conference.meet.example.com' },
      serviceUrl: 'wss://meet.example.com/xmpp-websocket',
    }).connect();
  `,
  ways: [
    'response-body: response body of https://call.example, $.token',
    'request-url: request URL ?token of wss://meet.example.com',
  ],
  row: /^Jitsi \(self-hosted\) \| standup \|/,
};
