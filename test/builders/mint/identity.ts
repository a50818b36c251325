import { generateKeyPairSync } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import type { JsonObject } from '../../../src/engine/text/json.ts';
import { days, hours, jwt, minutes, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

// Sign-in services issue these themselves: here they are signed in the documented shape with a key of our own.

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const times = { iat: now, exp: now + hours(1) };

function signed(claims: JsonObject, header: JsonObject = {}): string {
  return jsonwebtoken.sign(JSON.stringify(claims), privateKey, {
    algorithm: 'RS256',
    header: { alg: 'RS256', typ: 'JWT', kid: 'key-1', ...header },
  });
}

const api = 'https://api.example';
const client = 'n3wC1ientForTests';

const auth0User = { iss: 'https://calls.eu.auth0.com/', sub: 'auth0|5f1a', ...times };
export const auth0: Minted = {
  access: () =>
    signed({
      ...auth0User,
      aud: [api, 'https://calls.eu.auth0.com/userinfo'],
      scope: 'openid read:calls',
      azp: client,
    }),
  id: () =>
    signed({ ...auth0User, aud: client, name: 'Ada', nickname: 'ada', email: 'ada@example.com', nonce: 'x', sid: 's' }),
  machine: () =>
    signed({ ...auth0User, sub: `${client}@clients`, aud: api, azp: client, gty: 'client-credentials', scope: 'x' }),
  'custom domain': () => signed({ ...auth0User, iss: 'https://login.example/', aud: api, scope: 'openid' }),
  'without expiry': () => signed({ iss: auth0User.iss, sub: auth0User.sub, aud: client, nonce: 'x' }),
};

const pool = { iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab1Cd2Ef3', sub: 'u-1', ...times };
export const cognito: Minted = {
  access: () => signed({ ...pool, token_use: 'access', client_id: client, scope: 'openid', username: 'ada', jti: 'j' }),
  id: () => signed({ ...pool, token_use: 'id', aud: client, 'cognito:username': 'ada', email: 'ada@example.com' }),
  machine: () => signed({ ...pool, sub: client, token_use: 'access', client_id: client, scope: 'calls/read' }),
  'odd: no token_use': () => signed({ ...pool, token_use: 7 }),
};

const tenant = '9a8b7c6d-0000-4000-8000-00000000000b';
const application = '1f2e3d4c-0000-4000-8000-00000000000a';
const entra = { tid: tenant, oid: '0d1c2b3a-0000-4000-8000-00000000000c', sub: 's', ver: '2.0', nbf: now, ...times };
export const entraId: Minted = {
  access: () =>
    signed({
      ...entra,
      iss: `https://login.microsoftonline.com/${tenant}/v2.0`,
      aud: application,
      azp: application,
      scp: 'Calls.Read',
      name: 'Ada',
    }),
  id: () =>
    signed({
      ...entra,
      iss: `https://login.microsoftonline.com/${tenant}/v2.0`,
      aud: application,
      nonce: 'x',
      name: 'Ada',
      preferred_username: 'ada@example.com',
    }),
  'version 1': () =>
    signed({
      ...entra,
      ver: '1.0',
      iss: `https://sts.windows.net/${tenant}/`,
      aud: 'api://orders',
      appid: application,
      scp: 'x',
      upn: 'ada@example.com',
    }),
  machine: () =>
    signed({
      ...entra,
      iss: `https://sts.windows.net/${tenant}/`,
      aud: 'api://orders',
      idtyp: 'app',
      roles: ['Calls.All'],
    }),
  'for Microsoft Graph': () =>
    signed({ ...entra, iss: `https://sts.windows.net/${tenant}/`, aud: 'https://graph.microsoft.com' }, { nonce: 'n' }),
  'customer directory': () =>
    signed({ ...entra, iss: `https://calls.b2clogin.com/${tenant}/v2.0/`, aud: application, nonce: 'x' }),
};

const project = { aud: 'calls', sub: 'u1', user_id: 'u1', auth_time: now, ...times };
export const firebase: Minted = {
  id: () =>
    signed({
      ...project,
      iss: 'https://securetoken.google.com/calls',
      name: 'Ada',
      firebase: { sign_in_provider: 'password', identities: {} },
    }),
  session: () => signed({ ...project, iss: 'https://session.firebase.google.com/calls', exp: now + days(5) }),
  custom: () => {
    const account = 'firebase-adminsdk-1@calls.iam.gserviceaccount.com';
    const aud = 'https://identitytoolkit.googleapis.com/google.identity.identitytoolkit.v1.IdentityToolkit';
    return signed({ iss: account, sub: account, aud, uid: 'u1', ...times });
  },
  'App Check': () =>
    signed({
      iss: 'https://firebaseappcheck.googleapis.com/1234',
      sub: '1:1234:web:a',
      aud: ['projects/calls'],
      ...times,
    }),
};

const account = 'minutes@calls-prod.iam.gserviceaccount.com';
export const google: Minted = {
  id: () =>
    signed({
      iss: 'https://accounts.google.com',
      azp: client,
      aud: client,
      sub: '1',
      hd: 'example.com',
      name: 'Ada',
      ...times,
    }),
  'old issuer': () => signed({ iss: 'accounts.google.com', aud: client, sub: '1', ...times }),
  'service account': () => signed({ iss: account, sub: account, aud: 'https://pubsub.googleapis.com/', ...times }),
  'service account assertion': () =>
    signed({ iss: account, aud: 'https://oauth2.googleapis.com/token', scope: 'x', ...times }),
};

const realm = { iss: 'https://login.example/realms/calls', sub: 'u-1', jti: 'j', azp: 'web', ...times };
export const keycloak: Minted = {
  access: () =>
    signed({
      ...realm,
      typ: 'Bearer',
      aud: 'account',
      realm_access: { roles: ['user'] },
      scope: 'openid',
      preferred_username: 'ada',
      name: 'Ada',
    }),
  id: () => signed({ ...realm, typ: 'ID', aud: 'web', nonce: 'x', preferred_username: 'ada' }),
  refresh: () => jwt({ ...realm, typ: 'Refresh', aud: realm.iss }, { alg: 'HS512' }),
  machine: () => signed({ ...realm, typ: 'Bearer', preferred_username: 'service-account-bot' }),
  'odd: no kind': () => signed({ ...realm, iss: 'https://login.example/auth/realms/calls' }),
};

const org = { iss: 'https://calls.okta.com/oauth2/default', ver: 1, ...times };
export const okta: Minted = {
  access: () =>
    signed({
      ...org,
      jti: 'AT.a1',
      aud: 'api://default',
      cid: client,
      uid: '00u1',
      scp: ['openid'],
      sub: 'ada@example.com',
    }),
  id: () =>
    signed({
      ...org,
      jti: 'ID.a1',
      aud: client,
      sub: '00u1',
      name: 'Ada',
      nonce: 'x',
      preferred_username: 'ada@example.com',
    }),
  'custom domain': () =>
    signed({
      ...org,
      iss: 'https://login.example/oauth2/aus1',
      jti: 'AT.a2',
      aud: 'api://x',
      cid: client,
      scp: ['x'],
      sub: 'ada',
    }),
};

const supabaseUser = {
  iss: 'https://abcdefghijklmnop.supabase.co/auth/v1',
  sub: 'u-1',
  aud: 'authenticated',
  ...times,
};
const decade = { iat: now, exp: now + days(3650) };
export const supabase: Minted = {
  anon: () => jwt({ iss: 'supabase', ref: 'abcdefghijklmnop', role: 'anon', ...decade }),
  'service role': () => jwt({ iss: 'supabase', ref: 'abcdefghijklmnop', role: 'service_role', ...decade }),
  user: () =>
    jwt({ ...supabaseUser, role: 'authenticated', session_id: 's', aal: 'aal1', user_metadata: { name: 'Ada' } }),
  'self-hosted': () =>
    jwt({ ...supabaseUser, iss: 'https://db.example/auth/v1', role: 'authenticated', session_id: 's' }),
  'odd: own role': () => jwt({ ...supabaseUser, role: 'moderator', session_id: 's' }),
};

const clerkSession = { sid: 'sess_2abc', sub: 'user_2abc', iat: now, nbf: now - 10, exp: now + minutes(1) };
export const clerk: Minted = {
  session: () => signed({ ...clerkSession, iss: 'https://clerk.app.example', azp: 'https://app.example' }),
  development: () => signed({ ...clerkSession, iss: 'https://brave-cat-7.clerk.accounts.dev', fva: [0, -1] }),
  'in an organization': () =>
    signed({ ...clerkSession, iss: 'https://clerk.app.example', org_id: 'org_1', org_role: 'org:admin' }),
  'odd: session only': () => signed({ ...clerkSession, iss: 'https://auth.app.example', sub: 7 }),
};

export const oidc: Minted = {
  id: () => signed({ iss: 'https://login.example', sub: 'ada', aud: client, nonce: 'x', ...times }),
  access: () =>
    signed(
      { iss: 'https://login.example', sub: 'ada', aud: api, client_id: client, scope: 'x', ...times },
      { typ: 'at+jwt' },
    ),
  'odd: hardly anything': () => signed({ iss: 'https://login.example', sub: 'ada', azp: client }),
};
