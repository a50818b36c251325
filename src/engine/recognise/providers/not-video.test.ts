import { expect, test } from 'vitest';
import { learned } from '../../../../test/builders/subjects.ts';
import { jwt, now } from '../../../../test/builders/tokens.ts';
import { firebase } from './identity/firebase.ts';
import { keycloak } from './identity/keycloak.ts';
import { supabase } from './identity/supabase.ts';
import { isHost, issuerOf, rowOf } from './not-video.ts';
import { twilioOther } from './twilio-other.ts';

test('names that every object has are words like any other', () => {
  expect(rowOf({ a: 1 }, 'a')).toBe(1);
  for (const word of ['constructor', '__proto__', 'toString', null, undefined])
    expect(rowOf({ a: 1 }, word)).toBeNull();
  const word = 'constructor';
  expect(learned(keycloak, jwt({ iss: 'https://a.example/realms/b', typ: word, azp: 'x' })).facts.use).toBe('unknown');
  expect(learned(supabase, jwt({ iss: 'https://a.supabase.co/auth/v1', role: word })).facts.vendorRole).toBe(word);
  expect(learned(firebase, jwt({ iss: `https://${word}/x`, iat: now })).facts.use).toBe('one-time');
  const chat = jwt({ grants: { identity: 'a', [word]: {} } }, { cty: 'twilio-fpa;v=1' });
  expect(learned(twilioOther, chat).facts.product).toBe('access token for constructor');
});

test('issuers are compared by host, not by text', () => {
  expect(isHost(issuerOf({ iss: 'https://calls.eu.auth0.com/' }), 'auth0.com')).toBe(true);
  expect(isHost(issuerOf({ iss: 'https://notauth0.com/' }), 'auth0.com')).toBe(false);
  expect(isHost(issuerOf({ iss: 'https://a.example/?x=auth0.com' }), 'auth0.com')).toBe(false);
  for (const iss of ['auth0.com', 'https://', 'javascript:alert(1)', 7, null]) expect(issuerOf({ iss })).toBeNull();
});
