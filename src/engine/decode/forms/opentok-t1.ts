import { base64Bytes, bytesToText, withoutPadding } from '../../text/base64.ts';
import { segmentEnd } from './compact.ts';
import type { Form, Reading } from './form.ts';

/** OpenTok's own token, before JWTs: `T1==` and the base64 of `partner_id=…&sig=…:session_id=…&…`. */
export const opentokT1: Form = {
  id: 'opentok-t1',
  name: 'OpenTok token (T1)',
  isAllText: true,
  startsAt: ['run'],
  lead: ['T1=='],
  match({ text, start }) {
    if (!text.startsWith('T1==', start)) return null;
    const end = segmentEnd(text, start + 4, 'both');
    const head = bytesToText(base64Bytes(text, start + 4, Math.min(end, start + 104))).text;
    if (!head.startsWith('partner_id=')) return null;
    return { form: 'opentok-t1', start, end, confidence: 'certain', note: null };
  },
  read(text): Reading {
    const decoded = bytesToText(base64Bytes(text, 4)).text;
    const colon = decoded.indexOf(':');
    const front = new URLSearchParams(colon < 0 ? decoded : decoded.slice(0, colon));
    const data = new URLSearchParams(colon < 0 ? '' : decoded.slice(colon + 1));
    const claims = new Map<string, string | number>();
    const pairs = [...front, ...data];
    const last = pairs.at(-1);
    const cut = colon < 0 || !data.has('session_id') || isCutAfter(text, last);
    // Nothing ends the last pair but the end of the text, so what was cut there may have been longer.
    for (const [name, value] of cut ? pairs.slice(0, -1) : pairs) {
      if (claims.has(name)) continue;
      claims.set(name, isTime(name) && /^\d{1,15}$/.test(value) ? Number(value) : value);
    }
    const signature = front.get('sig');
    return {
      claims: claims.size > 0 ? Object.fromEntries(claims) : null,
      signature: signature ? { text: signature, bytes: signature.length >> 1 } : null,
      problem: cut
        ? {
            code: 'cut-short',
            offset: text.length,
            message: data.has('session_id')
              ? `The token ends inside \`${last?.[0].slice(0, 40)}\`; its end was cut off.`
              : 'The token ends before its session id; its end was cut off.',
          }
        : null,
    };
  },
  links: [
    { title: 'Vonage Video, creating a token', url: 'https://developer.vonage.com/en/video/guides/create-token' },
  ],
};

const isTime = (name: string) => name === 'create_time' || name === 'expire_time';

/** A length no base64 has, a session id that nothing follows, or a time in fewer digits than any has had since 2001. */
function isCutAfter(text: string, last: [string, string] | undefined): boolean {
  if (withoutPadding(text).length % 4 === 1 || last?.[0] === 'session_id') return true;
  return last !== undefined && isTime(last[0]) && /^\d{0,9}$/.test(last[1]);
}
