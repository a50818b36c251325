import type { ClaimMeaning, Provider } from './providers/provider.ts';

/**
 * What a claim or header member means: the platform's own meaning first, then the registered one.
 * Paths as in `Provider.claims`: `context.user.id`, `permissions.0`, `header.kid`. Null for a name of the app's own.
 */
export function meaningOf(provider: Provider | null, path: string): ClaimMeaning | null {
  return (provider ? lookUp(provider.claims, path) : null) ?? lookUp(registered, path);
}

/** The exact path, or else the pattern that fits with the most segments. */
function lookUp(meanings: Readonly<Record<string, ClaimMeaning>>, path: string): ClaimMeaning | null {
  if (Object.hasOwn(meanings, path)) return meanings[path] ?? null;
  const have = path.split('.', 65);
  if (have.length > 64) return null;
  let best: string[] = [];
  for (const key of Object.keys(meanings)) {
    if (!key.includes('*')) continue;
    const want = key.split('.');
    if (want.length > best.length && fits(want, have)) best = want;
  }
  return best.length > 0 ? (meanings[best.join('.')] ?? null) : null;
}

/** `*` stands for one segment; a free member's name may itself hold dots, so a closing `*` takes all that is left. */
function fits(want: string[], have: string[]): boolean {
  if (have.length < want.length || (have.length > want.length && want.at(-1) !== '*')) return false;
  return want.every((segment, index) => segment === '*' || segment === have[index]);
}

const at = (means: string, whenAbsent?: string): ClaimMeaning => ({
  means,
  type: 'number',
  unit: 'seconds since the epoch',
  ...(whenAbsent === undefined ? {} : { whenAbsent }),
});
const text = (means: string): ClaimMeaning => ({ means, type: 'string' });
const flag = (means: string): ClaimMeaning => ({ means, type: 'boolean' });
const any = (means: string): ClaimMeaning => ({ means });

/**
 * Claims and header members of general standards, by path: JWT (RFC 7519 §4.1), JWS (RFC 7515 §4.1), JWE (RFC 7516 §4.1,
 * RFC 7518 §4), OpenID Connect Core 1.0 §2 and §5.1, and the OAuth profiles named at each group.
 */
export const registered: Readonly<Record<string, ClaimMeaning>> = {
  // RFC 7519 §4.1
  iss: text('Issuer: who made the token.'),
  sub: text('Subject: whom the token is about, usually the user’s id at the issuer.'),
  aud: { means: 'Audience: whom the token is meant for; others should refuse it.', type: ['string', 'array'] },
  'aud.*': any('One of the audiences the token is meant for.'),
  exp: at('Expiry: from this moment on the token must be refused.', 'never expires'),
  nbf: at('Not before: until this moment the token must be refused.', 'valid at once'),
  iat: at('Issued at: when the token was made.'),
  jti: text('Token id: makes this token unique, so that it can be told apart or revoked.'),

  // OpenID Connect Core §2, §3.1.3.6, §5.1; front- and back-channel logout
  auth_time: at('When the user last signed in.'),
  nonce: text('Ties an ID token to the sign-in request that asked for it.'),
  acr: text('How strongly the user was authenticated, by the name of a class.'),
  amr: { means: 'How the user was authenticated: `pwd` password, `otp` one-time code, `mfa` several.', type: 'array' },
  azp: text('The client the ID token was issued to.'),
  at_hash: text('Hash of the access token issued along with this ID token.'),
  c_hash: text('Hash of the code issued along with this ID token.'),
  s_hash: text('Hash of the `state` of the sign-in request.'),
  sid: text('Id of the sign-in session at the issuer.'),
  name: text('Full name of the user.'),
  given_name: text('First name of the user.'),
  family_name: text('Last name of the user.'),
  middle_name: text('Middle name of the user.'),
  nickname: text('Casual name of the user.'),
  preferred_username: text('Name the user likes to be called by; not unique and it may change.'),
  profile: text('Address of the user’s profile page.'),
  picture: text('Address of the user’s picture.'),
  website: text('Address of the user’s website.'),
  email: text('E-mail address of the user.'),
  email_verified: {
    means: 'Whether the issuer has checked that the e-mail address is the user’s.',
    type: ['boolean', 'boolean-text'],
  },
  gender: text('Gender of the user.'),
  birthdate: text('Birthday of the user, as year, month and day.'),
  zoneinfo: text('Time zone of the user.'),
  locale: text('Language and region of the user.'),
  phone_number: text('Telephone number of the user.'),
  phone_number_verified: flag('Whether the issuer has checked that the telephone number is the user’s.'),
  address: { means: 'Postal address of the user.', type: 'object' },
  'address.*': text('Part of the postal address of the user.'),
  updated_at: at('When the user’s profile last changed.'),
  events: { means: 'Security events this token reports, each by its address.', type: 'object' },

  // OAuth 2.0: RFC 8693, RFC 9068, RFC 7800, RFC 9396, RFC 9449
  scope: any('What the token may be used for, separated by spaces.'),
  scp: any('What the token may be used for.'),
  client_id: text('The app that asked for the token.'),
  act: { means: 'Who acts in the user’s place: the holder is not the subject itself.', type: 'object' },
  may_act: { means: 'Who may act in the user’s place.', type: 'object' },
  cnf: { means: 'Binds the token to a key: whoever uses it has to prove holding that key.', type: 'object' },
  'cnf.jkt': text('Thumbprint of the key the token is bound to (DPoP).'),
  'cnf.jwk': { means: 'The public key the token is bound to.', type: 'object' },
  'cnf.kid': text('Id of the key the token is bound to.'),
  'cnf.x5t#S256': text('Thumbprint of the client certificate the token is bound to.'),
  authorization_details: { means: 'What exactly was authorised, in detail.', type: 'array' },
  roles: any('Roles of the subject.'),
  'roles.*': any('One of the subject’s roles.'),
  groups: any('Groups the subject belongs to.'),
  'groups.*': any('One of the subject’s groups.'),
  entitlements: any('Entitlements of the subject.'),
  permissions: any('What the subject may do.'),
  htm: text('HTTP method the proof was made for (DPoP).'),
  htu: text('Address the proof was made for (DPoP).'),
  ath: text('Hash of the access token the proof goes with (DPoP).'),

  // SD-JWT and verifiable credentials: RFC 9901
  _sd: { means: 'Digests of claims that are disclosed one by one.', type: 'array' },
  _sd_alg: text('Hash used for the digests of disclosed claims.'),
  vct: text('Kind of credential.'),
  vc: { means: 'A verifiable credential.', type: 'object' },
  vp: { means: 'A presentation of verifiable credentials.', type: 'object' },

  // RFC 7515 §4.1
  'header.alg': text('How the token is signed or its key protected; `none` means not at all.'),
  'header.typ': text('Kind of token, `JWT` as a rule.'),
  'header.cty': text('Kind of content inside the token; `JWT` for a token in a token.'),
  'header.kid': text('Which key the signature was made with.'),
  'header.jku': text('Address of a key set. A server that follows it without asking can be deceived.'),
  'header.jwk': { means: 'A public key inside the token. A server that trusts it accepts any token.', type: 'object' },
  'header.x5u': text('Address of a certificate chain.'),
  'header.x5c': { means: 'Certificate chain of the signing key.', type: 'array' },
  'header.x5t': text('Thumbprint of the signing certificate (SHA-1).'),
  'header.x5t#S256': text('Thumbprint of the signing certificate (SHA-256).'),
  'header.crit': { means: 'Header members a reader must understand, or else refuse the token.', type: 'array' },
  'header.b64': flag('`false`: the payload is signed as it is, without base64 (RFC 7797).'),
  'header.iss': text('Issuer, repeated from the claims.'),
  'header.sub': text('Subject, repeated from the claims.'),
  'header.aud': any('Audience, repeated from the claims.'),
  'header.nonce': text('Random text of the signer.'),

  // RFC 7516 §4.1 and RFC 7518 §4
  'header.enc': text('How the content is encrypted.'),
  'header.zip': text('The content was compressed before it was encrypted.'),
  'header.epk': { means: 'One-time public key the encryption key was agreed with.', type: 'object' },
  'header.apu': text('The sender’s part in agreeing on the key.'),
  'header.apv': text('The receiver’s part in agreeing on the key.'),
  'header.iv': text('Start value of the key encryption.'),
  'header.tag': text('Checksum of the key encryption.'),
  'header.p2s': text('Salt of the password the key is derived from.'),
  'header.p2c': { means: 'How many rounds the key is derived from a password with.', type: 'number' },
};
