import { randomBytes } from 'node:crypto';
import { agoraApp, agora007 as minted } from '../builders/mint/agora.ts';
import type { Client } from './client.ts';

export const agora: Client = {
  name: 'Agora',
  provider: 'agora',
  package: 'agora-rtc-sdk-ng',
  tokens: minted,
  page: `
    import AgoraRTC from 'agora-rtc-sdk-ng';
    await AgoraRTC.createClient({ mode: 'rtc', codec: 'vp8' }).join('${agoraApp.toLowerCase()}', 'standup', token, 2882341273);
  `,
  answer: ({ url }, after) => (url.pathname === '/api/v2/transpond/webrtc' ? { body: served(after) } : undefined),
  ways: [
    'response-body: response body of https://call.example, $.token',
    'request-body: request body field "request" of https://webrtc2-ap-web-1.agora.io, $.request_bodies[0].buffer.key',
    'request-body: request body field "request" of https://webrtc2-2.ap.sd-rtn.com, $.request_bodies[0].buffer.key',
    'websocket-message: WebSocket message, sent of wss://198-51-100-7.edge.agora.io:4710, $._message.channel_key',
  ],
  row: /^Agora \| standup \|/,
  after: {
    token: () => randomBytes(120).toString('base64'),
    ways: [
      'response-body: response body of https://webrtc2-2.ap.sd-rtn.com, $.response_body[0].buffer.cert',
      'response-body: response body of https://webrtc2-2.ap.sd-rtn.com, $.response_body[1].buffer.cert',
      'response-body: response body of https://webrtc2-ap-web-1.agora.io, $.response_body[0].buffer.cert',
      'response-body: response body of https://webrtc2-ap-web-1.agora.io, $.response_body[1].buffer.cert',
      'websocket-message: WebSocket message, sent of wss://198-51-100-7.edge.agora.io:4710, $._message.ap_response.cert',
      'websocket-message: WebSocket message, sent of wss://198-51-100-7.edge.agora.io:4710, $._message.ap_response.ticket',
    ],
    row: /^Opaque token \|/,
  },
};

/** Services by the flags that the client asks them under: the gateway, and the proxy in front of it. */
const served = (cert: string) => ({
  opid: 1,
  enter_ts: 1,
  leave_ts: 2,
  detail: {},
  response_body: [4096, 4194310].map((flag) => ({
    uri: 23,
    buffer: {
      code: 0,
      flag,
      cert,
      cid: 7,
      cname: 'standup',
      uid: 2_882_341_273,
      detail: {},
      edges_services: [{ ip: '198.51.100.7', port: 4710 }],
    },
  })),
});
