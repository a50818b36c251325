import type { Capture } from '../engine/model/capture.ts';
import { packingOf } from '../engine/text/packing.ts';
import type { WideOrder } from '../engine/text/wide-text.ts';
import { binaryKindOf } from './bytes/binary-kinds.ts';
import type { ByteWindow } from './bytes/byte-window.ts';
import { byteWork } from './bytes/byte-work.ts';
import { withLines } from './bytes/read-json.ts';
import { isMixedText, mixedWindow, utf8Window, wideTextIn } from './bytes/utf8-window.ts';
import { inputs } from './index.ts';
import { InputError, type ReadContext } from './input.ts';
import { leftBehind } from './left-behind.ts';
import { createPackedWithin } from './packed-within.ts';

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
