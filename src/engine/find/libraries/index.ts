import { amplify } from './amplify.ts';
import { authJs } from './auth-js.ts';
import { auth0Spa } from './auth0-spa.ts';
import { clerk } from './clerk.ts';
import { cloudflareAccess } from './cloudflare-access.ts';
import { firebase } from './firebase.ts';
import { keycloak } from './keycloak.ts';
import type { Library } from './library.ts';
import { msal } from './msal.ts';
import { oidcClient } from './oidc-client.ts';
import { okta } from './okta.ts';
import { pocketbase } from './pocketbase.ts';
import { supabase } from './supabase.ts';
import { whereby } from './whereby.ts';

/** Every library whose storage keys Roomkey reads, in alphabetical order: the order means nothing. */
export const libraries: readonly Library[] = [
  amplify,
  auth0Spa,
  authJs,
  clerk,
  cloudflareAccess,
  firebase,
  keycloak,
  msal,
  oidcClient,
  okta,
  pocketbase,
  supabase,
  whereby,
];
