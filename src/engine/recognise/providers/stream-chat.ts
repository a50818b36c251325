import { stringAt } from '../../text/values.ts';
import { notVideo } from './not-video.ts';

export const streamChat = notVideo({
  id: 'stream-chat',
  name: 'Stream Chat',
  kind: 'other',
  does: 'the holder chats as one user',

  /** Chat and Video share one format; only chat SDKs leave the time of issue out, and only they sign with a word. */
  recognise(claims, { text }) {
    if (!stringAt(claims, 'user_id') || Object.keys(claims).some((name) => name !== 'user_id' && name !== 'exp'))
      return null;
    const development = text.endsWith('.devtoken');
    return {
      confidence: development ? 'likely' : 'possible',
      because: development
        ? 'it has `user_id`, and "devtoken" for a signature'
        : 'it has `user_id` and no `iat`, as the chat SDKs write it; others may too',
      strength: 2,
    };
  },

  facts: (claims, { text }) => ({
    use: 'access',
    product: text.endsWith('.devtoken') ? 'development token, accepted where authentication is off' : 'user token',
    userId: stringAt(claims, 'user_id'),
    roleBecause: 'the role is kept on the server',
  }),

  claims: { user_id: { means: 'The user.', type: 'string' } },
  algorithms: ['HS256'],
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Without `exp` it never ends: set one in production.',
  },
  transport: { parameters: ['authorization'], hosts: ['*.stream-io-api.com'], headers: ['authorization'] },
  validation: 'Connect with it; the signature can be verified with the API secret (HS256).',
  fixes: { 'exp-missing': 'Pass the expiry to `createToken(userId, exp)`.' },
  links: [{ title: 'Stream Chat: tokens', url: 'https://getstream.io/chat/docs/node/tokens_and_authentication/' }],
});
