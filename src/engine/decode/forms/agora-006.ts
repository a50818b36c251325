import { bytesToHex } from '@noble/hashes/utils.js';
import { base64Bytes } from '../../text/base64.ts';
import { readPrivileges } from './agora-007.ts';
import { readBinary, readMembers } from './binary.ts';
import { segmentEnd } from './compact.ts';
import type { Form, Reading } from './form.ts';

/** Agora AccessToken, superseded: "006", the app id, and base64 with the privileges. Channel and user only as CRC-32. */
export const agora006: Form = {
  id: 'agora-006',
  name: 'Agora token (006)',
  startsAt: ['run'],
  begins: ['006[0-9a-fA-F]{32}'],
  match({ text, start }) {
    if (!/^006[0-9a-f]{32}[\w+/-]/i.test(text.slice(start, start + 36))) return null;
    const end = segmentEnd(text, start + 35, 'both');
    const reading = agora006.read(text.slice(start, end));
    return reading.problem || !reading.claims
      ? null
      : { form: 'agora-006', start, end, confidence: 'certain', note: null };
  },
  read(text): Reading {
    const read = readBinary(base64Bytes(text, 35), 'little-endian');
    const signature = read.bytes(read.u16());
    const outside = readMembers(read, { crc_channel: read.u32, crc_uid: read.u32 });
    const inner = readBinary(read.bytes(read.u16()), 'little-endian');
    const inside = readMembers(inner, { salt: inner.u32, ts: inner.u32, privileges: () => readPrivileges(inner) });
    const claims = { appId: text.slice(3, 35), ...outside, ...inside };
    const isCut = read.isPastEnd() || inner.isPastEnd() || signature.length === 0;
    return {
      claims,
      signature: {
        text: bytesToHex(signature),
        bytes: signature.length,
      },
      problem: isCut
        ? {
            code: 'cut-short',
            offset: text.length,
            message: 'The token ends before its privileges; its end was cut off.',
          }
        : null,
    };
  },
  links: [
    {
      title: 'Agora, token authentication',
      url: 'https://docs.agora.io/en/video-calling/token-authentication/deploy-token-server',
    },
  ],
};
