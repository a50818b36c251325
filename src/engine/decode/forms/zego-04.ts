import { base64Bytes } from '../../text/base64.ts';
import { readBinary, readMembers } from './binary.ts';
import { segmentEnd } from './compact.ts';
import type { Form, Reading } from './form.ts';

/** ZEGOCLOUD token04: "04" and the base64 of an expiry time, an IV and encrypted claims. Only the expiry is readable. */
export const zego04: Form = {
  id: 'zego-04',
  name: 'ZEGO token (04)',
  startsAt: ['run'],
  begins: ['04AAAAA'],
  match({ text, start }) {
    if (!text.startsWith('04AAAAA', start)) return null;
    const end = segmentEnd(text, start + 2, 'both');
    return zego04.read(text.slice(start, end)).problem
      ? null
      : { form: 'zego-04', start, end, confidence: 'certain', note: null };
  },
  read(text): Reading {
    const read = readBinary(base64Bytes(text, 2), 'big-endian');
    const claims = readMembers(read, { expire: read.u64 });
    const iv = read.bytes(read.u16());
    const ciphertext = read.bytes(read.u16());
    const isCut = read.isPastEnd() || iv.length !== 16 || ciphertext.length === 0 || ciphertext.length % 16 !== 0;
    return {
      claims,
      problem: isCut
        ? {
            code: 'cut-short',
            offset: text.length,
            message: 'The token ends before its encrypted part does; its end was cut off.',
          }
        : null,
    };
  },
  links: [{ title: 'ZEGOCLOUD, token authentication', url: 'https://www.zegocloud.com/docs/video-call/token' }],
};
