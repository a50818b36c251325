import type { Capture, Problem } from '../engine/model/capture.ts';
import { archiveEntries } from './archive.ts';
import { byteWork } from './bytes/byte-work.ts';
import { InputError } from './bytes/input-error.ts';
import { wholeOf } from './bytes/stream-window.ts';
import { readable } from './har-entry.ts';
import { emptyCapture } from './input.ts';

/** Bytes of all archives in one input that are opened, and of all that they hold. */
const mostPacked = 16 << 20;
const mostUnpacked = 64 << 20;
/** Places named in what is said of them. */
const mostNamed = 3;

/** A zip archive inside of what is read, and where. */
interface Packed {
  where: string;
  /** Null where it is too large to be opened with the others. */
  bytes: Uint8Array | null;
}

/**
 * Zip archives in bodies of traffic, and in base64 in whatever text is read: they are opened once all else was read. Archives in them are not.
 */
export function createPackedWithin(name: string) {
  const found: Packed[] = [];
  let left = mostPacked;
  const add = (where: string, size: number, bytes: () => Uint8Array) => {
    left -= size;
    found.push({ where, bytes: left < 0 ? null : bytes() });
  };
  const lookIn = (text: string, where: string) => {
    for (const run of runsOf(text)) add(where, (run.length * 3) / 4, () => byteWork.base64(run));
  };

  return {
    /** Notes the archives of what is handed on. */
    look({ texts, exchanges = [], stores }: Capture): void {
      for (const { text, name } of texts) lookIn(text, name);
      for (const { requestBody, responseBody, name } of exchanges)
        for (const body of [requestBody, responseBody]) {
          if (body?.text.startsWith('PK\x03\x04')) add(name, body.text.length, () => bytesOf(body.text));
          else if (body) lookIn(body.text, name);
        }
      for (const { entries } of stores) for (const { text, key } of entries) lookIn(text, key);
    },

    /** What they hold, what is to be said of them, and at the end why not all was read. */
    async *captures(now: number): AsyncGenerator<Capture, InputError | null> {
      if (found.length === 0) return null;
      const unread: string[] = [];
      const budget = { left: mostUnpacked };
      for (const { where, bytes } of found) {
        const isRead = bytes !== null && (yield* opened(where, bytes, budget, now));
        if (!isRead) unread.push(where);
      }
      const inside = (all: readonly string[]) => inParts(all.filter((where) => where !== name));
      yield { ...emptyCapture(now), problems: [said(name, found.length, inside(found.map(({ where }) => where)))] };
      if (unread.length === 0) return null;
      return new InputError('input-packed', `holds a zip archive${inside(unread)} that could not be read to its end`);
    },
  };
}

/** The files of an archive as texts; false where not all were read. */
async function* opened(
  where: string,
  bytes: Uint8Array,
  budget: { left: number },
  now: number,
): AsyncGenerator<Capture, boolean> {
  let isWhole = true;
  try {
    const archive = { size: bytes.length, read: async (at: number, length: number) => bytes.slice(at, at + length) };
    const labels: string[] = [];
    for await (const entry of archiveEntries(archive, (label) => labels.push(label))) {
      const content = entry.failure ? null : await wholeOf(entry.open(), budget.left);
      if (!content) isWhole = false;
      else {
        budget.left -= content.length;
        yield { ...emptyCapture(now), texts: [{ name: `${where}: ${entry.name}`, text: readable(content) }] };
      }
    }
    yield { ...emptyCapture(now), texts: [{ name: where, text: labels.join('\n') }] };
    return isWhole;
  } catch {
    return false;
  }
}

function said(name: string, count: number, where: string): Problem {
  const what = count === 1 ? 'a zip archive' : `${count.toLocaleString('en-US')} zip archives`;
  const message = `${name} holds ${what}${where}, of which places are not told; what could be unpacked was searched as text.`;
  return { code: 'body-packed', message };
}

/** Where archives stand, in words; names may be anything, so long ones are not repeated whole. */
function inParts(all: readonly string[]): string {
  const different = [...new Set(all)];
  const some = different.slice(0, mostNamed).map((one) => one.slice(0, 40));
  return some.length === 0 ? '' : ` (in ${some.join(', ')}${different.length > some.length ? ', …' : ''})`;
}

/** "PK", its mark and a version below 256, in base64 (APPNOTE 6.3.10 §4.3.7, §4.4.3). */
const start = 'UEsDB';
const header = /UEsDB[A-P][AEIMQUYcgkosw048]A/y;
/** Base64, with what breaks its lines. */
const run = /[\w+/-]{1,100000}={0,2}(?:(?:\\r)?\\n|\s{1,100}(?:[>|#*] ?)?)?/y;
/** Shorter than an archive with a file in it, in characters of base64. */
const shortest = 140;

/** A glance. */
export const mayHoldArchive = (text: string) => text.includes(start);

/** Runs of base64 that begin as an archive does. Linear. */
function* runsOf(text: string): Generator<string> {
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at)) {
    header.lastIndex = at;
    const isStart = header.test(text) && !/[\w+/]/.test(text.charAt(at - 1));
    let end = at + start.length;
    if (isStart) {
      run.lastIndex = at;
      for (let found = run.exec(text); found; found = run.exec(text)) {
        end = run.lastIndex;
        if (found[0].includes('=')) break;
      }
      if (end - at >= shortest) yield text.slice(at, end).replace(/\\[rn]/g, '');
    }
    at = end;
  }
}

/** Octets, each a character. */
function bytesOf(octets: string): Uint8Array {
  const bytes = new Uint8Array(octets.length);
  for (let at = 0; at < octets.length; at += 1) bytes[at] = octets.charCodeAt(at);
  return bytes;
}
