import { Grant, VideoSDK } from '@videosdk.live/server-sdk';
import { hours, jwt, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

export const videosdkSecret = 'a-throw-away-videosdk-secret-of-some-length';

const apikey = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
const sdk = new VideoSDK({ apiKey: apikey, secret: videosdkSecret });
const room = '2kyv-gzay-64pg';

export const videosdk: Minted = {
  guest: () => sdk.accessToken().setParticipant('ada').grant(Grant.AllowJoin).forRoom(room).expiresIn('15m').toJwt(),
  host: () => sdk.accessToken().setParticipant('ada').grant(Grant.AllowJoin, Grant.AllowMod).forRoom(room).toJwt(),
  'must be admitted': () => sdk.accessToken().setParticipant('ada').grant(Grant.AskJoin).forRoom(room).toJwt(),
  'without room': () => sdk.accessToken().grant(Grant.AllowJoin).toJwt(),
  server: () => sdk.accessToken().forApi().toJwt(),
  'without expiry': () =>
    jwt({ apikey, permissions: ['allow_join'], version: 2, roles: ['rtc'], roomId: room, iat: now }),
  'odd: both ways to join, no roles': () =>
    jwt({ apikey, permissions: ['allow_join', 'ask_join'], iat: now, exp: now + hours(2) }),
};
