import type { JsonObject } from '../../../src/engine/text/json.ts';
import { days, hours, jwt, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

export const dailyDomain = '30f866c3-9123-452a-8723-ff58322d09c5';

/** Exactly these claims, signed as a domain signs its own tokens: HS256 with the API key. */
export function dailyClaims(claims: JsonObject, apiKey?: string): string {
  return jwt(claims, {}, apiKey);
}

/** A meeting token as Daily issues it, for the room "standup" and one hour, with `claims` on top. */
export function dailyToken(claims: JsonObject = {}, apiKey?: string): string {
  return dailyClaims({ r: 'standup', d: dailyDomain, iat: now - 60, exp: now + hours(1), ...claims }, apiKey);
}

/** Daily has no server SDK; its documentation gives the shape. */
export const daily: Minted = {
  guest: () => dailyToken({ u: 'Grace', ud: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6' }),
  host: () => dailyToken({ u: 'Ada', o: true, ejt: true }),
  'participants admin': () => dailyToken({ p: { hp: true, cs: 'v,a', ca: 'p' } }),
  viewer: () => dailyToken({ p: { cs: false, cr: { b: true } } }),
  'hidden observer': () => dailyToken({ u: 'Observer', p: { hp: false, cs: false } }),
  'without expiry': () => dailyClaims({ r: 'standup', d: dailyDomain, iat: now }),
  'without room': () => dailyClaims({ d: dailyDomain, o: true, iat: now, exp: now + days(1) }),
  everything: () =>
    dailyToken({
      nbf: now - 60,
      ud: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
      u: 'Ada',
      o: true,
      k: false,
      ss: true,
      vo: true,
      ao: true,
      er: 'cloud',
      sr: true,
      ejt: true,
      eje: 1800,
      uil: 'en',
      erui: true,
      ctoe: true,
      rome: 'https://example.com/bye',
      ast: true,
      p: { hp: true, cs: 'v,a', cr: { b: true }, ca: 'p,s' },
    }),
  'REST names': () =>
    dailyClaims({ room_name: 'standup', d: dailyDomain, is_owner: true, iat: now, exp: now + hours(1) }),
};
