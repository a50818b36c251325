import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { type RedactedBytes, redactBytes } from '../../engine/redact/redact-bytes.ts';
import type { KeptClaims, Removed } from '../../engine/redact/redact-text.ts';
import { isZip } from '../../inputs/archive.ts';
import { findAgain } from '../../inputs/find-again.ts';
import { InputError } from '../../inputs/input.ts';
import { redactArchive } from '../../inputs/redact-archive.ts';
import { openReadable } from '../open-stream.ts';
import { readOutput } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { checkOutput, writeOutput } from '../write-output.ts';
import type { Command } from './command.ts';

export const redact: Command = {
  id: 'redact',
  usage: 'redact <file|->',
  summary: 'a copy of a recording that is safe to share',
  help: `Writes a copy of a recording or any other text in which no token and no credential can be used.

Usage
  roomkey redact <file|-> [--output FILE] [options]

Takes HAR, storage states, cookie files, raw HTTP, curl commands, logs, JSON and any other text, whole or cut off,
also in UTF-16 or gzip, and zip archives file by file: trace.zip, .har.zip, .saz, .chlz. Tokens lose their signature
and keep their structure. By their names go the values of headers, cookies, parameters and members that carry
credentials, in whatever encoding they stand; so do private keys, and passwords in URLs. Ids, hashes, room names, times,
sizes and settings stay as they are. Then the copy is read again by every reader.

What cannot be read to its end is refused, and nothing is written: binary and encrypted files, memory, damaged archives.
Pictures, fonts, films and programs of a zip archive are left out of its copy, and counted.
What is secret in your application's own words no tool can know: look through the copy before it leaves your hands.

Options
  --output, -o FILE     where to write; default standard output. The original is never overwritten
  --claims names|all    what stays of a token's claims: names, numbers and switches (default), or every value
  --keep NAME           leave the values of this header, cookie, parameter or member; may be given more than once
  --allow-unread        write the copy although something in it could not be read

What was removed and what was left is told on standard error.

Exit codes
  0  written   2  the command or the input could not be used, or the copy would not be safe: nothing was written

Examples
  roomkey redact call.har --output call.safe.har
  roomkey redact call.har --claims all --keep x-session-id | roomkey scan -
`,

  async run(args, terminal) {
    const options = readOptions(args);
    const { file, output } = options;
    const name = file === '-' ? 'standard input' : file;
    if (output !== undefined) await checkOutput(output, { inputs: [file] });
    const { copy, unread, leftOut } = await redacted(
      name,
      await readInput(file, name, terminal),
      options,
      terminal.now(),
    );
    if (unread.size > 0 && !options.allowUnread) throw new UsageError(refusal(name, unread));
    await write(copy.bytes, options, terminal);
    terminal.complain(`roomkey: ${summary(copy, unread, leftOut)}`);
    return 0;
  },
};

interface Options {
  file: string;
  output: string | undefined;
  claims: KeptClaims;
  keep: string[];
  allowUnread: boolean;
}

function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      output: { type: 'string', short: 'o' },
      claims: { type: 'string' },
      keep: { type: 'string', multiple: true, default: [] },
      'allow-unread': { type: 'boolean', default: false },
    },
  });
  const [file, extra] = positionals;
  if (file === undefined || extra !== undefined) throw new UsageError('redact needs one file, or - for standard input');
  // The first version asked for the claims by --keep.
  const asked = values.claims ?? values.keep.findLast(isClaims) ?? 'names';
  if (!isClaims(asked)) throw new UsageError('--claims takes names or all');
  const keep = values.keep.filter((name) => !isClaims(name));
  return { file, output: readOutput(values.output), claims: asked, keep, allowUnread: values['allow-unread'] };
}

function isClaims(text: string): text is KeptClaims {
  return text === 'names' || text === 'all';
}

/** Larger recordings do not fit into one string of the platform. */
const largest = 400 << 20;

async function readInput(file: string, name: string, { stdin }: Terminal): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  const tooLarge = () => new UsageError(`${name} is larger than 400 MB; redact a shorter recording`);
  let length = 0;
  try {
    // Devices and pipes tell no size, and a file may still grow.
    if (file !== '-' && (await stat(file)).size > largest) throw tooLarge();
    const stream: Readable = file === '-' ? stdin : await openReadable(file);
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk as Buffer);
      length += bytes.length;
      // Leaving the loop closes the stream, so that one without an end ends here.
      if (length > largest) throw tooLarge();
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof InputError) throw new UsageError(`${name} ${error.message}`);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EISDIR') throw new UsageError(`${name} is a folder; redact one file after the other`);
    throw new UsageError(`${name} ${code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`}`);
  }
  if (length === 0) throw new UsageError(`${name} is empty`);
  return Buffer.concat(chunks);
}

interface Outcome {
  copy: RedactedBytes;
  unread: ReadonlyMap<string, number>;
  /** Files of an archive that its copy lacks. */
  leftOut: readonly string[];
}

async function redacted(name: string, bytes: Uint8Array, options: Options, now: number): Promise<Outcome> {
  if (!isZip(bytes)) {
    const copy = redactBytes(bytes, options);
    return { copy, unread: await check(name, copy, now), leftOut: [] };
  }
  try {
    const { claims, keep } = options;
    const again = (path: string, copy: RedactedBytes) => check(path, copy, now);
    const { leftOut, ...copy } = await redactArchive(name, bytes, { claims, keep, most: largest, check: again });
    return { copy, unread: copy.unread, leftOut };
  } catch (error) {
    if (error instanceof InputError) throw new UsageError(`${name} ${error.message}; nothing was written`);
    throw error;
  }
}

/** Problems that say that something was not read to its end. */
const partly = new Set(['unit-failed', 'value-too-long', 'bytes-in-pieces', 'body-packed']);

/** Kinds of input in which secrets stand without a name. */
const nameless = new Map([['heap-snapshot', 'It holds the memory of a page, where secrets have no names.']]);

/**
 * Reads the copy with every reader there is. What is left unread, and how often.
 * @throws {UsageError} when something in the copy could still be used
 */
async function check(name: string, copy: RedactedBytes, now: number) {
  const unread = new Map(copy.unread);
  const { live, problems, failure, kind } = await findAgain(name, copy.bytes, now);
  const used = live.filter(({ token }) => !copy.kept.some((kept) => kept.includes(token)));
  const [first] = used;
  if (first) {
    const others = used.length > 1 ? ` and ${used.length - 1} more` : '';
    throw new UsageError(`${name}: a token in ${first.place.label}${others} could not be removed; nothing was written`);
  }
  const memory = nameless.get(kind);
  if (memory) unread.set(memory, 1);
  if (failure?.code === 'input-too-large' || failure?.code === 'input-packed')
    unread.set(`The copy ${failure.message}.`, 1);
  for (const { code, message } of problems) {
    if (partly.has(code)) unread.set(message, (unread.get(message) ?? 0) + 1);
  }
  return unread;
}

function refusal(name: string, unread: ReadonlyMap<string, number>): string {
  const reasons = [...unread].map(([why, count]) => (count > 1 ? `${why} (${count} times)` : why)).join(' ');
  return `${name} cannot be made safe, so nothing was written. ${reasons} --allow-unread writes the copy all the same`;
}

async function write(bytes: Uint8Array, { file, output }: Options, terminal: Terminal): Promise<void> {
  if (output !== undefined) return writeOutput(output, bytes, { inputs: [file] });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return writeOutput('/dev/stdout', bytes, { inputs: [file] });
  }
  terminal.print(text);
}

/** `12 tokens, 7 cookies, 3 parameters removed; 2 values left unread`. */
function summary({ removed, kept }: RedactedBytes, unread: Outcome['unread'], leftOut: Outcome['leftOut']): string {
  const parts = kinds.flatMap(([kind, one]) => {
    const count = removed[kind];
    return count === 0 ? [] : [`${count} ${count === 1 ? one : kind}`];
  });
  const left = [...unread.values()].reduce((sum, count) => sum + count, 0);
  return [
    parts.length > 0 ? `${parts.join(', ')} removed` : 'nothing to remove',
    ...(kept.length > 0 ? [`${plural(kept.length, 'value')} kept as asked`] : []),
    ...(left > 0 ? [`${plural(left, 'value')} left unread`] : []),
    ...(leftOut.length > 0
      ? [
          `${plural(leftOut.length, 'file')} left out that ${leftOut.length > 1 ? 'are' : 'is'} no text, the first ${leftOut[0]}`,
        ]
      : []),
  ].join('; ');
}

const kinds: [keyof Removed, string][] = [
  ['tokens', 'token'],
  ['cookies', 'cookie'],
  ['headers', 'header'],
  ['parameters', 'parameter'],
  ['keys', 'key'],
  ['values', 'value'],
];

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
