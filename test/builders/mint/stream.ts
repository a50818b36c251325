import { StreamClient } from '@stream-io/node-sdk';
import { days, jwt, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

export const streamSecret = 'a-throw-away-stream-secret-of-some-length';

const client = new StreamClient('streamapikey', streamSecret);
const calls = ['default:standup'];

export const stream: Minted = {
  guest: () => client.generateCallToken({ user_id: 'ada', call_cids: calls }),
  host: () => client.generateCallToken({ user_id: 'ada', call_cids: calls, role: 'admin' }),
  'several calls': () => client.generateCallToken({ user_id: 'ada', call_cids: [...calls, 'livestream:town-hall'] }),
  'without room': () => client.generateUserToken({ user_id: 'ada', validity_in_seconds: 600 }),
  'without expiry': () => client.generatePermanentUserToken({ user_id: 'ada' }),
  'demo server': () =>
    jwt({
      iss: 'https://pronto.getstream.io',
      sub: 'user/ada',
      user_id: 'ada',
      validity_in_seconds: 604_800,
      iat: now,
      exp: now + days(7),
    }),
  server: () => jwt({ server: true, iat: now }),
  'odd: calls as one string': () => jwt({ user_id: 'ada', call_cids: 'default:standup', iat: now }),
};
