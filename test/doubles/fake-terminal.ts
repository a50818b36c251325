import { Readable } from 'node:stream';
import { run } from '../../src/cli/run.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { now } from '../builders/tokens.ts';

export interface Ran {
  code: number;
  out: string;
  /** Lines on standard error. */
  complaints: string[];
}

/** Runs `roomkey` with these arguments in this process, at the clock of the tests. */
export async function roomkey(
  args: string[],
  input: string | Buffer = '',
  env: Record<string, string> = {},
): Promise<Ran> {
  let out = '';
  const complaints: string[] = [];
  const terminal: Terminal = {
    stdin: Readable.from(input.length > 0 ? [Buffer.from(input)] : []),
    print: (text) => {
      out += text;
    },
    complain: (line) => complaints.push(line),
    progress: null,
    width: 100,
    color: false,
    env,
    now: () => now,
  };
  return { code: await run(args, terminal), out, complaints };
}
