import type { Slot, Structure } from '../context.ts';
import { suspicionOf } from '../suspicion.ts';

/**
 * Names and values in binary messages, each behind its length: MessagePack, CBOR, maps of Protocol Buffers, headers of
 * gRPC, BSON, and formats of one's own that do alike.
 */
export const binaryFields: Structure = {
  id: 'binary-fields',
  signs: [],
  *slots(text, { bytes }): Generator<Slot> {
    if (!bytes) return;
    let done = 0;
    for (const { index, 0: run } of text.matchAll(nameRun)) {
      if (index + run.length <= done) continue;
      const value = namedIn(text, Math.max(index, done), index + run.length);
      if (!value) continue;
      yield { ...value, held: 'member', at: 'field' };
      done = value.end;
    }
  },
};

/** Longer runs are texts, which other structures read. */
const nameRun = /[\w.[\]-]{2,120}/g;

/** The first name of a run that tells, and its value. What stands before a name is its length, perhaps itself a letter. */
function namedIn(text: string, from: number, to: number): Slot | null {
  for (let start = from; start < to; start += 1) {
    for (const { kind, length } of lengthsBefore(text, start)) {
      const end = start + length;
      if (length < 2 || end > to) continue;
      const name = text.slice(start, end);
      const suspicion = suspicionOf(name, 'member');
      const value = suspicion && valueAt(text, end, kind);
      if (value) return { ...value, name, suspicion };
    }
  }
  const name = text.slice(from, to);
  if (!suspicionOf(name, 'member')) return null;
  // Of a format that is not known: the next stretch of text.
  plain.lastIndex = to;
  const found = plain.exec(text);
  return found
    ? { start: plain.lastIndex - (found[1] ?? '').length, end: plain.lastIndex, name, suspicion: 'likely' }
    : null;
}

const plain = /[^\x21-\x7e]{1,12}.?([\x21-\x7e]{8,4096})/sy;

type Kind = 'messagepack' | 'cbor' | 'bytes' | 'words';

function* lengthsBefore(text: string, start: number): Generator<{ kind: Kind; length: number }> {
  const before = text.charCodeAt(start - 1);
  const second = text.charCodeAt(start - 2);
  if (before >= 0xa0 && before < 0xc0) yield { kind: 'messagepack', length: before - 0xa0 };
  if (second === 0xd9) yield { kind: 'messagepack', length: before };
  if (before >= 0x60 && before < 0x78) yield { kind: 'cbor', length: before - 0x60 };
  if (second === 0x78) yield { kind: 'cbor', length: before };
  if (second === 0) yield { kind: 'words', length: before };
  yield { kind: 'bytes', length: before };
}

/** How a value is written that stands behind a name: the byte that leads, the bytes of its length, and what is added to it. */
const leads: Record<Kind, (lead: number) => { skip: number; size: number; length?: number } | null> = {
  messagepack: (lead) =>
    lead >= 0xa0 && lead < 0xc0
      ? { skip: 1, size: 0, length: lead - 0xa0 }
      : lead >= 0xd9 && lead <= 0xdb
        ? { skip: 1, size: 1 << (lead - 0xd9) }
        : lead >= 0xc4 && lead <= 0xc6
          ? { skip: 1, size: 1 << (lead - 0xc4) }
          : null,
  cbor: (lead) => {
    const kind = lead >> 5;
    const low = lead & 31;
    if (kind !== 2 && kind !== 3) return null;
    return low < 24 ? { skip: 1, size: 0, length: low } : low < 27 ? { skip: 1, size: 1 << (low - 24) } : null;
  },
  // A field of Protocol Buffers: its number and the type of what has a length; or the length alone.
  bytes: (lead) => ((lead & 7) === 2 && lead < 0x80 ? { skip: 1, size: 1 } : { skip: 0, size: 1 }),
  words: () => ({ skip: 0, size: 2 }),
};

function valueAt(text: string, at: number, kind: Kind): Slot | null {
  const lead = leads[kind](text.charCodeAt(at));
  if (!lead) return null;
  let start = at + lead.skip;
  let length = lead.length ?? 0;
  for (let index = 0; index < lead.size; index += 1) length = length * 256 + text.charCodeAt(start + index);
  start += lead.size;
  if (kind === 'bytes' && length >= 0x80) {
    // The rest of a length that is longer than seven bits.
    length = (length & 0x7f) + (text.charCodeAt(start) << 7);
    start += 1;
  }
  return length >= 4 && start + length <= text.length ? { start, end: start + length } : null;
}
