import { hasAt, stringAt } from '../../../text/values.ts';
import { isHost, issuerOf, notVideo } from '../not-video.ts';

export const okta = notVideo({
  id: 'okta',
  name: 'Okta',
  does: 'the holder signs in, or calls the API named in `aud`',

  recognise(claims) {
    const issuer = issuerOf(claims);
    if (isHost(issuer, 'okta.com', 'oktapreview.com', 'okta-emea.com', 'okta-gov.com')) {
      return { confidence: 'certain', because: '`iss` is an Okta organization', strength: 5 };
    }
    // Custom domains hide the organization, not the prefixes of its ids.
    if (!issuer || !/^(?:AT|ID)\./.test(stringAt(claims, 'jti') ?? '') || !hasAt(claims, 'ver')) return null;
    return { confidence: 'likely', because: '`jti` and `ver` are written as Okta writes them', strength: 3 };
  },

  facts(claims) {
    const id = stringAt(claims, 'jti') ?? '';
    const access = id.startsWith('AT.') || ['scp', 'cid'].some((name) => hasAt(claims, name));
    return {
      use: access ? 'access' : id.startsWith('ID.') || hasAt(claims, 'nonce') ? 'id' : 'unknown',
      product: access ? 'access token' : 'ID token',
      tenant: issuerOf(claims)?.hostname ?? null,
      userId: stringAt(claims, 'uid') ?? stringAt(claims, 'sub'),
      displayName:
        stringAt(claims, 'name') ?? (access ? stringAt(claims, 'sub') : stringAt(claims, 'preferred_username')),
    };
  },

  claims: {
    cid: { means: 'The client it was issued to.' },
    uid: { means: 'The user.', whenAbsent: 'a client without a user' },
    ver: { means: 'Version of the format.' },
    idp: { means: 'Where the user signed in.' },
  },
  lifetime: {
    defaultSeconds: 3600,
    floorSeconds: 300,
    ceilingSeconds: 86_400,
    advice: 'An hour; access tokens of a custom authorization server 5 minutes to 24 hours.',
  },
  validation: 'Check it with the keys at `<iss>/v1/keys`, or ask `POST <iss>/v1/introspect`.',
  links: [
    {
      title: 'Okta: tokens and claims',
      url: 'https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/',
    },
  ],
});
