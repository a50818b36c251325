import { bytesToHex } from '@noble/hashes/utils.js';
import { base64Bytes } from '../../text/base64.ts';
import { inflate } from '../../text/inflate.ts';
import type { JsonObject } from '../../text/json.ts';
import { readBinary, readMembers } from './binary.ts';
import { segmentEnd } from './compact.ts';
import type { Form, Reading } from './form.ts';

/** Agora AccessToken2: "007" and the base64 of a zlib stream; app id, times and the services it opens. */
export const agora007: Form = {
  id: 'agora-007',
  name: 'Agora token (007)',
  startsAt: ['run'],
  begins: ['007e[AFJN]'],
  match({ text, start }) {
    // A zlib stream starts 0x78, and the four usual compression levels follow.
    if (!/^007e[AFJN]/.test(text.slice(start, start + 5))) return null;
    const end = segmentEnd(text, start + 3, 'both');
    return end - start < 80 || !body(text.slice(start, end))
      ? null
      : { form: 'agora-007', start, end, confidence: 'certain', note: null };
  },
  read(text): Reading {
    const bytes = body(text);
    if (!bytes)
      return {
        problem: {
          code: 'undecodable',
          offset: 3,
          message: 'The part after "007" cannot be decompressed; some characters are missing or changed.',
        },
      };
    const read = readBinary(bytes, 'little-endian');
    const signature = read.bytes(read.u16());
    const claims = readMembers(read, {
      appId: () => read.text(read.u16()),
      issueTs: read.u32,
      expire: read.u32,
      salt: read.u32,
    });
    const services: JsonObject[] = [];
    const count = read.u16();
    while (services.length < Math.min(count, 32) && !read.isPastEnd()) {
      const type = read.u16();
      const service: JsonObject = { type, privileges: readPrivileges(read) };
      const fields = serviceFields[type];
      if (!fields) {
        // The length of an unknown service is not written, so nothing after it can be read.
        if (!read.isPastEnd()) services.push(service);
        break;
      }
      for (const name of fields) service[name] = name === 'role' ? read.i16() : read.text(read.u16());
      if (!read.isPastEnd()) services.push(service);
    }
    claims.services = services;
    return {
      claims,
      signature: {
        text: bytesToHex(signature),
        bytes: signature.length,
      },
      problem: read.isPastEnd()
        ? {
            code: 'cut-short',
            offset: text.length,
            message: 'The token ends before all its services; its end was cut off.',
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

/** What follows the privileges of each service. */
const serviceFields: Record<number, readonly string[]> = {
  1: ['channel', 'uid'],
  2: ['user'],
  3: ['channel', 'account'],
  4: [],
  5: ['user'],
  6: ['channel', 'account'],
  7: ['room', 'user', 'role'],
};

function body(text: string): Uint8Array | null {
  return inflate(base64Bytes(text, 3), 'zlib', 64 * 1024)?.bytes ?? null;
}

/** Privilege number → seconds after `issueTs` (007) or absolute time (006); 0 = as long as the token. */
export function readPrivileges(read: ReturnType<typeof readBinary>): JsonObject {
  const privileges: JsonObject = {};
  const count = read.u16();
  for (let index = 0; index < Math.min(count, 1024) && !read.isPastEnd(); index += 1) {
    const [name, until] = [read.u16(), read.u32()];
    if (!read.isPastEnd()) privileges[String(name)] = until;
  }
  return privileges;
}
