import type { JsonObject } from '../../text/json.ts';
import { hasAt, objectAt, stringAt } from '../../text/values.ts';
import { notVideo, rowOf } from './not-video.ts';

const products: Record<string, string> = {
  chat: 'Conversations and Chat',
  voice: 'Voice',
  data_sync: 'Sync',
  ip_messaging: 'Chat (older)',
  task_router: 'TaskRouter',
  rtc: 'Conversations (older)',
  player: 'Live player',
};

const granted = (claims: JsonObject) =>
  Object.keys(objectAt(claims, 'grants') ?? {})
    .filter((name) => name !== 'identity')
    .slice(0, 8);

export const twilioOther = notVideo({
  id: 'twilio-other',
  name: 'Twilio (not video)',
  kind: 'other',
  does: 'the holder uses other Twilio products as one identity',

  recognise(claims, { header }) {
    if (!stringAt(header, 'cty')?.startsWith('twilio-fpa') || hasAt(claims, 'grants.video')) return null;
    // What its grants are for cannot be told where they are no object.
    if (hasAt(claims, 'grants') && !objectAt(claims, 'grants'))
      return { confidence: 'possible', because: '`cty` is twilio-fpa', strength: 1 };
    return { confidence: 'certain', because: '`cty` is twilio-fpa, and no grant is for video', strength: 3 };
  },

  facts: (claims) => ({
    use: 'access',
    product: `access token for ${
      granted(claims)
        .map((name) => rowOf(products, name) ?? name.slice(0, 24))
        .join(', ') || 'nothing'
    }`,
    tenant: stringAt(claims, 'sub'),
    userId: stringAt(claims, 'grants.identity'),
  }),

  claims: {
    iss: { means: 'The API key.' },
    sub: { means: 'The account.' },
    grants: { means: 'Products the holder may use.', type: 'object' },
    'grants.identity': { means: 'The user.', type: 'string' },
    'grants.*': { means: 'A product and its settings.', type: 'object' },
  },
  algorithms: ['HS256', 'HS384', 'HS512'],
  lifetime: { defaultSeconds: 3600, floorSeconds: null, ceilingSeconds: 86_400, advice: 'Short; at most 24 hours.' },
  transport: { parameters: ['access_token'], hosts: ['*.twilio.com'], headers: ['authorization'] },
  validation: 'Use it in the SDK; the signature can be verified with the secret of the API key.',
  links: [{ title: 'Twilio: access tokens', url: 'https://www.twilio.com/docs/iam/access-tokens' }],
});
