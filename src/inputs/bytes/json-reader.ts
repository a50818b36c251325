import type { ByteWindow } from './byte-window.ts';
import { byteWork } from './byte-work.ts';

/** Where JSON stops making sense; `ended` when the input was cut off there. */
export class JsonError extends Error {
  readonly position: number;
  readonly ended: boolean;
  constructor(message: string, position: number, ended = false) {
    super(message);
    this.position = position;
    this.ended = ended;
  }
}

/** The bytes of one JSON value, by absolute position. */
export interface JsonRange {
  start: number;
  end: number;
  /** Strings longer than `longString`, without their quotes, in order. */
  longs: LongString[];
  /** Names of members in it, those of all values in it, too. */
  members: number;
  /** Larger than `largestValue`, so it was passed over and its bytes are gone. */
  tooLarge: boolean;
}

/** Values of more bytes than this are not held in memory. */
const largestValue = 64 << 20;

export interface LongString {
  start: number;
  end: number;
  /** Holds a backslash, so it is not spelled as it reads. */
  escaped: boolean;
}

/** Comments of more bytes than this are none, and comments kept at most. */
const longestComment = 1 << 14;
const mostComments = 100;

/** Strings of more bytes than this are told apart, so that a value can be parsed without them. */
const longString = 512;

/**
 * Walks through JSON of any size without parsing it whole: callers descend into the members they know and take the
 * values they want. Only structure is checked; trailing commas and comments are forgiven. Positions are absolute, in bytes.
 */
export class JsonReader {
  readonly window: ByteWindow;
  /** Comments that stood between the values that were asked for; JSON has none. */
  readonly comments: string[] = [];
  #at = 0;
  /** Colons outside of strings in the value that was passed last. */
  #colons = 0;

  constructor(window: ByteWindow) {
    this.window = window;
  }

  /** Calls the handler named after each member of the object that comes next; `other` is handed the values of all others, or they are skipped. */
  async object(
    handlers: Record<string, () => Promise<void>>,
    other?: (range: JsonRange, name: string) => void,
  ): Promise<void> {
    await this.#expect(openBrace, 'an object');
    for (;;) {
      let next = await this.#peek();
      if (next === comma) {
        this.#at += 1;
        next = await this.#peek();
      }
      if (next === closeBrace) {
        this.#at += 1;
        return;
      }
      if (next !== quote) throw new JsonError('a member name was expected', this.#at);
      const key = await this.value();
      const name = this.text({ start: key.start + 1, end: key.end - 1, escaped: true });
      await this.#expect(colon, 'a colon');
      await this.#peek();
      const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
      if (handler) await handler();
      else if (other) other(await this.value(), name);
      else await this.skip();
    }
  }

  /** The next byte that is not white space; null at the end. */
  async next(): Promise<number | null> {
    try {
      return await this.#peek();
    } catch (error) {
      if (error instanceof JsonError) return null;
      throw error;
    }
  }

  /** Takes each element of the array that comes next. What it took is forgotten afterwards. */
  async array(take: (range: JsonRange, index: number) => void | Promise<void>): Promise<void> {
    if ((await this.#peek()) !== openBracket) {
      await this.skip();
      return;
    }
    this.#at += 1;
    for (let index = 0; ; index += 1) {
      let next = await this.#peek();
      if (next === comma) {
        this.#at += 1;
        next = await this.#peek();
      }
      if (next === closeBracket) {
        this.#at += 1;
        return;
      }
      this.window.discard(this.#at);
      const taken = take(await this.value(), index);
      if (taken) await taken;
      this.window.discard(this.#at);
    }
  }

  /**
   * Takes the numbers of the array that comes next, in batches; whole numbers only, and none above 2^32 - 1, which larger
   * ones become. Where something else stands, the rest is passed over: resolves to its position, null when all was taken.
   */
  async integers(take: (numbers: Uint32Array, count: number) => void): Promise<number | null> {
    if ((await this.#peek()) !== openBracket) {
      const odd = this.#at;
      await this.skip();
      return odd;
    }
    this.#at += 1;
    const batch = new Uint32Array(1 << 16);
    let count = 0;
    let number = -1;
    for (;;) {
      const { buffer, base, length } = this.window;
      let i = this.#at - base;
      while (i < length) {
        const byte = buffer[i] as number;
        if (byte >= 0x30 && byte <= 0x39) {
          number = (number < 0 ? 0 : number * 10) + byte - 0x30;
        } else {
          if (number >= 0) {
            batch[count] = Math.min(number, 0xffffffff);
            count += 1;
            number = -1;
            if (count === batch.length) {
              take(batch, count);
              count = 0;
            }
          }
          if (byte === closeBracket) {
            this.#at = base + i + 1;
            take(batch, count);
            return null;
          }
          if (byte !== comma && byte > 0x20) {
            this.#at = base + i;
            return this.#skipElements();
          }
        }
        i += 1;
      }
      this.#at = base + i;
      this.window.discard(this.#at);
      if (!(await this.window.fill())) throw this.#endOfInput();
    }
  }

  /** Passes over the rest of an array; resolves to where it began to do so. */
  async #skipElements(): Promise<number> {
    const began = this.#at;
    for (;;) {
      const next = await this.#peek();
      if (next === closeBracket || next === comma) this.#at += 1;
      if (next === closeBracket) return began;
      if (next === comma) continue;
      const start = this.#at;
      await this.skip();
      // A brace that closes nothing ends no value either.
      if (this.#at === start) throw new JsonError('a value was expected', start);
    }
  }

  /** Passes over one value, keeping nothing of it. */
  async skip(): Promise<void> {
    await this.#scan(null, this.#at);
  }

  /** Passes over one value and tells where it lay. It stays in the window until the next discard. */
  async value(): Promise<JsonRange> {
    await this.#peek();
    const longs: LongString[] = [];
    const start = this.#at;
    const tooLarge = await this.#scan(longs, start);
    if (this.#at === start) throw new JsonError('a value was expected', start);
    return { start, end: this.#at, longs, members: this.#colons, tooLarge };
  }

  /** The value that comes next, parsed; for small ones. */
  async parsed(): Promise<unknown> {
    const { start, end, tooLarge } = await this.value();
    if (tooLarge) throw new JsonError('a value is larger than 64 MB', start);
    try {
      return JSON.parse(byteWork.utf8(this.window.bytes(start, end)));
    } catch {
      throw new JsonError('a value is not valid JSON', start);
    }
  }

  /** The text of a string without its quotes. Broken escapes are left as they are. */
  text({ start, end, escaped }: LongString): string {
    const raw = byteWork.utf8(this.window.bytes(start, end));
    if (!escaped || !raw.includes('\\')) return raw;
    try {
      return JSON.parse(`"${raw}"`) as string;
    } catch {
      return raw;
    }
  }

  /** Absolute position of what comes next. */
  get position(): number {
    return this.#at;
  }

  async #expect(byte: number, what: string): Promise<void> {
    if ((await this.#peek()) !== byte) throw new JsonError(`${what} was expected`, this.#at);
    this.#at += 1;
  }

  /** The next byte that is not white space. */
  async #peek(): Promise<number> {
    for (;;) {
      const { buffer, base, length } = this.window;
      let i = this.#at - base;
      while (i < length) {
        const byte = buffer[i] as number;
        if (byte === slash) break;
        if (byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf) {
          this.#at = base + i;
          return byte;
        }
        i += 1;
      }
      this.#at = base + i;
      if (i < length) {
        const start = this.#at;
        if (!(await this.#comment())) return slash;
        if (this.comments.length < mostComments) this.comments.push(byteWork.utf8(this.window.bytes(start, this.#at)));
      } else if (!(await this.window.fill())) throw this.#endOfInput();
    }
  }

  /** Passes over a comment, as scripts have them; false for a slash that begins none. */
  async #comment(): Promise<boolean> {
    const { window } = this;
    const start = this.#at;
    const has = async (position: number) => {
      while (position >= window.base + window.length) if (!(await window.fill())) return false;
      return true;
    };
    const byteAt = (position: number) => window.buffer[position - window.base];
    if (!(await has(start + 1))) return false;
    const kind = byteAt(start + 1);
    if (kind !== slash && kind !== star) return false;
    for (let at = start + 2; at - start < longestComment; at += 1) {
      this.#at = at;
      if (!(await has(at))) return true;
      const isEnd =
        kind === slash ? byteAt(at) === 0x0a : byteAt(at) === slash && at > start + 2 && byteAt(at - 1) === star;
      if (!isEnd) continue;
      this.#at = at + 1;
      return true;
    }
    this.#at = start;
    return false;
  }

  /** Moves to the end of the value at hand. Notes long strings in `found`; without it, forgets as it goes. True when it grew too large. */
  async #scan(found: LongString[] | null, began: number): Promise<boolean> {
    const { window } = this;
    let longs = found;
    let { buffer, base, length } = window;
    let i = this.#at - base;
    let depth = 0;
    let colons = 0;
    const more = async () => {
      this.#at = base + i;
      if (longs && this.#at - began > largestValue) longs = null;
      if (!longs) window.discard(this.#at);
      if (!(await window.fill())) throw this.#endOfInput();
      ({ buffer, base, length } = window);
      i = this.#at - base;
    };
    for (;;) {
      if (i >= length) {
        await more();
        continue;
      }
      const byte = buffer[i] as number;
      if (byte === quote) {
        const start = base + i + 1;
        let escaped = false;
        i += 1;
        let plain = 0;
        for (;;) {
          if (i >= length) {
            await more();
            continue;
          }
          const inside = buffer[i] as number;
          if (inside === quote) break;
          if (inside === backslash) {
            escaped = true;
            i += 2;
            plain = 0;
            continue;
          }
          i += 1;
          plain += 1;
          // A long stretch without quotes is passed faster by the platform's own search.
          if (plain === leapAfter) {
            plain = 0;
            const found = leap(buffer, i, length);
            escaped ||= found < 0;
            i = Math.abs(found);
          }
        }
        if (longs && base + i - start > longString) longs.push({ start, end: base + i, escaped });
        i += 1;
        if (depth === 0) break;
      } else if (byte === openBrace || byte === openBracket) {
        depth += 1;
        i += 1;
      } else if (byte === closeBrace || byte === closeBracket) {
        if (depth === 0) break; // The value was a bare word and its container ends here.
        depth -= 1;
        i += 1;
        if (depth === 0) break;
      } else if (byte === colon) {
        colons += 1;
        i += 1;
      } else if (depth === 0 && byte === comma) {
        break;
      } else if (byte === slash) {
        this.#at = base + i;
        const isComment = await this.#comment();
        ({ buffer, base, length } = window);
        i = this.#at - base + (isComment ? 0 : 1);
      } else {
        i += 1;
      }
    }
    this.#at = base + i;
    this.#colons = colons;
    return found !== null && longs === null;
  }

  #endOfInput(): JsonError {
    return new JsonError('the input ends in the middle', this.#at, true);
  }
}

const leapAfter = 64;

/**
 * Where the next quote inside a string stands that may end it, or `length`. Negative when backslashes were passed on
 * the way. Backslashes right before the quote are left to the caller: then the first of them is where to go on.
 */
function leap(buffer: Uint8Array, from: number, length: number): number {
  const stretch = buffer.subarray(from, length);
  const found = byteWork.indexOf(stretch, quote);
  const end = from + (found < 0 ? stretch.length : found);
  let back = end;
  while (back > from && buffer[back - 1] === backslash) back -= 1;
  if (back < end) return -back;
  return byteWork.indexOf(stretch.subarray(0, end - from), backslash) >= 0 ? -end : end;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const slash = 0x2f;
const star = 0x2a;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
