import type { Irregularity, Token } from '../../engine/model/token.ts';
import { base64Bytes, bytesToText } from '../../engine/text/base64.ts';
import {
  checkJitsiParties,
  checkJitsiRoom,
  checkJitsiShape,
  checkJitsiTime,
  type JitsiServer,
  verifyForJitsi,
} from './jitsi-server.ts';
import { decodePlain } from './plain-jws.ts';
import type { Profile, ServerSettings } from './profile.ts';

/** A Jitsi server of one's own, with the switches of the configured key. */
export const jitsi: Profile = {
  id: 'jitsi',
  follows: 'the token plug-ins of Prosody in jitsi-meet (2026-02, and 2026-11 where a setting says so)',
  read: readAsJitsi,
  checkShape: ({ token, key }) => checkJitsiShape(token, serverOf(key)),
  checkTime: ({ token, now, ignoreNbf }) => checkJitsiTime(token.claims, now, ignoreNbf),
  checkIssuer: (question) => checkJitsiParties(question, serverOf(question.key)),
  verify: ({ token, key }, keys) => verifyForJitsi(token, serverOf(key), keys),
  checkRoom: ({ token, key, room = '', tenant }) => checkJitsiRoom(token.claims, serverOf(key), room, tenant),
};

/** The settings of a configured key, with Jitsi's own defaults for what it leaves out. */
function serverOf(key: ServerSettings): JitsiServer {
  return {
    algorithm: key.signatureAlgorithm ?? (key.isShared ? 'HS256' : 'RS256'),
    issuers: key.issuer ?? null,
    audiences: key.audience ?? ['*'],
    domain: key.domain ?? null,
    verifiesDomain: key.verifyDomain ?? true,
    requiresRoom: key.requireRoom ?? true,
    looksKeysUp: key.isLookedUp,
    patterns: key.patterns ?? 'lower-case',
  };
}

/**
 * Its server cuts a text at dots and backslashes, passes over empty pieces and takes what is left when it is three. It knows no
 * unencoded or compressed payload, and its JSON reader minds no control characters in texts.
 */
function readAsJitsi(text: string): Token | null {
  const parts = text.split(/[.\\]/).filter(Boolean);
  const [first = '', second = '', third = ''] = parts;
  if (parts.length !== 3 || !parts.every((part) => /^[\w=-]+$/.test(part))) return null;
  // Longer than what is looked through for them, in whatever characters.
  if (second.length > 4 * longest) return decodePlain([first, second, third]);
  const payload = bytesToText(base64Bytes(second)).text;
  const escaped = escapedControls(payload);
  if (escaped === payload) return decodePlain([first, second, third]);
  const read = decodePlain([first, second, third], escaped);
  return { ...read, irregularities: [...read.irregularities, controls] };
}

const controls: Irregularity = {
  code: 'control-characters',
  message: 'Control characters stand inside texts of its JSON.',
  subject: 'claims',
};

/** Characters that are looked through for control characters. */
const longest = 32_768;

/** JSON whose texts hold their control characters as escapes; white space between its values stays. */
function escapedControls(json: string): string {
  if (json.length > longest) return json;
  let isInText = false;
  let written = '';
  for (let at = 0; at < json.length; at += 1) {
    const one = json.charAt(at);
    const code = json.charCodeAt(at);
    if (one === '"') isInText = !isInText;
    if (isInText && one === '\\') {
      written += json.slice(at, at + 2);
      at += 1;
    } else written += isInText && code > 0 && code < 32 ? `\\u${code.toString(16).padStart(4, '0')}` : one;
  }
  return written;
}
