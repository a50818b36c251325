import { livekit as minted } from '../builders/mint/livekit.ts';
import type { Client } from './client.ts';

export const livekit: Client = {
  name: 'LiveKit',
  package: 'livekit-client',
  tokens: minted,
  page: `
    import { Room } from 'livekit-client';
    await new Room().connect('wss://standup.livekit.cloud', token);
  `,
  ways: [
    'response-body: response body of https://call.example, $.token',
    'request-header: request header authorization of https://standup.livekit.cloud',
    'request-url: request URL ?access_token of wss://standup.livekit.cloud',
  ],
  row: /^LiveKit \| standup \|/,
};
