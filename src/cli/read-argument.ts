import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Characters read from standard input for one token. */
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
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    chunks.push(Buffer.from(chunk as Buffer));
    bytes += chunks[chunks.length - 1]?.length ?? 0;
    if (bytes > longestText) throw new UsageError('standard input is larger than 64 MB');
  }
  const text = Buffer.concat(chunks).toString('utf8').trim();
  if (!text) throw new UsageError('standard input is empty');
  return text;
}
