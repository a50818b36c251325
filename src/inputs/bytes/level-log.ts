import type { ByteWindow } from './byte-window.ts';

/** Bytes of a block, at whose end a record is cut and goes on behind a head of its own. */
const blockBytes = 32_768;
/** Checksum, length and type. */
const headBytes = 7;
const [full, last] = [1, 4];

/** Records of a log of LevelDB one after the other (https://github.com/google/leveldb/blob/main/doc/log_format.md). */
export interface LogPiece {
  bytes: Uint8Array;
  /** Where it stands, in bytes. */
  start: number;
  /** What follows it belongs to the same record. */
  goesOn: boolean;
}

/** Whether bytes begin as a log of LevelDB: with a record whose checksum is right. Browsers keep storage and databases in such. */
export function isLevelLog(head: Uint8Array): boolean {
  const record = recordAt(head, 0);
  if (!record) return false;
  const view = new DataView(head.buffer, head.byteOffset);
  return view.getUint32(0, true) === masked(crc32c(head.subarray(headBytes - 1, record.end)));
}

/** What is no record comes as it is, up to the next block. */
export async function* piecesOfLevelLog(window: ByteWindow): AsyncGenerator<LogPiece> {
  for (let start = 0; ; start += blockBytes) {
    window.discard(start);
    while (window.base + window.length - start < blockBytes && (await window.fill())) {}
    const block = window.bytes(start, Math.min(start + blockBytes, window.base + window.length));
    if (block.length === 0) return;
    let at = 0;
    for (let record = recordAt(block, at); record; record = recordAt(block, at)) {
      const { end, type } = record;
      yield {
        bytes: block.subarray(at + headBytes, end),
        start: start + at + headBytes,
        goesOn: type !== full && type !== last,
      };
      at = end;
    }
    if (at < block.length) yield { bytes: block.subarray(at), start: start + at, goesOn: false };
  }
}

function recordAt(block: Uint8Array, at: number): { end: number; type: number } | null {
  if (at + headBytes > Math.min(block.length, blockBytes)) return null;
  const type = block[at + 6] as number;
  const end = at + headBytes + ((block[at + 4] as number) | ((block[at + 5] as number) << 8));
  if (type < full || type > last || end > Math.min(block.length, blockBytes)) return null;
  return { end, type };
}

/** CRC-32C (RFC 3720 §12.1). */
function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

/** As it is stored, for the checksum of what holds checksums. */
function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
