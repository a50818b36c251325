import { type ReadingEnd, streamBytes } from '../bounded-bytes.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** Bytes read from standard input for one token. */
const longestText = 64 << 20;

/** The one text a command is about: its only argument, or standard input for `-`. */
export async function readArgument(
  command: string,
  positionals: readonly string[],
  { stdin }: Terminal,
): Promise<string> {
  const [given, extra] = positionals;
  if (given === undefined) throw new UsageError(`${command} needs a token, or - for standard input`);
  if (extra !== undefined) throw new UsageError(`${command} takes one token; is a quote missing?`);
  if (given !== '-') return given;
  const end: ReadingEnd = { failure: null };
  const chunks: Uint8Array[] = [];
  for await (const bytes of streamBytes(stdin, longestText, end)) chunks.push(bytes);
  if (end.failure?.code === 'input-truncated') throw new UsageError('standard input is larger than 64 MB');
  if (end.failure) throw new UsageError(`standard input ${end.failure.message}`);
  const text = Buffer.concat(chunks).toString('utf8').trim();
  if (!text) throw new UsageError('standard input is empty');
  return text;
}
