import { base64Bytes, bytesToText, withoutPadding } from '../../text/base64.ts';
import { odd, segmentEnd } from './compact.ts';
import type { Form, Reading } from './form.ts';

const prefix = 'T1==';
/** Base64 of `partner_id=`: what is left where somebody took the prefix for padding and cut it off. */
const bare = 'cGFydG5lcl9pZD';

/** OpenTok's own token, before JWTs: `T1==` and the base64 of `partner_id=…&sig=…:session_id=…&…`. */
export const opentokT1: Form = {
  id: 'opentok-t1',
  name: 'OpenTok token (T1)',
  isAllText: true,
  startsAt: ['run'],
  begins: [bare],
  lead: [prefix],
  match({ text, start }) {
    const isBare = !text.startsWith(prefix, start);
    if (isBare && (!text.startsWith(bare, start) || hasPrefixBefore(text, start))) return null;
    const from = isBare ? start : start + prefix.length;
    const end = segmentEnd(text, from, 'both');
    const head = bytesToText(base64Bytes(text, from, Math.min(end, from + 100))).text;
    if (!(isBare ? /^partner_id=\d+&sig=/ : /^partner_id=/).test(head)) return null;
    return { form: 'opentok-t1', start, end, confidence: isBare ? 'likely' : 'certain', note: null };
  },
  read(text): Reading {
    const isBare = !text.startsWith(prefix) && text.startsWith(bare);
    const decoded = bytesToText(base64Bytes(text, isBare ? 0 : prefix.length)).text;
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
      irregularities: isBare ? [odd('prefix-missing', 'token', 0, '`T1==` is missing in front of it.')] : [],
    };
  },
  links: [
    { title: 'Vonage Video, creating a token', url: 'https://developer.vonage.com/en/video/guides/create-token' },
  ],
};

/** The prefix in the spelling of an encoding that is still to be undone. */
const hasPrefixBefore = (text: string, at: number) => /T1\S{2,20}$/.test(text.slice(Math.max(0, at - 22), at));

const isTime = (name: string) => name === 'create_time' || name === 'expire_time';

/** A length no base64 has, a session id that nothing follows, or a time in fewer digits than any has had since 2001. */
function isCutAfter(text: string, last: [string, string] | undefined): boolean {
  if (withoutPadding(text).length % 4 === 1 || last?.[0] === 'session_id') return true;
  return last !== undefined && isTime(last[0]) && /^\d{0,9}$/.test(last[1]);
}
