import type { Form } from './form.ts';

/** A random value known for a credential only by the name it is kept under. */
export const opaque: Form = {
  id: 'opaque',
  name: 'Opaque credential',
  startsAt: null,
  read: (text) => ({ opaquePayload: text }),
  links: [{ title: 'RFC 6749, refresh tokens', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-1.5' }],
};
