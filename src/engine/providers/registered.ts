import type { ClaimMeaning } from './provider.ts';

const time = (means: string): ClaimMeaning => ({ means, unit: 'seconds since the epoch', type: 'number' });

/** Claims that mean the same everywhere (RFC 7519 §4.1, OpenID Connect Core §2 and §5.1), for providers to begin with. */
export const registered = {
  iss: { means: 'Who issued the token.', type: 'string' },
  sub: { means: 'Whom the token is about.', type: 'string' },
  aud: { means: 'For whom it is meant.', type: ['string', 'array'] },
  iat: time('When it was issued.'),
  nbf: time('Not valid before.'),
  exp: time('Not valid after.'),
  jti: { means: 'Unique id of the token.', type: 'string' },
} satisfies Record<string, ClaimMeaning>;

/** What sign-in services add. */
export const openId = {
  ...registered,
  azp: { means: 'The client it was issued to.' },
  client_id: { means: 'The client it was issued to.' },
  scope: { means: 'What the client may do, separated by spaces.' },
  nonce: { means: 'Ties the token to one sign-in.' },
  auth_time: time('When the user signed in.'),
  at_hash: { means: 'Hash of the access token issued with it.' },
  sid: { means: 'Session at the issuer.' },
  name: { means: "The user's full name." },
  email: { means: "The user's e-mail address." },
  email_verified: { means: 'Whether the address was confirmed.' },
  preferred_username: { means: 'The name the user goes by; may change.' },
} satisfies Record<string, ClaimMeaning>;
