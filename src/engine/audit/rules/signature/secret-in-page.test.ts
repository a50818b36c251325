import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { base64url, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { secretInPage } from './secret-in-page.ts';

const random = 'q7W2e9R4t1Y6u3I8o5P0a7S2';
const pem = `-----BEGIN ${'PRIVATE'} KEY-----\n${`${'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49'.repeat(2)}\n`.repeat(3)}-----END ${'PRIVATE'} KEY-----`;

await ruleCases(secretInPage, {
  flags: {
    'a private key': {
      on: { local: { config: pem } },
      severity: 'critical',
      says: 'A private key lies in localStorage["config"]',
      at: 'sightings[0]',
      confidence: 'certain',
    },
    'a private key as JWK': {
      on: {
        local: {
          config: JSON.stringify({
            keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'Zm9vYmFyYmF6cXV4Zm9vYmFy' }],
          }),
        },
      },
      severity: 'critical',
      says: 'JWK',
    },
    'a secret that its name gives away': {
      on: { local: { config: `{"apiSecret":"${random}"}` } },
      severity: 'critical',
      says: 'A secret that makes tokens, by its name, lies in localStorage["config"] of https://call.acme.com',
      confidence: 'likely',
    },
    'a secret under its own key': {
      on: { local: { LIVEKIT_API_SECRET: random } },
      severity: 'critical',
      says: 'lies in localStorage["LIVEKIT_API_SECRET"] of https://call.acme.com',
    },
    'a Daily API key beside a token': {
      on: { local: { DAILY_API_KEY: `${'a1b2c3d4'.repeat(8)}0f`, t: dailyToken() } },
      severity: 'critical',
      says: 'lies in localStorage["DAILY_API_KEY"] of https://call.acme.com',
    },
    'a secret Mapbox token': {
      on: { local: { map: `sk.${base64url('{"u":"acme","a":"ck1234567890"}')}.abcdefghijklmnopqrstuv` } },
      severity: 'high',
      says: 'A secret Mapbox token lies in localStorage["map"] of https://call.acme.com',
    },
  },
  passes: { 'a pasted key': { texts: [pem] } },
  doesNotApply: {
    'a public key set': {
      local: { keys: JSON.stringify({ keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }] }), t: dailyToken() },
    },
    'a publishable key': { local: { config: `{"publishableKey":"pk_live_${random}"}`, t: dailyToken() } },
    'a placeholder': { local: { config: '{"apiSecret":"your-api-secret-here-0123"}', t: dailyToken() } },
    'the first line of a key in documentation': {
      local: { help: `-----BEGIN ${'PRIVATE'} KEY----- and so on`, t: dailyToken() },
    },
    'a development token': { local: { t: rawJwt({ alg: 'HS256', typ: 'JWT' }, { user_id: 'ada' }, 'devtoken') } },
  },
});
