/** Formats of compression and of archives that are not read, by the bytes that they begin with. */
const packings: [name: string, magic: readonly number[]][] = [
  // RFC 8878 §3.1.1
  ['Zstandard', [0x28, 0xb5, 0x2f, 0xfd]],
  // https://tukaani.org/xz/xz-file-format.txt §2.1.1.1
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  // https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md
  ['LZ4', [0x04, 0x22, 0x4d, 0x18]],
  // https://py7zr.readthedocs.io/en/latest/archive_format.html
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  // https://www.nongnu.org/lzip/manual/lzip_manual.html#File-format, version 1
  ['lzip', [0x4c, 0x5a, 0x49, 0x50, 0x01]],
  // https://en.wikipedia.org/wiki/Compress_(software), with the flags that every writer sets
  ['compress (.Z)', [0x1f, 0x9d, 0x90]],
  // https://learn.microsoft.com/previous-versions/bb417343(v=msdn.10), CFHEADER
  ['a cabinet', [0x4d, 0x53, 0x43, 0x46, 0x00, 0x00, 0x00, 0x00]],
  // https://github.com/google/snappy/blob/main/framing_format.txt
  ['Snappy', [0xff, 0x06, 0x00, 0x00, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59]],
  // https://www.lzop.org/
  ['lzop', [0x89, 0x4c, 0x5a, 0x4f, 0x00, 0x0d, 0x0a, 0x1a, 0x0a]],
  // https://www.rarlab.com/technote.htm
  ['RAR', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
];

/** Name of the format in which bytes are packed so that nothing in them can be found; null for others. */
export function packingOf(head: Uint8Array): string | null {
  // "BZh", a digit, and the magic of its first block (https://en.wikipedia.org/wiki/Bzip2#File_format).
  if (startsWith(head, [0x42, 0x5a, 0x68]) && startsWith(head.subarray(4), [0x31, 0x41, 0x59, 0x26, 0x53, 0x59])) {
    return 'bzip2';
  }
  return packings.find(([, magic]) => startsWith(head, magic))?.[0] ?? null;
}

/** Whether the bytes begin as a zip archive does, an empty one too (APPNOTE 6.3.10 §4.3.7, §4.3.16). */
export function isZip([first, second, third, fourth]: Uint8Array): boolean {
  return first === 0x50 && second === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6));
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
