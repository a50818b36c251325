import { createHmac } from 'node:crypto';
import type { JsonObject } from '../../../src/engine/text/json.ts';
import { base64url, now, without } from '../tokens.ts';
import type { Minted } from './minted.ts';

// Signed as the vendor documents it: an empty header, HMAC-SHA256 over both parts.
const base: JsonObject = {
  vxi: 1,
  f: 'sip:.calls-dev.ada.@tla.vivox.com',
  iss: 'calls-dev',
  t: 'sip:confctl-g-calls-dev.standup@tla.vivox.com',
  exp: now + 90,
};

function signed(claims: JsonObject): string {
  const input = `${base64url('{}')}.${base64url(JSON.stringify({ ...base, ...claims }))}`;
  return `${input}.${createHmac('sha256', 'a-throw-away-key').update(input).digest('base64url')}`;
}

export const vivox: Minted = {
  guest: () => signed({ vxa: 'join' }),
  listener: () => signed({ vxa: 'join_muted' }),
  kick: () => signed({ vxa: 'kick', sub: 'sip:.calls-dev.grace.@tla.vivox.com' }),
  login: () => signed({ vxa: 'login', t: null }),
  'without expiry': () => signed({ vxa: 'join', exp: without }),
  'odd: unknown action': () => signed({ vxa: 'dance', f: 7 }),
};
