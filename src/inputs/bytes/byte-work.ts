import { base64Bytes } from '../../engine/text/base64.ts';

/** What reading needs of bytes, and the platform need not have. */
export interface ByteWork {
  /** UTF-8 as text; a byte order mark stays, and what is no UTF-8 becomes U+FFFD. */
  utf8(bytes: Uint8Array): string;
  /** Each byte for itself: U+0000 to U+00FF. */
  latin1(bytes: Uint8Array): string;
  /** Index of a byte from `from` on, -1 where there is none. */
  indexOf(bytes: Uint8Array, byte: number, from?: number): number;
  /** Base64 of either alphabet; what belongs to neither is passed over, and padding ends it. */
  base64(text: string): Uint8Array;
  /** A copy that shares no memory with the text it was found in: a slice would keep megabytes alive. */
  copy(text: string): string;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const windows1252 = new TextDecoder('windows-1252');
const latin1Stretch = 8192;

export const portableBytes: ByteWork = {
  utf8: (bytes) => decoder.decode(bytes),
  latin1(bytes) {
    // What the platform calls latin1 is windows-1252, which differs only where it gives characters beyond U+00FF.
    const close = windows1252.decode(bytes);
    if (!/[^\0-\xff]/.test(close)) return close;
    let text = '';
    for (let at = 0; at < bytes.length; at += latin1Stretch) {
      text += String.fromCharCode(...bytes.subarray(at, at + latin1Stretch));
    }
    return text;
  },
  indexOf: (bytes, byte, from = 0) => bytes.indexOf(byte, from),
  base64(text) {
    const padding = text.indexOf('=');
    return base64Bytes((padding < 0 ? text : text.slice(0, padding)).replace(/[^\w+/-]+/g, ''));
  },
  // Well-formed `stringify` (ES2019) keeps lone surrogates.
  copy: (text) => JSON.parse(JSON.stringify(text)) as string,
};

/** The part of Node's Buffer that is used. */
interface NativeBuffer {
  from(text: string, encoding: 'base64' | 'utf16le'): Uint8Array & { toString(encoding: 'utf16le'): string };
  prototype: {
    utf8Slice(this: Uint8Array, start: number, end: number): string;
    latin1Slice(this: Uint8Array, start: number, end: number): string;
    indexOf(this: Uint8Array, byte: number, from: number): number;
  };
}

function nativeBytes(buffer: NativeBuffer): ByteWork {
  const { utf8Slice, latin1Slice, indexOf } = buffer.prototype;
  return {
    utf8: (bytes) => utf8Slice.call(bytes, 0, bytes.length),
    latin1: (bytes) => latin1Slice.call(bytes, 0, bytes.length),
    indexOf: (bytes, byte, from = 0) => indexOf.call(bytes, byte, from),
    base64: (text) => buffer.from(text, 'base64'),
    copy: (text) => buffer.from(text, 'utf16le').toString('utf16le'),
  };
}

const { Buffer: native } = globalThis as { Buffer?: unknown };

/** Node's Buffer does the same several times faster; a browser has none. */
export const byteWork: ByteWork = native === undefined ? portableBytes : nativeBytes(native as NativeBuffer);
