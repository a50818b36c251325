import { jwt, now, rawJwt } from '../tokens.ts';
import type { Minted } from './minted.ts';

// As the chat SDK signs them: without a time of issue, unless asked for one.
export const streamChat: Minted = {
  user: () => jwt({ user_id: 'ada' }),
  'with expiry': () => jwt({ user_id: 'ada', exp: now + 3600 }),
  development: () => rawJwt({ alg: 'HS256', typ: 'JWT' }, { user_id: 'ada' }, 'devtoken'),
};
