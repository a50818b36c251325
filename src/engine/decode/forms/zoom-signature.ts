import { base64Bytes, bytesToText } from '../../text/base64.ts';
import { segmentEnd } from './compact.ts';
import type { Form, Reading } from './form.ts';

/** Signature of Zoom's web SDK before JWTs: base64 of `key.meeting.milliseconds.role.` and the base64 of an HMAC-SHA256. */
export const zoomSignature: Form = {
  id: 'zoom-signature',
  name: 'Zoom signature (retired)',
  startsAt: ['run'],
  match({ text, start }) {
    const end = segmentEnd(text, start, 'both');
    if (end - start < shortest || end - start > longest || !parts(text.slice(start, end))) return null;
    return { form: 'zoom-signature', start, end, confidence: 'certain', note: null };
  },
  read(text): Reading {
    const found = parts(text);
    if (!found) {
      return {
        problem: {
          code: 'undecodable',
          offset: 0,
          message: 'The text does not decode to the five parts of a signature.',
        },
      };
    }
    const [, apiKey, meetingNumber, milliseconds, role, hash] = found as unknown as [string, ...string[]];
    return {
      claims: {
        apiKey: apiKey as string,
        meetingNumber: meetingNumber as string,
        timestamp: Number(milliseconds),
        role: Number(role),
      },
      signature: { text: hash as string, bytes: 32 },
    };
  },
  links: [
    { title: 'Zoom, generating a signature', url: 'https://marketplace.zoom.us/docs/sdk/native-sdks/web/signature/' },
  ],
};

/** Of the shortest and the longest key and meeting number, and room to spare. */
const shortest = 100;
const longest = 300;

const parts = (text: string) =>
  text.length > longest
    ? null
    : /^([\w-]{8,64})\.(\d{9,12})\.(\d{13})\.(\d)\.([A-Za-z0-9+/]{43}=)$/.exec(bytesToText(base64Bytes(text)).text);
