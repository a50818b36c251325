import { hasAt, isUuid, stringAt } from '../../../text/values.ts';
import { isHost, issuerOf, notVideo, serverCredential } from '../not-video.ts';

export const entraId = notVideo({
  id: 'entra-id',
  name: 'Microsoft Entra ID',
  does: 'the holder signs in, or calls the API named in `aud`',

  recognise(claims) {
    const issuer = issuerOf(claims);
    const hosts = [
      'login.microsoftonline.com',
      'login.microsoftonline.us',
      'sts.windows.net',
      'b2clogin.com',
      'ciamlogin.com',
      'login.partner.microsoftonline.cn',
    ];
    if (!isHost(issuer, ...hosts)) return null;
    return { confidence: 'certain', because: `\`iss\` is ${issuer.hostname}`, strength: 5 };
  },

  facts(claims, { header }) {
    const application = stringAt(claims, 'idtyp') === 'app';
    // Tokens for Microsoft Graph carry a nonce in the header and are not for others to check.
    const access = ['scp', 'idtyp', 'appid'].some((name) => hasAt(claims, name)) || hasAt(header, 'nonce');
    const client = isUuid(claims.aud) && !hasAt(claims, 'azp');
    const tenant = stringAt(claims, 'tid') ?? issuerOf(claims)?.pathname.split('/').find(isUuid) ?? null;
    return {
      use: access ? 'access' : hasAt(claims, 'nonce') || client ? 'id' : 'unknown',
      product: access ? 'access token' : 'ID token',
      tenant,
      userId: stringAt(claims, 'oid') ?? stringAt(claims, 'sub'),
      displayName: stringAt(claims, 'name') ?? stringAt(claims, 'preferred_username') ?? stringAt(claims, 'upn'),
      ...(application && serverCredential('`idtyp` is app: an application obtained it, without a user', 'idtyp')),
    };
  },

  claims: {
    tid: { means: 'Tenant (directory).' },
    oid: { means: 'The user or application in the tenant, the same for every client.' },
    wids: { means: 'Directory roles of the user, by template id.', type: 'array' },
    appid: { means: 'The client it was issued to (version 1).' },
    upn: { means: 'Sign-in name of the user.' },
    idtyp: { means: '`app` when no user is involved.' },
    ver: { means: 'Version of the format.', values: ['1.0', '2.0'] },
    uti: { means: 'Id of the token, for sign-in logs.' },
    rh: { means: 'For the issuer itself.' },
    aio: { means: 'For the issuer itself.' },
  },
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice:
      'Access tokens live 60 to 90 minutes unless a policy says otherwise; clients that can be told of revocation up to 28 hours.',
  },
  validation:
    'The API it is for checks it with the keys of `<iss>/.well-known/openid-configuration`; tokens for Microsoft Graph cannot be checked by others.',
  links: [
    {
      title: 'Microsoft: access token claims',
      url: 'https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference',
    },
    {
      title: 'Microsoft: ID token claims',
      url: 'https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference',
    },
  ],
});
