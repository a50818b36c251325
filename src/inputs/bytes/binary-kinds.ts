import { isLevelLog } from './level-log.ts';

/** What is known of a binary file by its first bytes. */
export interface BinaryKind {
  /** In words: "a SQLite database". */
  name: string;
  /** Nobody looks for tokens in such, so that nothing is said of it: pictures, fonts, sound, films and programs. */
  isPlain: boolean;
}

const text = (words: string) => [...words].map((character) => character.charCodeAt(0));

/** First bytes, or those from an offset on (https://www.garykessler.net/library/file_sigs.html). */
const kinds: [name: string, isPlain: boolean, magic: number[], at?: number][] = [
  ['a picture', true, [0x89, ...text('PNG')]],
  ['a picture', true, [0xff, 0xd8, 0xff]],
  ['a picture', true, text('GIF8')],
  ['a picture', true, text('WEBP'), 8],
  ['a picture', true, [0, 0, 1, 0]],
  ['a picture', true, text('ftypavif'), 4],
  ['a picture', true, text('ftyphei'), 4],
  ['a font', true, text('wOFF')],
  ['a font', true, text('wOF2')],
  ['a font', true, [0, 1, 0, 0, 0]],
  ['a font', true, text('OTTO')],
  ['a film', true, text('ftyp'), 4],
  ['a film', true, [0x1a, 0x45, 0xdf, 0xa3]],
  ['a sound', true, text('OggS')],
  ['a sound', true, text('ID3')],
  ['a sound', true, text('WAVE'), 8],
  ['a sound', true, text('fLaC')],
  ['a program', true, [0x7f, ...text('ELF')]],
  ['a program', true, text('MZ')],
  ['a program', true, [0, ...text('asm')]],
  ['a program', true, [0xcf, 0xfa, 0xed, 0xfe]],
  ['a program', true, [0xca, 0xfe, 0xba, 0xbe]],
  // https://www.gnu.org/software/tar/manual/html_node/Standard.html, cpio(5) and ar(5).
  ['a tar archive', false, text('ustar'), 257],
  ['a cpio archive', false, text('07070')],
  ['an ar archive', false, text('!<arch>\n')],
  ['a SQLite database', false, text('SQLite format 3\0')],
  // https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/, by the order of bytes and the unit of time, and pcapng.
  ['a capture of packets', false, [0xd4, 0xc3, 0xb2, 0xa1]],
  ['a capture of packets', false, [0x4d, 0x3c, 0xb2, 0xa1]],
  ['a capture of packets', false, [0xa1, 0xb2, 0xc3, 0xd4]],
  ['a capture of packets', false, [0xa1, 0xb2, 0x3c, 0x4d]],
  ['a capture of packets', false, [0x0a, 0x0d, 0x0d, 0x0a]],
];

/** The magic number at the end of each table of LevelDB (https://github.com/google/leveldb/blob/main/doc/table_format.md). */
const tableEnd = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];

/** The mark of the end of a zip archive. */
const zipEnd = [0x50, 0x4b, 5, 6];

/** What bytes are by how they begin and end; null where nobody knows. */
export function binaryKindOf(head: Uint8Array, end: Uint8Array): BinaryKind | null {
  // What unpacks itself is a program with an archive behind it (APPNOTE 6.3.10 §4.3.16), without a comment.
  if (zipEnd.every((byte, index) => end[end.length - 22 + index] === byte))
    return { name: 'a file with a zip archive behind it, which was not opened', isPlain: false };
  const known = kinds.find(([, , magic, at = 0]) => magic.every((byte, index) => head[at + index] === byte));
  if (known) return { name: known[0], isPlain: known[1] };
  if (isLevelLog(head)) return { name: 'a log of LevelDB', isPlain: false };
  if (tableEnd.every((byte, index) => end[end.length - tableEnd.length + index] === byte))
    return { name: 'a table of LevelDB, parts of which may be compressed', isPlain: false };
  return null;
}
