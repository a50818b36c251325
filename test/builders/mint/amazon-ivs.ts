import { generateKeyPairSync } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import type { JsonObject } from '../../../src/engine/text/json.ts';
import { hours, now, rawJwt, without } from '../tokens.ts';
import type { Minted } from './minted.ts';

// The documented shape: signed with a key of the customer's own (ES384), or as AWS writes it, with `alg` KMS.
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const base: JsonObject = {
  exp: now + hours(12),
  iat: now,
  jti: 'jFpWmveENolS',
  resource: 'arn:aws:ivs:us-west-2:123456789012:stage/VSWjvX5XOkU3',
  topic: 'VSWjvX5XOkU3',
  events_url: 'wss://global.events.live-video.net',
  whip_url: 'https://0123456789ab.global-bm.whip.live-video.net',
  user_id: 'u-1',
  attributes: { team: 'red' },
  capabilities: { allow_publish: true, allow_subscribe: true },
  version: '0.0',
};

function signed(claims: JsonObject): string {
  return jsonwebtoken.sign(JSON.stringify({ ...base, ...claims }), privateKey, { algorithm: 'ES384' });
}

export const amazonIvs: Minted = {
  guest: () => signed({}),
  viewer: () => signed({ capabilities: { allow_publish: false, allow_subscribe: true } }),
  'issued by AWS': () => rawJwt({ alg: 'KMS', typ: 'JWT' }, base),
  'without expiry': () => signed({ exp: without }),
  'without topic': () => signed({ topic: null }),
  'odd: capabilities as a list': () => signed({ capabilities: ['PUBLISH'], user_id: 7 }),
};

function playback(claims: JsonObject): string {
  const channel = 'arn:aws:ivs:us-west-2:123456789012:channel/abcdEFGHijkl';
  return jsonwebtoken.sign({ 'aws:channel-arn': channel, iat: now, ...claims }, privateKey, { algorithm: 'ES384' });
}

/** For watching a channel: another product of the same vendor. */
export const ivsPlayback: Minted = {
  'IVS playback': () => playback({ 'aws:access-control-allow-origin': 'https://app.example', exp: now + hours(1) }),
  'IVS playback for one viewer': () =>
    playback({ 'aws:viewer-id': 'u-1', 'aws:viewer-session-version': 1, exp: now + hours(1) }),
  'IVS playback without expiry': () => playback({}),
};
