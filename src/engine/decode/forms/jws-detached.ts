import { partsAfter } from './compact.ts';
import type { Form } from './form.ts';
import { readSigned } from './jws.ts';

/** A signature whose payload travels elsewhere (RFC 7515 Appendix F): `header..signature`. Not a JWT. */
export const jwsDetached: Form = {
  id: 'jws-detached',
  name: 'Signature without its payload (detached JWS)',
  shortName: 'Detached JWS',
  jose: 'detached',
  startsAt: ['header'],
  match(candidate) {
    const { start, header } = candidate;
    if (!header || Object.hasOwn(header, 'enc')) return null;
    const parts = partsAfter(candidate, 3);
    const [payload, signature] = parts;
    if (!payload || !signature) return null;
    if (payload.end > payload.start || signature.end - signature.start < 8) return null;
    return { form: 'jws-detached', start, end: signature.end, confidence: 'certain', note: 'detached-payload' };
  },
  read: (text) => readSigned(text, 'jws-detached'),
  links: [{ title: 'RFC 7515, Detached Content', url: 'https://www.rfc-editor.org/rfc/rfc7515#appendix-F' }],
};
