import { stringAt } from '../../../text/values.ts';
import { issuerOf, notVideo, serverCredential } from '../not-video.ts';

const account = /^[\w-]+@[\w.-]+\.gserviceaccount\.com$/;

export const google = notVideo({
  id: 'google',
  name: 'Google',
  does: 'the holder shows who they are',

  recognise(claims) {
    if (issuerOf(claims)?.hostname === 'accounts.google.com' || claims.iss === 'accounts.google.com') {
      return { confidence: 'certain', because: '`iss` is accounts.google.com', strength: 5 };
    }
    if (!account.test(stringAt(claims, 'iss') ?? '')) return null;
    return { confidence: 'certain', because: '`iss` is a Google service account', strength: 4 };
  },

  facts(claims) {
    const issuer = stringAt(claims, 'iss') ?? '';
    if (account.test(issuer)) {
      const exchanged =
        /^https:\/\/(?:oauth2\.googleapis\.com|www\.googleapis\.com\/oauth2|accounts\.google\.com)\//.test(
          stringAt(claims, 'aud') ?? '',
        );
      return {
        ...serverCredential('a service account signed it, and the account belongs on a server', 'iss'),
        ...(exchanged && { use: 'client-assertion' }),
        product: exchanged ? 'service account assertion' : 'service account token',
        tenant: issuer.split('@')[1]?.split('.')[0] ?? null,
        userId: stringAt(claims, 'sub') ?? issuer,
      };
    }
    return {
      use: 'id',
      product: 'ID token',
      tenant: stringAt(claims, 'hd'),
      userId: stringAt(claims, 'sub'),
      displayName: stringAt(claims, 'name'),
    };
  },

  claims: {
    hd: { means: 'Workspace domain of the account.', whenAbsent: 'a private account' },
  },
  lifetime: { defaultSeconds: 3600, floorSeconds: null, ceilingSeconds: null, advice: 'ID tokens live one hour.' },
  validation: 'Check it with the keys at https://www.googleapis.com/oauth2/v3/certs, and that `aud` is your client.',
  links: [
    { title: 'Google: OpenID Connect', url: 'https://developers.google.com/identity/openid-connect/openid-connect' },
    {
      title: 'Google: service accounts',
      url: 'https://developers.google.com/identity/protocols/oauth2/service-account',
    },
  ],
});
