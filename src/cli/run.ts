import { generator } from '../engine/report/generator.ts';
import type { Command } from './commands/command.ts';
import { commands } from './commands/index.ts';
import { oneLine, quoted } from './one-line.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/**
 * Carries out one command line. Resolves to the exit code: 0 nothing found, 1 something was, 2 could not be used, which
 * includes any failure of the program itself. Never rejects.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { progress } = terminal;
  const bordered: Terminal = {
    ...terminal,
    complain: (line) => terminal.complain(oneLine(line)),
    progress: progress && ((line) => progress(oneLine(line))),
  };
  try {
    return await carryOut(args, bordered);
  } catch (error) {
    for (const line of failureLines(error, terminal.env)) bordered.complain(line);
    return 2;
  }
}

/**
 * What to say of anything thrown. The message of an unforeseen failure may quote a token, so its kind alone is told;
 * ROOMKEY_DEBUG=1 tells all.
 */
export function failureLines(error: unknown, env: Terminal['env']): string[] {
  if (error instanceof UsageError) return error.lines.map((line) => `roomkey: ${line}`);
  const { name, code, stack } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  const kind = typeof code === 'string' ? code : typeof name === 'string' ? name : typeof error;
  const line = oneLine(`roomkey: the program failed (${kind}); with ROOMKEY_DEBUG=1 it tells where`);
  return env.ROOMKEY_DEBUG
    ? [
        line,
        ...String(stack ?? error)
          .split('\n')
          .map(oneLine),
      ]
    : [line];
}

async function carryOut(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const asked = commands.find(({ id }) => id === rest[0]);
    if (rest[0] !== undefined && !asked) throw new UsageError(`unknown command ${quoted(rest[0])}; see roomkey --help`);
    terminal.print(asked ? await helpOf(asked) : overview());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-V' || name === 'version') {
    terminal.print(`${generator.name} ${generator.version}\n`);
    return 0;
  }
  const command = commands.find(({ id }) => id === name);
  if (!command) throw new UsageError(`unknown command ${quoted(name)}; see roomkey --help`);
  const end = rest.indexOf('--');
  const options = end < 0 ? rest : rest.slice(0, end);
  if (options.includes('--help') || options.includes('-h')) {
    terminal.print(await helpOf(command));
    return 0;
  }
  return runCommand(command, rest, terminal);
}

async function helpOf({ help }: Command): Promise<string> {
  return typeof help === 'string' ? help : help();
}

async function runCommand(command: Command, args: string[], terminal: Terminal): Promise<number> {
  try {
    return await command.run(args, terminal);
  } catch (error) {
    // node:util parseArgs says what it does not know in words, and marks it with a code.
    const { code, message } = (error ?? {}) as NodeJS.ErrnoException;
    if (typeof code !== 'string' || !code.startsWith('ERR_PARSE_ARGS')) throw error;
    const [sentence = message] = message.split(/\. To specify|\n/);
    throw new UsageError(`${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}; see roomkey ${command.id} --help`);
  }
}

function overview(): string {
  const width = Math.max(...commands.map(({ usage }) => usage.length));
  return `Finds the tokens in recordings and files, says what each lets its holder do in a video call, and what is wrong.

Usage
${commands.map(({ usage, summary }) => `  roomkey ${usage.padEnd(width)}  ${summary}`).join('\n')}

Examples
  roomkey scan call.har                        what the tokens of a recorded call allow
  roomkey scan call.har --format html --output report.html
  pbpaste | roomkey decode -                   explain the token on the clipboard
  roomkey scan state.json --expect guest.json  fail when a guest page holds a host token

roomkey <command> --help tells more; roomkey --version prints the version.
`;
}
