import { partsAfter } from './compact.ts';
import type { Form } from './form.ts';
import { isReadable, readSigned } from './jws.ts';

/** A JWT that nobody signed (RFC 7519 §6): `alg` is "none" and the signature is empty, or left out with its dot. */
export const jwsUnsecured: Form = {
  id: 'jws-unsecured',
  name: 'Unsecured token (JWT without a signature)',
  shortName: 'Unsecured JWT',
  jose: 'unsecured',
  startsAt: ['header'],
  match(candidate) {
    const { text, start, header } = candidate;
    if (!header || Object.hasOwn(header, 'enc') || typeof header.alg !== 'string') return null;
    if (!/^none$/i.test(header.alg.replace(/[^\x21-\x7e]/g, ''))) return null;
    const [payload, signature, extra] = partsAfter(candidate, 3);
    if (!payload || payload.end === payload.start || extra) return null;
    if (signature && signature.end > signature.start) return null;
    const end = signature ? signature.end : payload.end;
    const form = isReadable(text, payload.start, payload.end) ? 'jws-unsecured' : 'damaged';
    return { form, start, end, confidence: 'certain', note: null };
  },
  read: (text) => readSigned(text, 'jws-unsecured'),
  links: [{ title: 'RFC 7519, Unsecured JWTs', url: 'https://www.rfc-editor.org/rfc/rfc7519#section-6' }],
};
