import type { TokenUse } from '../../../model/token.ts';
import { hasAt, stringAt } from '../../../text/values.ts';
import { issuerOf, notVideo, rowOf, serverCredential } from '../not-video.ts';

/** The `typ` claim, which Keycloak writes into the payload. */
const kinds: Record<string, [string, TokenUse]> = {
  Bearer: ['access token', 'access'],
  ID: ['ID token', 'id'],
  Refresh: ['refresh token', 'refresh'],
  Offline: ['offline token', 'refresh'],
  'Serialized-ID': ['single sign-on cookie', 'session'],
  Logout: ['logout token', 'logout'],
};

export const keycloak = notVideo({
  id: 'keycloak',
  name: 'Keycloak',
  does: 'the holder signs in to a realm, or calls an API as the user',

  recognise(claims) {
    const realm = /\/realms\/[^/]+\/?$/.test(issuerOf(claims)?.pathname ?? '');
    if (!realm) return null;
    const kind = rowOf(kinds, stringAt(claims, 'typ')) !== null;
    const own = kind || ['realm_access', 'resource_access', 'session_state'].some((name) => hasAt(claims, name));
    return {
      confidence: own ? 'certain' : 'likely',
      because: own ? '`iss` is a realm, and the claims are Keycloak’s' : '`iss` ends in a realm, as Keycloak’s does',
      strength: own ? 5 : 2,
    };
  },

  facts(claims) {
    const [product, use] = rowOf(kinds, stringAt(claims, 'typ')) ?? [null, 'unknown' as const];
    const name = stringAt(claims, 'preferred_username');
    const service = name?.startsWith('service-account-') && use === 'access';
    return {
      use,
      product,
      tenant: /\/realms\/([^/]+)/.exec(issuerOf(claims)?.pathname ?? '')?.[1] ?? null,
      userId: stringAt(claims, 'sub'),
      displayName: stringAt(claims, 'name') ?? name,
      ...(service && serverCredential('it belongs to the service account of a client', 'preferred_username')),
    };
  },

  claims: {
    typ: { means: 'Kind of token.', values: Object.keys(kinds) },
    'allowed-origins': { means: 'Origins from which a page may call the API.', type: 'array' },
    realm_access: { means: 'Roles of the user in the realm.', type: 'object' },
    'realm_access.roles': { means: 'Roles of the user in the realm.', type: 'array' },
    resource_access: { means: 'Roles of the user, by client.', type: 'object' },
    session_state: { means: 'Session at the server.' },
  },
  lifetime: {
    defaultSeconds: 300,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Access tokens live 5 minutes unless the realm says otherwise; refresh tokens as long as the session.',
  },
  validation:
    'Ask the realm: `POST <iss>/protocol/openid-connect/token/introspect`, or check it with the keys at `<iss>/protocol/openid-connect/certs`.',
  links: [
    { title: 'Keycloak: server administration', url: 'https://www.keycloak.org/docs/latest/server_admin/#_timeouts' },
    { title: 'Keycloak: OpenID Connect', url: 'https://www.keycloak.org/securing-apps/oidc-layers' },
  ],
});
