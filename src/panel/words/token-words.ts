import type { FormId, RoomScope, Subject, TokenUse } from '../../engine/model.ts';
import { masked } from './masked.ts';
import { cut } from './visible.ts';

/** Forms as a reader would call them. */
export const formWords: Record<FormId, string> = {
  jws: 'Signed token (JWT)',
  'jws-unsecured': 'Unsecured token (JWT without a signature)',
  'jws-detached': 'Signature without its payload (detached JWS)',
  'jws-json': 'Signed token (JWS in JSON)',
  jwe: 'Encrypted token (JWE)',
  'jwe-json': 'Encrypted token (JWE in JSON)',
  'sd-jwt': 'Signed token with selective disclosure (SD-JWT)',
  'opentok-t1': 'OpenTok token (T1)',
  'agora-006': 'Agora token (006)',
  'agora-007': 'Agora token (007)',
  'trtc-usersig': 'Tencent UserSig',
  'zego-04': 'ZEGO token (04)',
  'openvidu-2': 'OpenVidu token (2)',
  paseto: 'PASETO',
  'smart-health-card': 'SMART Health Card',
  'signed-cookie': 'Signed cookie',
  'vendor-key': 'Service key',
  'msal-encrypted': 'Encrypted cache entry (MSAL)',
  opaque: 'Token whose content is not readable',
  damaged: 'Damaged token',
};

const shortForms: Partial<Record<FormId, string>> = {
  jws: 'JWT',
  'jws-unsecured': 'Unsecured JWT',
  'jws-detached': 'Detached JWS',
  'jws-json': 'JWS',
  jwe: 'JWE',
  'jwe-json': 'JWE',
  'sd-jwt': 'SD-JWT',
  'msal-encrypted': 'MSAL, encrypted',
  opaque: 'Opaque token',
};

export const useWords: Record<TokenUse, string> = {
  'video-join': 'joining a call',
  access: 'calling a service (access token)',
  id: 'telling an app who signed in (ID token)',
  refresh: 'getting new tokens (refresh token)',
  session: 'keeping someone signed in (session)',
  'public-key-token': 'naming an app; public by design',
  'service-key': 'full use of a service, by servers only',
  'client-assertion': 'proving which app asks',
  'dpop-proof': 'proving possession of a key (DPoP)',
  'request-object': 'asking for a sign-in',
  logout: 'signing someone out',
  set: 'reporting a security event',
  vc: 'presenting a credential',
  'one-time': 'one use',
  unknown: 'unknown',
};

export const scopeWords: Record<RoomScope, string> = {
  'one-room': 'one room',
  'some-rooms': 'several rooms',
  'all-rooms': 'every room',
  'not-stated': 'no room is named',
};

/** What a token is, in the words of the list: its platform, or else its form. */
export function platformOf({ provider, token }: Subject): string {
  return provider?.name ?? shortForms[token.form] ?? formWords[token.form];
}

export function roomOf({ facts }: Subject): string | null {
  if (facts.room !== null) return cut(masked(facts.room), 200).text;
  return facts.use === 'video-join' && facts.roomScope === 'all-rooms' ? 'every room' : null;
}

export function identityOf({ facts }: Subject): string | null {
  const name = facts.displayName || facts.userId;
  return name ? cut(masked(name), 200).text : null;
}

/** One token among others, for lists and labels: `Daily · standup · Ada`. */
export function titleOf(subject: Subject): string {
  return [platformOf(subject), roomOf(subject), identityOf(subject)].filter((part) => part !== null).join(' · ');
}
