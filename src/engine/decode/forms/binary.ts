import { bytesToText } from '../../text/base64.ts';
import type { Json, JsonObject } from '../../text/json.ts';

/** Reads numbers and texts from bytes in turn. Past the end everything is 0 or empty, and `isPastEnd` says so. */
export function readBinary(bytes: Uint8Array, order: 'little-endian' | 'big-endian') {
  let at = 0;
  let past = false;

  function number(size: number): number {
    if (at + size > bytes.length) {
      past = true;
      return 0;
    }
    let value = 0;
    for (let index = 0; index < size; index += 1) {
      const from = order === 'big-endian' ? index : size - 1 - index;
      value = value * 256 + (bytes[at + from] as number);
    }
    at += size;
    return value;
  }

  function take(count: number): Uint8Array {
    if (at + count > bytes.length) {
      past = true;
      return new Uint8Array(0);
    }
    at += count;
    return bytes.subarray(at - count, at);
  }

  return {
    u8: () => number(1),
    u16: () => number(2),
    i16: () => (number(2) << 16) >> 16,
    u32: () => number(4),
    /** Exact up to 2^53. */
    u64: () => number(8),
    bytes: take,
    text: (count: number) => bytesToText(take(count)).text,
    isPastEnd: () => past,
  };
}

/** Members in the order they are written, up to the first that the bytes do not hold whole. */
export function readMembers(
  { isPastEnd }: ReturnType<typeof readBinary>,
  members: Record<string, () => Json>,
): JsonObject {
  const whole: JsonObject = {};
  for (const [name, read] of Object.entries(members)) {
    const value = read();
    if (isPastEnd()) break;
    whole[name] = value;
  }
  return whole;
}
