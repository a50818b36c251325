import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Json } from '../../engine/model.ts';
import { type KeptValues, safeJson, safeText } from '../../engine/safe-copy.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { Command } from './command.ts';

export const redact: Command = {
  id: 'redact',
  usage: 'redact <file|->',
  summary: 'a copy of a recording that is safe to share',
  help: `Writes a copy of a HAR, storage state, JSON or text in which no token can be used.

Usage
  roomkey redact <file|-> [--output FILE] [options]

Signatures are replaced by "redacted"; names of headers and claims stay, and so does the shape of the file. Values of
cookies and of headers that carry credentials go. A browser's own "sanitized" HAR drops only the headers Cookie,
Set-Cookie and Authorization: tokens in URLs, bodies, other headers and WebSocket messages stay in it, ready for use.

Options
  --output, -o FILE   where to write; default standard output
  --keep names|all    what stays of a token's claims: names, numbers and switches (default), or every value

Exit codes
  0  written   2  the command or the input could not be used

Examples
  roomkey redact call.har --output call.safe.har
  roomkey redact call.har --keep all | roomkey scan -
`,

  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { output: { type: 'string', short: 'o' }, keep: { type: 'string', default: 'names' } },
    });
    const [file, extra] = positionals;
    if (file === undefined || extra !== undefined)
      throw new UsageError('redact needs one file, or - for standard input');
    if (values.keep !== 'names' && values.keep !== 'all') throw new UsageError('--keep takes names or all');
    if (values.output !== undefined && values.output === file) {
      throw new UsageError('--output names the file itself; the original would be lost');
    }
    const safe = safeCopy(await readInput(file, terminal), values.keep);
    if (values.output === undefined) terminal.print(safe);
    else await save(values.output, safe);
    return 0;
  },
};

/** Larger recordings do not fit into one string of the platform. */
const largest = 400 << 20;

async function readInput(file: string, { stdin }: Terminal): Promise<string> {
  const name = file === '-' ? 'standard input' : file;
  let bytes: Buffer;
  try {
    if (file === '-') {
      const chunks: Buffer[] = [];
      for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Buffer));
      bytes = Buffer.concat(chunks);
    } else bytes = await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${file} ${code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`}`);
  }
  if (bytes.length === 0) throw new UsageError(`${name} is empty`);
  if (bytes.length > largest) throw new UsageError(`${name} is larger than 400 MB; redact a shorter recording`);
  if (bytes.includes(0)) throw new UsageError(`${name} is a binary file; only text can be redacted`);
  return bytes.toString('utf8');
}

function safeCopy(text: string, keep: KeptValues): string {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return safeText(text, { keep });
  }
  const [, indent] = /^\s*[{[]\r?\n([ \t]+)/.exec(text) ?? [];
  return `${JSON.stringify(safeJson(value, { keep }), null, indent)}${text.endsWith('\n') ? '\n' : ''}`;
}

async function save(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { mode: 0o600 });
  } catch (error) {
    throw new UsageError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}
