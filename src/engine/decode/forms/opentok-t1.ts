import { base64Bytes, bytesToText } from '../../text/base64.ts';
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
    for (const [name, value] of [...front, ...data]) {
      const isTime = name === 'create_time' || name === 'expire_time';
      if (claims.has(name)) continue;
      claims.set(name, isTime && /^\d{1,15}$/.test(value) ? Number(value) : value);
    }
    const signature = front.get('sig');
    const cut = colon < 0 || !data.has('session_id');
    return {
      claims: claims.size > 0 ? Object.fromEntries(claims) : null,
      signature: signature ? { text: signature, bytes: signature.length >> 1 } : null,
      problem: cut
        ? {
            code: 'cut-short',
            offset: text.length,
            message: 'The token ends before its session id; its end was cut off.',
          }
        : null,
    };
  },
  links: [
    { title: 'Vonage Video, creating a token', url: 'https://developer.vonage.com/en/video/guides/create-token' },
  ],
};
