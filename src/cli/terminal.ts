import type { Readable, Writable } from 'node:stream';
import { printableLines } from '../engine/report/formats/printable.ts';
import { reasonWords, UsageError } from './usage-error.ts';

/** What a command knows of its surroundings; tests bring their own. */
export interface Terminal {
  stdin: Readable;
  /** Writes to standard output. */
  print(text: string): void;
  /** Writes one line to standard error. */
  complain(line: string): void;
  /** Rewrites one line of standard error while work goes on; null when nobody watches. */
  progress: ((line: string) => void) | null;
  /** Columns to wrap at. */
  width: number;
  color: boolean;
  env: Record<string, string | undefined>;
  /** Seconds since the epoch. */
  now(): number;
}

export interface ProcessTerminal extends Terminal {
  /**
   * Resolves when everything printed has left. Rejects with `UsageError` when it could not; a reader that had enough
   * (`roomkey … | head`) is no failure.
   */
  flush(): Promise<void>;
}

/** The terminal this process was started from. Honours NO_COLOR (https://no-color.org) and FORCE_COLOR. */
export function processTerminal(): ProcessTerminal {
  const { stdout, stderr, env } = process;
  const output = createOutput(stdout);
  // Nobody is left to be told.
  stderr.on('error', () => {});
  return {
    stdin: process.stdin,
    // A copy that goes on to a file or program stays as it is; what would steer a terminal never reaches one.
    print: stdout.isTTY ? (text) => output.write(printableLines(text)) : output.write,
    complain: (line) => void stderr.write(`${line}\n`),
    progress: stderr.isTTY
      ? (line) => void stderr.write(`\r\u001b[2K${line.slice(0, Math.max(1, (stderr.columns ?? 80) - 1))}`)
      : null,
    width: Math.max(40, Math.min(stdout.columns ?? 100, 160)),
    color: env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
    env,
    now: () => Math.floor(Date.now() / 1000),
    flush: output.flush,
  };
}

/** Keeps what went wrong for the end: pipes fail late, files at once. */
function createOutput(stream: Writable) {
  let failure: Error | null = null;
  let last: Promise<void> = Promise.resolve();
  const note = (error: Error) => {
    failure ??= error;
  };
  stream.on('error', note);
  return {
    write(text: string) {
      if (failure) return;
      last = new Promise((resolve) => {
        try {
          stream.write(text, (error) => {
            if (error) note(error);
            resolve();
          });
        } catch (error) {
          note(error as Error);
          resolve();
        }
      });
    },
    async flush() {
      await last;
      if (failure === null || (failure as NodeJS.ErrnoException).code === 'EPIPE') return;
      throw new UsageError(`standard output ${reasonWords(failure, 'written')}`);
    },
  };
}
