import { base64Bytes, bytesToText } from '../base64.ts';
import { type Form, isWholeValue } from './form.ts';

/** A random value, known for a credential only by the name it is kept under. */
export const opaque: Form = {
  id: 'opaque',
  name: 'Opaque credential',
  startsAt: ['value'],
  match(candidate) {
    const { text, start, key } = candidate;
    shape.lastIndex = start;
    if (!shape.test(text) || !isWholeValue(candidate, shape.lastIndex)) return null;
    const end = shape.lastIndex;
    const token = text.slice(start, end);
    if (/refresh/i.test(key ?? '') && isRandom(token)) {
      return { form: 'opaque', start, end, confidence: 'possible', note: 'opaque-refresh' };
    }
    if (!isKnown(token) && !/^(?:joinToken|zak)$/i.test(key ?? '')) return null;
    return { form: 'opaque', start, end, confidence: 'possible', note: 'opaque-token' };
  },
  read: (text) => ({ opaquePayload: text }),
  links: [{ title: 'RFC 6749, refresh tokens', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-1.5' }],
};

const shape = /\s*[\w.~+/=|!-]{20,4096}/y;

/** Letters of both cases, or letters and digits mixed: no word, date or number. */
function isRandom(text: string): boolean {
  return /[A-Za-z]/.test(text) && (/\d/.test(text) || (/[a-z]/.test(text) && /[A-Z]/.test(text)));
}

/** Fernet, Macaroon and Biscuit by their first bytes. */
function isKnown(text: string): boolean {
  if (/^gAAAAA[\w-]{60,}={0,2}$/.test(text) || /^E[ns][\w-]{80,}={0,2}$/.test(text)) return true;
  return /^MDA/.test(text) && /^00[0-9a-f]{2}(?:location|identifier) /.test(bytesToText(base64Bytes(text, 0, 40)).text);
}
