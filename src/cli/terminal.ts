import type { Readable } from 'node:stream';

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

/** The terminal this process was started from. Honours NO_COLOR (https://no-color.org) and FORCE_COLOR. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  // `roomkey … | head` closes the pipe early; that is not a failure.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  return {
    stdin: process.stdin,
    print: (text) => void stdout.write(text),
    complain: (line) => void stderr.write(`${line}\n`),
    progress: stderr.isTTY ? (line) => void stderr.write(`\r\u001b[2K${line}`) : null,
    width: Math.max(40, Math.min(stdout.columns ?? 100, 160)),
    color: env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
    env,
    now: () => Math.floor(Date.now() / 1000),
  };
}
