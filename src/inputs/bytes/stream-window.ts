import { ByteWindow, type ReadBytes } from './byte-window.ts';

/** What a stream brings, piece by piece; it is given up when nobody asks any more. */
export async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** A window over bytes that come in pieces of any size, and what ends their coming. */
export function streamWindow(chunks: AsyncIterable<Uint8Array>, progress?: (position: number) => void) {
  const iterator = chunks[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array();
  const read: ReadBytes = async (into) => {
    while (rest.length === 0) {
      const next = await iterator.next();
      if (next.done) return 0;
      rest = next.value;
    }
    const count = Math.min(rest.length, into.length);
    into.set(rest.subarray(0, count));
    rest = rest.subarray(count);
    return count;
  };
  return { window: new ByteWindow(read, progress), close: async () => void (await iterator.return?.()) };
}

/** All bytes of a stream; null where there are more than so many. */
export async function wholeOf(chunks: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array | null> {
  const { window, close } = streamWindow(chunks);
  try {
    const bytes = await window.atLeast(most + 1);
    return bytes.length > most ? null : bytes.slice();
  } finally {
    await close();
  }
}
