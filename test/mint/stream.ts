import { StreamClient } from '@stream-io/node-sdk';
import { jwt, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

const client = new StreamClient('streamapikey', 'a-throw-away-stream-secret-of-some-length');
const calls = ['default:standup'];

export const stream: Minted = {
  guest: () => client.generateCallToken({ user_id: 'ada', call_cids: calls }),
  host: () => client.generateCallToken({ user_id: 'ada', call_cids: calls, role: 'admin' }),
  'several calls': () => client.generateCallToken({ user_id: 'ada', call_cids: [...calls, 'livestream:town-hall'] }),
  'without room': () => client.generateUserToken({ user_id: 'ada', validity_in_seconds: 600 }),
  'without expiry': () => client.generatePermanentUserToken({ user_id: 'ada' }),
  server: () => jwt({ server: true, iat: now }),
  'odd: calls as one string': () => jwt({ user_id: 'ada', call_cids: 'default:standup', iat: now }),
};
