import type { TokenUse } from '../model/token.ts';

/** What a token is called by what it is for; null where that is not known. */
export const tokenUses: Readonly<Record<TokenUse, string | null>> = {
  'video-join': 'a call token',
  access: 'an access token',
  id: 'an ID token',
  refresh: 'a refresh token',
  session: 'a session token',
  'public-key-token': 'a public key',
  'service-key': 'a server credential',
  'client-assertion': 'a client assertion',
  'dpop-proof': 'a proof of possession',
  'request-object': 'a sign-in request',
  logout: 'a logout token',
  set: 'a security event',
  vc: 'a credential',
  'one-time': 'a one-time token',
  unknown: null,
};
