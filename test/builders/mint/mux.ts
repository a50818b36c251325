import { generateKeyPairSync } from 'node:crypto';
import MuxClient from '@mux/mux-node';
import jsonwebtoken from 'jsonwebtoken';
import type { JsonObject } from '../../../src/engine/text/json.ts';
import { now } from '../tokens.ts';
import type { Minted } from './minted.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});
const key = { keyId: 'KEY', keySecret: Buffer.from(privateKey).toString('base64') };

function space(params: Record<string, string>): string {
  return MuxClient.JWT.signSpaceId('SPACE', { ...key, expiration: '2h', params });
}

function signed(claims: JsonObject): string {
  return jsonwebtoken.sign({ iat: now, ...claims }, privateKey, { algorithm: 'RS256', keyid: 'KEY' });
}

export const mux: Minted = {
  guest: () => space({ role: 'publisher', participant_id: 'ada' }),
  viewer: () => space({ role: 'subscriber' }),
  'default lifetime': () => MuxClient.JWT.signSpaceId('SPACE', { ...key, params: { role: 'publisher' } }),
  'without expiry': () => signed({ role: 'publisher', aud: 'rt', sub: 'SPACE' }),
  'without room': () => signed({ role: 'publisher', aud: 'rt', exp: now + 60 }),
  'odd: no role': () => space({}),
};

/** Signed by the same SDK for watching recordings: not Mux Real-Time. */
export const muxPlayback: Minted = {
  'Mux playback': () => MuxClient.JWT.signPlaybackId('PLAYBACK', { ...key, type: 'video' }),
  'Mux thumbnails': () => MuxClient.JWT.signPlaybackId('PLAYBACK', { ...key, type: 'thumbnail' }),
  'Mux viewer counts': () => MuxClient.JWT.signViewerCounts('PLAYBACK', { ...key, type: 'playback' }),
};
