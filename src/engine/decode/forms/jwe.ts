import type { Lock } from '../../model/token.ts';
import { base64Bytes } from '../../text/base64.ts';
import { partsAfter, readPart, splitParts } from './compact.ts';
import type { Form, Reading } from './form.ts';

/** RFC 7516. The claims are for whoever holds the key; the token itself works like any other. */
export const jweLock: Lock = {
  opener: 'jwe',
  givesPower: true,
  says: 'The claims are encrypted: only the server that holds the key can read them.',
  asksFor: 'Secret, PEM, JWK or JWK Set',
};

/** JWE compact serialization (RFC 7516 §3.1): header, encrypted key, IV, ciphertext, tag. The claims are unreadable. */
export const jwe: Form = {
  id: 'jwe',
  name: 'Encrypted token (JWE)',
  shortName: 'JWE',
  lock: jweLock,
  jose: 'encrypted',
  startsAt: ['header'],
  match(candidate) {
    const { start, header } = candidate;
    if (!header || typeof header.enc !== 'string') return null;
    const parts = partsAfter(candidate, 5);
    const [, iv, ciphertext, tag] = parts;
    if (!iv || !ciphertext || !tag || parts.length !== 4) return null;
    if (ciphertext.end === ciphertext.start) return null;
    return { form: 'jwe', start, end: tag.end, confidence: 'certain', note: null };
  },
  read(text): Reading {
    const [first, ...rest] = splitParts(text);
    if (!first) return {};
    const { json, problem, irregularities } = readPart(first, 'header');
    const tag = rest[3];
    const missing = {
      code: 'parts-missing',
      offset: text.length,
      message: 'An encrypted token has five parts; some are missing at the end.',
    };
    return {
      form: problem || !tag ? 'damaged' : 'jwe',
      header: json,
      problem: problem ?? (tag ? null : missing),
      irregularities,
      signature: tag ? { text: tag.text, bytes: base64Bytes(tag.text).length } : null,
    };
  },
  links: [{ title: 'RFC 7516, JSON Web Encryption', url: 'https://www.rfc-editor.org/rfc/rfc7516#section-3.1' }],
};
