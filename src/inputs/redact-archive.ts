import { Zip, ZipDeflate } from 'fflate';
import { createKnown, type Known } from '../engine/redact/ledger.ts';
import { type RedactedBytes, redactBytes } from '../engine/redact/redact-bytes.ts';
import { type RedactOptions, redactText } from '../engine/redact/redact-text.ts';
import { archiveEntries, isZip } from './archive.ts';
import { binaryKindOf } from './bytes/binary-kinds.ts';
import { InputError } from './bytes/input-error.ts';

export interface RedactedArchive extends RedactedBytes {
  /** Files that are not in the copy, as nobody can tell what they show: pictures, fonts, films, programs. */
  leftOut: string[];
}

export interface ArchiveRedaction extends RedactOptions {
  /** Most bytes that all files unpack to. */
  most: number;
  /** Reads the copy of a file again: what of it is unread, and how often. Throws when something in it could be used. */
  check(path: string, copy: RedactedBytes): Promise<Map<string, number>>;
}

/** A file of an archive, and what it holds: bytes, or files where it is an archive itself. */
interface Part {
  name: string;
  path: string;
  modified: Date;
  content: Uint8Array | Part[];
  unread: Map<string, number>;
}

/** Archives inside archives that are opened. */
const mostDeep = 3;
/** A zip archive without the extensions of ZIP64 holds no more (APPNOTE 6.3.10 §4.4.22). */
const mostFiles = 65_535;
/** Times that all files are gone through. The second finds what one file told of another. */
const mostRounds = 4;
/** The years that an archive can tell (APPNOTE 6.3.10 §4.4.6). */
const [firstYear, lastYear] = [1980, 2099];

/**
 * An archive with every file in it redacted as `redactBytes` does, in the same order and under the same names; archives in it, too.
 * A credential that one file tells of goes from all. What cannot be unpacked is not in the copy, and counts as unread.
 * Rejects with `InputError` for what is no archive to its end, or unpacks to too much, and with what `check` throws.
 */
export async function redactArchive(
  name: string,
  bytes: Uint8Array,
  { most, check, ...options }: ArchiveRedaction,
): Promise<RedactedArchive> {
  const known = createKnown();
  const whole: Unpacking = { left: most, files: 0, leftOut: [], unread: new Map() };
  const parts = await unpackAll(name, bytes, whole, 1);
  let isChanged = false;
  for (let round = 1; ; round += 1) {
    const changes = redactParts(parts, { ...options, known });
    isChanged ||= changes > 0;
    if (changes === 0) break;
    if (round === mostRounds) {
      whole.unread.set('Something comes back however often it is removed.', 1);
      break;
    }
  }
  for (const part of leavesOf(parts)) {
    const copy = { bytes: part.content, removed: known.removed, kept: [...known.kept], unread: part.unread };
    for (const [why, count] of await check(part.path, copy)) whole.unread.set(`${part.path}: ${why}`, count);
  }
  const { leftOut, unread } = whole;
  const isSame = !isChanged && leftOut.length === 0 && unread.size === 0;
  return { bytes: isSame ? bytes : pack(parts), removed: known.removed, kept: [...known.kept], unread, leftOut };
}

/** What is known of all files while they are unpacked. */
interface Unpacking {
  /** Bytes that may still come. */
  left: number;
  files: number;
  leftOut: string[];
  unread: Map<string, number>;
}

async function unpackAll(path: string, bytes: Uint8Array, whole: Unpacking, depth: number): Promise<Part[]> {
  const parts: Part[] = [];
  const archive = { size: bytes.length, read: async (at: number, length: number) => bytes.slice(at, at + length) };
  for await (const { name, modified, failure, open } of archiveEntries(archive)) {
    const part = { name, path: `${path}/${name}`, modified, unread: new Map<string, number>() };
    whole.files += 1;
    if (whole.files > mostFiles) throw new InputError('input-too-large', 'holds more files than a copy can');
    if (failure) {
      whole.unread.set(`${part.path} ${failure.message}.`, 1);
      continue;
    }
    const content = await contentOf(open(), whole);
    if (binaryKindOf(content, content)?.isPlain) whole.leftOut.push(part.path);
    else if (isZip(content) && depth < mostDeep)
      parts.push({ ...part, content: await unpackAll(part.path, content, whole, depth + 1) });
    else parts.push({ ...part, content });
  }
  return parts;
}

async function contentOf(chunks: AsyncIterable<Uint8Array>, whole: Unpacking): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of chunks) {
    whole.left -= piece.length;
    if (whole.left < 0) throw new InputError('input-too-large', 'unpacks to too much; redact a shorter recording');
    pieces.push(piece);
  }
  return new Uint8Array(await new Blob(pieces as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}

/** Redacts every file in its place; how many have changed. */
function redactParts(parts: Part[], options: RedactOptions & { known: Known }): number {
  let changes = 0;
  for (const part of parts) {
    const name = redactText(part.name, options).text;
    if (name !== part.name) changes += 1;
    part.name = name;
    if (Array.isArray(part.content)) {
      changes += redactParts(part.content, options);
      continue;
    }
    const copy = redactBytes(part.content, options);
    part.unread = copy.unread;
    if (copy.bytes !== part.content) changes += 1;
    part.content = copy.bytes;
  }
  return changes;
}

function* leavesOf(parts: readonly Part[]): Generator<Part & { content: Uint8Array }> {
  for (const part of parts) {
    if (Array.isArray(part.content)) yield* leavesOf(part.content);
    else yield { ...part, content: part.content };
  }
}

/** The same bytes for the same files, whenever it is done. */
function pack(parts: readonly Part[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    pieces.push(piece);
  });
  for (const { name, modified, content } of parts) {
    const file = new ZipDeflate(name, { level: 6 });
    const year = modified.getFullYear();
    file.mtime = year >= firstYear && year <= lastYear ? modified : new Date(firstYear, 0, 1);
    zip.add(file);
    file.push(Array.isArray(content) ? pack(content) : content, true);
  }
  zip.end();
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
