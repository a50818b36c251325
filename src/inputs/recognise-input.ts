import type { Capture } from '../engine/model/capture.ts';
import { packingOf } from '../engine/text/packing.ts';
import type { WideOrder } from '../engine/text/wide-text.ts';
import { binaryKindOf } from './bytes/binary-kinds.ts';
import { ByteWindow } from './bytes/byte-window.ts';
import { byteWork } from './bytes/byte-work.ts';
import { readText, withLines } from './bytes/read-json.ts';
import { isMixedText, mixedWindow, utf8Window, wideTextIn } from './bytes/utf8-window.ts';
import { inputs } from './index.ts';
import { emptyCapture, InputError, type ReadContext } from './input.ts';
import { bytesWithin, jsonWithin, mayHoldJson, textAround } from './json-within.ts';
import { leftBehind } from './left-behind.ts';
import { createPackedWithin } from './packed-within.ts';
import { text as plainText } from './text.ts';

/** One input, recognised by its first bytes and ready to be read once. */
export interface RecognisedInput {
  name: string;
  kind: string;
  bytes: number | null;
  /** What it is read from, in UTF-8 where it is a text; null where it cannot be read at all. */
  window: ByteWindow | null;
  /** Why it cannot be read at all; `read` must not be called then. */
  failure: InputError | null;
  /** `now` is in seconds since the epoch; `recorded` is told moments at which it was recorded. */
  read(now: number, emit: Search, recorded?: (at: number | null) => void): Promise<void>;
}

/** Searches what is handed on, and tells the tokens that were found in it. */
export type Search = (capture: Capture) => Iterable<{ token: string }>;

/** Bytes that decide what an input is. */
export const headBytes = 64 << 10;

export async function recogniseInput(
  window: ByteWindow,
  { name, bytes, reopen, beside = null }: Omit<ReadContext, 'now' | 'recorded'>,
): Promise<RecognisedInput> {
  await window.atLeast(headBytes);
  // A copy, as the window moves on.
  const head = window.buffer.slice(0, Math.min(window.length, headBytes));
  const packing = packingOf(head);
  if (packing) return packed(name, bytes, packing);
  const wide = wideTextIn(head);
  if (wide) return recogniseWide(window, wide, { name, bytes, reopen, beside });
  if (isMixedText(head)) return recogniseWide(window, 'mixed', { name, bytes, reopen, beside });
  const text = withLines(byteWork.utf8(head).replace(/^\ufeff/, ''));
  const input = inputs.find((one) => one.matches(text)) ?? inputs[inputs.length - 1];
  const kind = input?.id ?? 'text';
  const inside = input === plainText && mayHoldJson(text) ? await readAround(window, { name, bytes, beside }) : null;
  if (inside) return inside;
  return {
    name,
    kind,
    bytes,
    window,
    failure: window.length === 0 ? new InputError('input-empty', 'is empty') : null,
    async read(now, emit, recorded = () => {}) {
      const held = new Set<string>();
      let longest = 0;
      let failure: InputError | null = null;
      const packed = createPackedWithin(name);
      const take = (capture: Capture) => {
        packed.look(capture);
        const found = emit(capture);
        if (input?.isWhole) return;
        for (const { text } of capture.texts) longest = Math.max(longest, text.length);
        for (const { token } of found) held.add(token);
      };
      try {
        await input?.read(window, { now, recorded, name, bytes, reopen, beside }, take);
      } finally {
        if (input && !input.isWhole) tellLeft(window, { name, now, held, longest }, emit);
        failure = await searchPacked(packed, now, emit);
      }
      if (failure) throw failure;
      if (kind === 'binary') tellBinary(head, lastBytes(window));
    },
  };
}

/** A text that recordings in JSON stand in, each read as what it is; null for one that holds none. */
async function readAround(
  window: ByteWindow,
  { name, bytes, beside }: Pick<ReadContext, 'name' | 'bytes' | 'beside'>,
): Promise<RecognisedInput | null> {
  const text = await readText(window);
  const inside = text === null ? [] : jsonWithin(text);
  const parts = await Promise.all(
    inside.map(async (one) => {
      const json = bytesWithin(text ?? '', one);
      const input = await recogniseInput(windowOf(json), {
        name,
        bytes: json.length,
        reopen: null,
        beside: beside ?? null,
      });
      return { ...input, start: one.start };
    }),
  );
  const [first] = parts;
  if (!first || text === null) return null;
  const read: RecognisedInput['read'] = async (now, emit, recorded) => {
    for (const texts of textAround(text, inside, name)) emit({ ...emptyCapture(now), texts });
    let failure: unknown = null;
    for (const part of parts) {
      const shifted: Search = (capture) => {
        // Lines are those of the part.
        const texts = capture.texts.map(({ from: _, ...one }) => ({ ...one, start: (one.start ?? 0) + part.start }));
        return emit({ ...capture, texts });
      };
      await part.read(now, shifted, recorded).catch((error: unknown) => {
        failure ??= error;
      });
    }
    if (failure) throw failure;
  };
  return { name, kind: first.kind, bytes, window, failure: null, read };
}

function windowOf(bytes: Uint8Array): ByteWindow {
  return new ByteWindow(async (into, at) => {
    const piece = bytes.subarray(at, at + into.length);
    into.set(piece);
    return piece.length;
  });
}

/** Searches what archives hold that stand inside of what was read; why not all of it could be read. */
async function searchPacked(
  packed: ReturnType<typeof createPackedWithin>,
  now: number,
  emit: Search,
): Promise<InputError | null> {
  const captures = packed.captures(now);
  for (;;) {
    const next = await captures.next();
    if (next.done) return next.value;
    emit(next.value);
  }
}

/** Searches what the reader of a kind has left, where all that it read is still there; nothing where it was searched as text. */
function tellLeft(
  window: ByteWindow,
  { longest, ...told }: { name: string; now: number; held: ReadonlySet<string>; longest: number },
  emit: Search,
) {
  if (window.base > 0 || !window.ended) return;
  const text = withLines(byteWork.utf8(window.bytes(0, window.length)).replace(/^\ufeff/, ''));
  if (longest >= text.length) return;
  for (const capture of leftBehind(text, told)) emit(capture);
}

/** That what has a form of its own was searched without it; of pictures and the like there is nothing to say. */
function tellBinary(head: Uint8Array, end: Uint8Array): void {
  const known = binaryKindOf(head, end);
  if (known?.isPlain) return;
  const name = known?.name ?? 'a binary file';
  throw new InputError(
    'input-binary',
    `is ${name}; its bytes were searched as text${known ? ', not what they stand for' : ''}`,
  );
}

/** The last few bytes of what was read to its end. */
function lastBytes(window: ByteWindow): Uint8Array {
  const end = window.base + window.length;
  return window.bytes(Math.max(window.base, end - 22), end);
}

function packed(name: string, bytes: number | null, packing: string): RecognisedInput {
  const failure = new InputError('input-packed', `is packed as ${packing}, which is not read; unpack it first`);
  return { name, kind: 'archive', bytes, window: null, failure, read: async () => {} };
}

/** The same text in UTF-8, before anything is told of it. */
async function recogniseWide(
  window: ByteWindow,
  wide: WideOrder | 'mixed',
  { name, bytes, reopen, beside = null }: Omit<ReadContext, 'now' | 'recorded'>,
): Promise<RecognisedInput> {
  const narrow = (window: ByteWindow) => (wide === 'mixed' ? mixedWindow(window) : utf8Window(window, wide));
  const again =
    reopen &&
    (async () => {
      const { window, close } = await reopen();
      return { window: narrow(window), close };
    });
  // How long it is in UTF-8 is not known before it was read.
  return { ...(await recogniseInput(narrow(window), { name, bytes: null, reopen: again, beside })), bytes };
}

/** Whether the bytes begin as a gzip member does (RFC 1952 §2.3.1). */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}
