/** Reads more bytes into `into` from `at` on; resolves to how many, 0 at the end. */
export type ReadBytes = (into: Uint8Array, at: number) => Promise<number>;

/**
 * A window that slides over an input of any size. Bytes from `base + start` on are kept until discarded; positions
 * outside are absolute, so they stay right when the window moves.
 */
export class ByteWindow {
  buffer: Uint8Array;
  /** Absolute position of `buffer[0]`. */
  base = 0;
  /** Bytes of `buffer` that are filled. */
  length = 0;
  ended = false;
  readonly #read: ReadBytes;
  #keepFrom = 0;
  #progress: (position: number) => void;
  /** Bytes asked for at once. */
  #chunk: number;

  /** `size`, where it is known, spares small inputs the memory of large ones. */
  constructor(read: ReadBytes, progress: (position: number) => void = () => {}, size: number | null = null) {
    this.#read = read;
    this.#progress = progress;
    this.#chunk = size === null ? chunkBytes : Math.min(chunkBytes, Math.max(4096, size));
    this.buffer = new Uint8Array(this.#chunk * 2);
  }

  /** Nothing before this absolute position is needed any more. */
  discard(position: number): void {
    this.#keepFrom = position;
  }

  /** Reads on; false at the end. Whatever was not discarded moves to the front of the buffer, or the buffer grows. */
  async fill(): Promise<boolean> {
    if (this.ended) return false;
    const drop = Math.min(this.#keepFrom - this.base, this.length);
    if (drop > 0) {
      this.buffer.copyWithin(0, drop, this.length);
      this.base += drop;
      this.length -= drop;
    }
    if (this.buffer.length - this.length < this.#chunk) {
      this.#chunk = chunkBytes;
      const larger = new Uint8Array(Math.max(chunkBytes, this.buffer.length) * 2);
      larger.set(this.buffer.subarray(0, this.length));
      this.buffer = larger;
    } else if (this.buffer.length > chunkBytes * 8 && this.length < chunkBytes) {
      // One huge entry must not hold its memory for the rest of the file.
      const smaller = new Uint8Array(chunkBytes * 2);
      smaller.set(this.buffer.subarray(0, this.length));
      this.buffer = smaller;
    }
    const count = await this.#read(
      this.buffer.subarray(this.length, this.length + this.#chunk),
      this.base + this.length,
    );
    if (count === 0) this.ended = true;
    this.length += count;
    this.#progress(this.base + this.length);
    return count > 0;
  }

  /** The bytes between two absolute positions of the window, not copied. */
  bytes(start: number, end: number): Uint8Array {
    return this.buffer.subarray(start - this.base, end - this.base);
  }

  /** Reads until at least `count` bytes are there, or the end. */
  async atLeast(count: number): Promise<Uint8Array> {
    while (this.length < count && (await this.fill())) {}
    return this.buffer.subarray(0, Math.min(count, this.length));
  }
}

const chunkBytes = 1 << 20;
