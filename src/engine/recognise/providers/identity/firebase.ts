import type { TokenUse } from '../../../model/token.ts';
import { stringAt } from '../../../text/values.ts';
import { issuerOf, notVideo, rowOf } from '../not-video.ts';

const custom = 'https://identitytoolkit.googleapis.com/google.identity.identitytoolkit.v1.IdentityToolkit';

/** Product and use by the issuer's host. */
const products: Record<string, [string, TokenUse]> = {
  'securetoken.google.com': ['ID token', 'id'],
  'session.firebase.google.com': ['session cookie', 'session'],
  'firebaseappcheck.googleapis.com': ['App Check token', 'access'],
};

export const firebase = notVideo({
  id: 'firebase',
  name: 'Firebase',
  does: 'the holder signs in to one Firebase project',

  recognise(claims) {
    const host = issuerOf(claims)?.hostname ?? '';
    if (Object.hasOwn(products, host)) return { confidence: 'certain', because: `\`iss\` is ${host}`, strength: 6 };
    if (claims.aud !== custom) return null;
    return { confidence: 'certain', because: "`aud` is Firebase's sign-in service", strength: 6 };
  },

  facts(claims) {
    const issuer = issuerOf(claims);
    // A custom token is exchanged for an ID token and of no use after that.
    const [product, use] = rowOf(products, issuer?.hostname) ?? ['custom token', 'one-time'];
    return {
      use,
      product,
      tenant: issuer
        ? issuer.pathname.slice(1) || null
        : (/@([^.]{1,100})\./.exec(stringAt(claims, 'iss') ?? '')?.[1] ?? null),
      userId: stringAt(claims, 'uid') ?? stringAt(claims, 'user_id') ?? stringAt(claims, 'sub'),
      displayName: stringAt(claims, 'name'),
    };
  },

  claims: {
    user_id: { means: 'The user, as in `sub`.' },
    uid: { means: 'The user to sign in.' },
    firebase: { means: 'How the user signed in.', type: 'object' },
    'firebase.sign_in_provider': { means: 'Sign-in method: `password`, `google.com`, `anonymous`, `custom` …' },
    'firebase.identities': { means: 'Accounts of the user at other providers.', type: 'object' },
    'firebase.tenant': { means: 'Tenant, where the project has several.' },
    claims: { means: 'Extra claims for the ID token.', type: 'object' },
  },
  lifetime: {
    defaultSeconds: 3600,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'ID and custom tokens live one hour; session cookies 5 minutes to 2 weeks.',
  },
  transport: {
    parameters: [],
    hosts: ['*.googleapis.com', '*.firebaseio.com'],
    headers: ['authorization', 'x-firebase-appcheck'],
  },
  validation: 'Use `verifyIdToken` or `verifySessionCookie` of the Admin SDK.',
  links: [{ title: 'Firebase: verify ID tokens', url: 'https://firebase.google.com/docs/auth/admin/verify-id-tokens' }],
});
