import type { Capture } from '../engine/model/capture.ts';
import type { ByteWindow } from './bytes/byte-window.ts';

/** A kind of file, recognised by its content. One file each. */
export interface Input {
  /** The `kind` in reports. */
  id: string;
  /** Plain name for help and messages: "HAR 1.2". */
  name: string;
  /** Set where everything that is read is handed on as it stands, or searched where it stands: nothing in it has to be looked for again. */
  isWhole?: true;
  /** Decides by the first bytes, as text. */
  matches(head: string): boolean;
  /**
   * Reads the whole of it and hands on captures small enough to be searched one by one. What could not be read is a
   * problem of a capture; `InputError` ends the reading, and what came before it counts.
   */
  read(window: ByteWindow, context: ReadContext, emit: (capture: Capture) => void): Promise<void>;
}

export interface ReadContext {
  /** Seconds since the epoch: for the time of captures that tell none. */
  now: number;
  /** To be told each moment, in seconds since the epoch, at which what is read was still being recorded; null is none. */
  recorded: (at: number | null) => void;
  name: string;
  /** Size in bytes; null for a stream. */
  bytes: number | null;
  /**
   * Reads a small file by its path from the folder that the input lies in, with no way out of it; null where there is none that may be
   * read. Left out or null where the input lies alone.
   */
  beside?: ReadBeside | null;
  /** Opens the same input again from the start; null where it cannot be. */
  reopen: (() => Promise<{ window: ByteWindow; close: () => Promise<void> }>) | null;
}

export type ReadBeside = (path: string) => Promise<Uint8Array | null>;

/** Largest file that is read beside another, in bytes. */
export const mostBeside = 16 << 20;

export { emptyCapture } from '../engine/model/capture.ts';
export { InputError } from './bytes/input-error.ts';
