import { base64Bytes, bytesToText } from '../../text/base64.ts';
import { inflate } from '../../text/inflate.ts';
import type { JsonObject } from '../../text/json.ts';
import { isObject, jsonOddities, parseJson } from '../../text/json.ts';
import { salvageJson } from '../../text/salvage-json.ts';
import { readBinary } from './binary.ts';
import { brokenMembers, odd, oddityWords } from './compact.ts';
import type { Form, Reading } from './form.ts';

/** Tencent TRTC UserSig: zlib-compressed JSON in base64 whose `+/=` are written `*-_`. */
export const trtcUsersig: Form = {
  id: 'trtc-usersig',
  name: 'Tencent UserSig',
  startsAt: ['run'],
  begins: ['e[AFJN][\\w*+/-]'],
  match({ text, start }) {
    if (!/^e[AFJN]/.test(text.slice(start, start + 2))) return null;
    alphabet.lastIndex = start;
    const end = start + (alphabet.exec(text)?.[0].length ?? 0);
    if (end - start < 80 || end - start > 8192) return null;
    return json(text.slice(start, end))?.includes('"TLS.')
      ? { form: 'trtc-usersig', start, end, confidence: 'certain', note: null }
      : null;
  },
  read(text): Reading {
    const decoded = json(text);
    if (decoded === null)
      return {
        problem: {
          code: 'undecodable',
          offset: 0,
          message: 'The text cannot be decompressed; some characters are missing or changed.',
        },
      };
    const value = parseJson(decoded);
    const { json: claims, broken } = isObject(value) ? { json: value, broken: [] } : salvageJson(decoded);
    if (!claims) return { opaquePayload: decoded };
    const sig = claims['TLS.sig'];
    return {
      claims: { ...claims, ...userBuffer(claims['TLS.userbuf']) },
      signature: typeof sig === 'string' ? { text: sig, bytes: base64Bytes(sig).length } : null,
      problem: isObject(value)
        ? null
        : { code: 'cut-short', offset: text.length, message: 'The token ends in the middle; its end was cut off.' },
      irregularities: [
        ...jsonOddities(decoded).map(({ code, path }) => odd(code, `claims.${path}`, 0, oddityWords(code, path))),
        // Compressed, so that no place in the text is theirs.
        ...brokenMembers(broken, 'claims', 0, text.length),
      ],
    };
  },
  links: [{ title: 'Tencent RTC, UserSig', url: 'https://trtc.io/document/35166' }],
};

const alphabet = /[\w*-]+/y;

function json(text: string): string | null {
  const plain = text.replace(/[*\-_]/g, (char) => (char === '*' ? '+' : char === '-' ? '/' : '='));
  const inflated = inflate(base64Bytes(plain), 'zlib', 64 * 1024);
  return inflated ? bytesToText(inflated.bytes).text : null;
}

/** The "user buffer" narrows the signature to one room; without it every room of the application is open. */
export function userBuffer(encoded: JsonObject[string] | undefined): JsonObject {
  if (typeof encoded !== 'string') return {};
  const read = readBinary(base64Bytes(encoded), 'big-endian');
  const version = read.u8();
  const account = read.text(read.u16());
  const userbuf: JsonObject = {
    account,
    sdkappid: read.u32(),
    roomid: read.u32(),
    expiresAt: read.u32(),
    privileges: read.u32(),
  };
  read.u32();
  // Version 1 names the room by text, and its number is 0.
  if (version === 1) userbuf.room = read.text(read.u16());
  return read.isPastEnd() ? {} : { userbuf };
}
