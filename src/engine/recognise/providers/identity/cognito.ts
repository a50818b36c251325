import { stringAt } from '../../../text/values.ts';
import { issuerOf, notVideo, serverCredential } from '../not-video.ts';

const pool = /^cognito-idp\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/;

export const cognito = notVideo({
  id: 'cognito',
  name: 'Amazon Cognito',
  does: 'the holder signs in, or calls an API as the user',

  recognise(claims) {
    const issuer = issuerOf(claims);
    if (!issuer || !pool.test(issuer.hostname)) return null;
    return { confidence: 'certain', because: '`iss` is a Cognito user pool', strength: 5 };
  },

  facts(claims) {
    const use = stringAt(claims, 'token_use');
    const username = stringAt(claims, 'username') ?? stringAt(claims, 'cognito:username');
    const machine = use === 'access' && !username && stringAt(claims, 'sub') === stringAt(claims, 'client_id');
    return {
      use: use === 'access' || use === 'id' ? use : 'unknown',
      product: use === 'access' ? 'access token' : use === 'id' ? 'ID token' : null,
      tenant: issuerOf(claims)?.pathname.slice(1) || null,
      userId: stringAt(claims, 'sub'),
      displayName: stringAt(claims, 'name') ?? username,
      ...(machine && serverCredential('`sub` is the client itself: a server obtained it, without a user', 'sub')),
    };
  },

  claims: {
    token_use: { means: 'Kind of token.', values: ['id', 'access'] },
    username: { means: 'Name of the user in the pool.' },
    'cognito:username': { means: 'Name of the user in the pool.' },
    'cognito:groups': { means: 'Groups of the user in the pool.', type: 'array' },
    origin_jti: { means: 'Ties together all tokens of one sign-in, so that they can be revoked.' },
    event_id: { means: 'Sign-in event.' },
    version: { means: 'Version of the format.' },
  },
  lifetime: {
    defaultSeconds: 3600,
    floorSeconds: 300,
    ceilingSeconds: 86_400,
    advice: 'An hour unless the app client says otherwise; 5 minutes to 1 day.',
  },
  validation: 'Check it with the keys at `<iss>/.well-known/jwks.json`, and `token_use`.',
  links: [
    {
      title: 'Amazon Cognito: user pool tokens',
      url: 'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html',
    },
  ],
});
