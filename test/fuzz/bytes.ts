/** Files of every kind as bytes: packed, in archives, in wide characters, as browsers store them, whole, cut off and damaged. */

import fc from 'fast-check';
import { deflateSync, gzipSync, Zip, ZipDeflate, zlibSync } from 'fflate';
import { limits } from '../../src/engine/limits.ts';
import { redactBytes } from '../../src/engine/redact/redact-bytes.ts';
import { findAgain } from '../../src/inputs/find-again.ts';
import { InputError } from '../../src/inputs/input.ts';
import { redactArchive } from '../../src/inputs/redact-archive.ts';
import { readFiles } from '../../src/panel/workers/read-files.ts';
import { now } from '../builders/tokens.ts';
import { key, name, token, value } from './arbitraries.ts';
import { inputText } from './pipeline.ts';
import { refuseFailures } from './properties.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const joined = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const line = fc.tuple(name, key, token).map((parts) => parts.map((one) => one.replace(/[\r\n]/g, ' ')));

/** Texts that only some readers know, beside those of `inputText`. */
const otherText = fc.oneof(
  inputText,
  line.map(
    ([one, another, text]) =>
      `From: ${one} <a@b.example>\r\nSubject: =?utf-8?b?${Buffer.from(`${another}`).toString('base64')}?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="${another}"\r\n\r\n--${another}\r\nContent-Type: text/plain; charset=${one}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${`${text}`.replace(/=/g, '=3D')}=\r\n\r\n--${another}\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(`${text}`).toString('base64')}\r\n--${another}--\r\n`,
  ),
  fc
    .tuple(value, value, token)
    .map(
      ([one, another, text]) =>
        `{"type":"resource-snapshot","snapshot":{"startedDateTime":${one},"request":{"method":${another},"url":"https://a.example/","headers":[{"name":"authorization","value":${JSON.stringify(text)}},${one}]},"response":${another}}}\n{"type":${one},"params":${another}}\n`,
    ),
  line.map(
    ([one, another, text]) =>
      `<?xml version="1.0"?>\n<items burpVersion="2"><item><time>${one}</time><url><![CDATA[https://a.example/?${another}=${text}]]></url><host ip="">${another}</host><request base64="true"><![CDATA[${Buffer.from(`GET / HTTP/1.1\r\n${another}: ${text}\r\n\r\n`).toString('base64')}]]></request><response base64="false">${one}</response></item></items>`,
  ),
  line.map(
    ([one, another, text]) =>
      `* Connected to ${one}\n> GET /${another} HTTP/1.1\n> Authorization: Bearer ${text}\n>\n< HTTP/1.1 200 OK\n< Set-Cookie: ${another}=${text}\n<\n${text}`,
  ),
  line.map(
    ([one, another, text]) =>
      `curl 'https://a.example/${another}' -H 'Authorization: Bearer ${text}' --data-raw $'${one}' \\\n  -b "${another}=${text}"`,
  ),
);

/** A record of a LevelDB log, whose checksum nobody asks for behind the first; strings of Chromium begin with a byte for their width. */
function levelLog(texts: readonly string[]): Uint8Array {
  return joined(
    texts.map((text) => {
      const bytes = Buffer.concat([Buffer.from([1]), Buffer.from(text, 'latin1')]).subarray(0, 32_000);
      return Buffer.concat([Buffer.from([0, 0, 0, 0, bytes.length & 255, bytes.length >> 8, 1]), bytes]);
    }),
  );
}

/** The first page of an SQLite file, and what would be in others. */
function sqlite(texts: readonly string[]): Uint8Array {
  return joined([utf8('SQLite format 3\0'), new Uint8Array(84), ...texts.map((text) => utf8(`\r\0${text}\0`))]);
}

const entryName = fc.oneof(
  name,
  fc.constantFrom(
    'trace.network',
    '0-trace.network',
    'trace.trace',
    'resources/a.json',
    '../../a',
    '/etc/a',
    'a/b/c.har',
    'raw/1_c.txt',
  ),
);

/** Names as they come, also those that an object would not take. */
function zipOf(entries: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  const zip = new Zip((_, piece) => pieces.push(piece));
  for (const [path, content] of entries) {
    const file = new ZipDeflate(path || 'a', { level: 1 });
    zip.add(file);
    file.push(content, true);
  }
  zip.end();
  return joined(pieces);
}

const textBytes = otherText.map(utf8);
const packed: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 4, arbitrary: textBytes },
  { weight: 1, arbitrary: otherText.map((text) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))) },
  { weight: 1, arbitrary: otherText.map((text) => new Uint8Array(Buffer.from(text, 'utf16le').swap16())) },
  { weight: 1, arbitrary: otherText.map((text) => new Uint8Array(Buffer.from(text, 'latin1'))) },
  { weight: 2, arbitrary: textBytes.map((bytes) => gzipSync(bytes)) },
  { weight: 1, arbitrary: textBytes.map((bytes) => zlibSync(bytes)) },
  { weight: 1, arbitrary: textBytes.map((bytes) => deflateSync(bytes)) },
  { weight: 1, arbitrary: fc.array(token, { maxLength: 3 }).map(levelLog) },
  { weight: 1, arbitrary: fc.array(token, { maxLength: 3 }).map(sqlite) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
);
const archive = fc
  .array(fc.tuple(entryName, packed), { maxLength: 3 })
  .map(zipOf)
  .chain((inner) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(inner) },
      { weight: 1, arbitrary: fc.constant(zipOf([['a.zip', inner]])) },
      { weight: 1, arbitrary: fc.constant(gzipSync(inner)) },
    ),
  );

/** What a damaged disk, or somebody who knows the reader, does to a file. */
const damage = fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255)), fc.nat(3)), {
  maxLength: 3,
});

function damaged(bytes: Uint8Array, changes: readonly (readonly [number, number, number])[]): Uint8Array {
  let copy = new Uint8Array(bytes);
  for (const [at, byte, how] of changes) {
    if (copy.length === 0) break;
    const place = at % copy.length;
    if (how === 0) copy = copy.slice(0, place);
    else if (how === 1) copy = joined([copy.subarray(0, place), copy.subarray(place + 1 + (byte % 8))]) as typeof copy;
    else copy[place] = byte;
  }
  return copy;
}

const wholeBytes = fc.oneof({ weight: 2, arbitrary: packed }, { weight: 1, arbitrary: archive });
const anyBytes = fc.oneof(
  wholeBytes,
  fc.tuple(wholeBytes, damage).map(([bytes, changes]) => damaged(bytes, changes)),
);

/** Any bytes as a file that is opened: read, or refused in words, with no part that fails and nothing listed without end. */
export const readsAnyBytes = fc.asyncProperty(anyBytes, async (bytes) => {
  const file = new File([bytes as Uint8Array<ArrayBuffer>], 'input');
  const { sightings, problems, inputs } = await readFiles([file], now);
  refuseFailures([...problems, ...inputs.flatMap((input) => input.problems)]);
  if (sightings.length > bytes.length + 1) throw new Error(`${sightings.length} places in ${bytes.length} bytes`);
  for (const { message } of inputs.flatMap((input) => input.problems))
    if (message.length > 2000) throw new Error(`A problem of ${message.length} characters`);
});

/**
 * A redacted copy of any bytes, read with every reader there is: nothing in it can be used, and it stays as it is. Of what is damaged
 * something may be left, for which the command line refuses to write a copy, so there the reading alone has to end.
 */
export const leavesNoBytesUsable = fc.asyncProperty(wholeBytes, damage, async (bytes, changes) => {
  for (const given of changes.length > 0 ? [bytes, damaged(bytes, changes)] : [bytes]) {
    const copy = await redactedCopy(given);
    if (!copy || copy.unread > 0) continue;
    const { live } = await findAgain('copy', copy.bytes, now);
    const again = await redactedCopy(copy.bytes);
    if (given !== bytes) continue;
    if (live.length > 0) throw new Error(`Still alive: ${live.map(({ token }) => token).join()}`);
    if (again && Buffer.compare(again.bytes, copy.bytes) !== 0) throw new Error('The copy of the copy differs');
  }
});

/** Null for what is refused in words. */
async function redactedCopy(bytes: Uint8Array): Promise<{ bytes: Uint8Array; unread: number } | null> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) {
    const { bytes: copy, unread } = redactBytes(bytes);
    return { bytes: copy, unread: unread.size };
  }
  try {
    const check = async () => new Map<string, number>();
    const { bytes: copy, unread } = await redactArchive('a', bytes, { most: limits.valueCharacters, check });
    return { bytes: copy, unread: unread.size };
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
