import { hasAt, stringAt } from '../../../text/values.ts';
import { isHost, issuerOf, notVideo, serverCredential } from '../not-video.ts';

/** How Auth0 writes users: `<connection>|<id>`. */
const user =
  /^(?:auth0|google-oauth2|oauth2|samlp|waad|windowslive|facebook|github|apple|email|sms|ad|adfs|oidc|passkey)\|/;

export const auth0 = notVideo({
  id: 'auth0',
  name: 'Auth0',
  does: 'the holder signs in, or calls the API named in `aud`',

  recognise(claims) {
    const issuer = issuerOf(claims);
    if (isHost(issuer, 'auth0.com')) {
      return { confidence: 'certain', because: '`iss` is an Auth0 tenant', strength: 5 };
    }
    // Custom domains hide the tenant, not the way Auth0 writes users.
    const subject = stringAt(claims, 'sub') ?? '';
    if (!issuer || !(user.test(subject) || /^[\w-]+@clients$/.test(subject))) return null;
    return { confidence: 'likely', because: '`sub` is written as Auth0 writes users and clients', strength: 3 };
  },

  facts(claims) {
    const machine =
      stringAt(claims, 'gty') === 'client-credentials' || (stringAt(claims, 'sub')?.endsWith('@clients') ?? false);
    const access = ['scope', 'permissions', 'gty'].some((name) => hasAt(claims, name)) || Array.isArray(claims.aud);
    return {
      use: access
        ? 'access'
        : ['nonce', 'at_hash', 'email', 'name'].some((name) => hasAt(claims, name))
          ? 'id'
          : 'unknown',
      product: access ? 'access token' : 'ID token',
      tenant: issuerOf(claims)?.hostname ?? null,
      userId: stringAt(claims, 'sub'),
      displayName: stringAt(claims, 'name') ?? stringAt(claims, 'nickname'),
      ...(machine &&
        serverCredential(
          'it was issued to a server without a user (`client-credentials`)',
          hasAt(claims, 'gty') ? 'gty' : 'sub',
        )),
    };
  },

  claims: {
    gty: { means: 'How it was obtained; `client-credentials` means by a server, without a user.' },
    org_id: { means: 'Organization signed in to.' },
  },
  validation: 'Check it with the keys at `<iss>.well-known/jwks.json`: issuer, audience and times.',
  links: [{ title: 'Auth0: JSON Web Tokens', url: 'https://auth0.com/docs/secure/tokens/json-web-tokens' }],
});
