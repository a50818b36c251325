import { twilio as minted } from '../builders/mint/twilio.ts';
import type { Client } from './client.ts';

export const twilio: Client = {
  name: 'Twilio',
  provider: 'twilio',
  package: 'twilio-video',
  tokens: minted,
  page: `
    import { connect } from 'twilio-video';
    await connect(token, { name: 'standup', tracks: [] });
  `,
  ways: [
    'response-body: response body of https://call.example, $.token',
    'websocket-message: WebSocket message, sent of wss://global.vss.twilio.com, $.body.token',
  ],
  row: /^Twilio Video \| DailyStandup \|/,
};
