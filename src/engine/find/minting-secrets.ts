import { vendorKey } from '../decode/forms/vendor-key.ts';
import type { Hit } from '../model/token.ts';

/** Secrets listed of one text, and the longest one kept. */
const most = 20;
const longest = 8000;

/** Names under which the secrets that make tokens are kept, of any platform, and Daily's API key. */
const mintingName =
  /(?:^|[^a-z])(?:api|app|sdk|jwt|stream|livekit|zoom|twilio|vonage|opentok|jitsi|agora|hms|videosdk|client)[ _-]?(?:api|app|sdk|key)?[ _-]?secret|(?:^|[^a-z])daily[ _-]?api[ _-]?key|app[ _-]?certificate|signing[ _-]?(?:key|secret)/i;

/**
 * Secrets in a text that are no tokens but make them: private keys as PEM and JWK, and values that a name says sign
 * tokens. Values that look like placeholders, words or public keys are left out. Linear; never throws.
 */
export function pageSecrets(text: string, key: string | null): Hit[] {
  const hits: Hit[] = [];
  // Most texts hold none of these words.
  if (text.includes('PRIVATE KEY-----')) pemKeys(text, hits);
  if (text.includes('"kty"')) jwkKeys(text, hits);
  if (key !== null && isSecretValue(text.trim()) && isMintingName(key))
    add(hits, text.trim(), text.indexOf(text.trim()), 'minting-secret', '');
  else if (/secret|api_?-?key|certificate|signing/i.test(text)) namedSecrets(text, hits);
  return hits.slice(0, most);
}

function add(hits: Hit[], token: string, offset: number, note: string, path: string): void {
  if (hits.length >= most || hits.some((hit) => hit.token === token)) return;
  hits.push({
    form: vendorKey.id,
    token,
    offset,
    encodings: [],
    path,
    confidence: note === 'private-key' ? 'certain' : 'likely',
    note,
  });
}

function pemKeys(text: string, hits: Hit[]): void {
  let end = -1;
  for (const { index, 0: head } of text.matchAll(/-----BEGIN (?:[A-Z]{2,12} ){0,2}PRIVATE KEY-----/g)) {
    // One end serves every beginning before it, so that the text is read once.
    if (end < index) end = text.indexOf('-----END ', index + head.length);
    if (end < 0) return;
    const length = end - index - head.length;
    // Documentation prints the first line alone.
    if (length < 60 || length > longest) continue;
    const close = text.slice(end + 9, end + 60).indexOf('-----');
    if (close > 0) add(hits, text.slice(index, end + 9 + close + 5), index, 'private-key', '');
    if (hits.length >= most) return;
  }
}

/** A JWK is flat, so its braces are the nearest ones. What lies before the last brace read is not read again. */
function jwkKeys(text: string, hits: Hit[]): void {
  let from = 0;
  for (let at = text.indexOf('"kty"'); at >= 0 && hits.length < most; at = text.indexOf('"kty"', from)) {
    const end = text.indexOf('}', at);
    if (end < 0) return;
    const start = text.slice(from, at).lastIndexOf('{');
    const object = start < 0 || end - start - from > longest ? '' : text.slice(from + start, end + 1);
    if (/"(?:d|k)"\s*:\s*"[\w-]{16}[\w-]*"/.test(object)) add(hits, object, from + start, 'private-key', '');
    from = end + 1;
  }
}

function namedSecrets(text: string, hits: Hit[]): void {
  for (const match of text.matchAll(
    /(?<![\w-])["']?([A-Za-z_][\w-]{2,60})["']?\s{0,4}[:=]\s{0,4}["']([^"'\s]{16,200})["']/g,
  )) {
    const [whole, name = '', value = ''] = match;
    if (!isMintingName(name) || !isSecretValue(value)) continue;
    add(hits, value, match.index + whole.lastIndexOf(value), 'minting-secret', name);
    if (hits.length >= most) return;
  }
}

function isMintingName(name: string): boolean {
  return (
    mintingName.test(name.replace(/([a-z])([A-Z])/g, '$1_$2')) &&
    !/public|publishable|url|uri|name|hint|label|placeholder|_id$/i.test(name)
  );
}

/** Random enough to be a secret: sixteen or more letters and digits mixed; no token, address, template or repetition. */
function isSecretValue(value: string): boolean {
  if (value.length < 16 || value.length > 200 || !/^[\w.~+/=-]+$/.test(value)) return false;
  if (/^eyJ|^https?:|xxx|\*\*\*|your|example|placeholder|change/i.test(value)) return false;
  return /\d/.test(value) && /[A-Za-z]/.test(value) && new Set(value).size >= 8;
}
