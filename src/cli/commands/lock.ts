import { parseArgs } from 'node:util';
import type { Policy } from '../../engine/audit/policy/policies.ts';
import { inspect } from '../../engine/inspect.ts';
import { acceptedLock, compareLocks, type LockChange } from '../../engine/lock/compare-locks.ts';
import type { TokenLock } from '../../engine/lock/lock-file.ts';
import { isOfSeveral, lockTokens, tellsInputs } from '../../engine/lock/lock-tokens.ts';
import { formatLock, parseLock } from '../../engine/lock/written-lock.ts';
import { isNote } from '../../engine/model/notes.ts';
import type { Report } from '../../engine/model/report.ts';
import { printable } from '../../engine/report/formats/printable.ts';
import { clip } from '../../engine/text/sentence.ts';
import { quickKeys } from '../../engine/weak-keys/quick-keys.ts';
import { readNow, readOutput, readPolicy, readWritten } from '../options.ts';
import { gather } from '../reading/gather.ts';
import { reportText } from '../report-text.ts';
import { UsageError } from '../usage-error.ts';
import { checkOutput, writeOutput } from '../write-output.ts';
import type { Command } from './command.ts';

export const lock: Command = {
  id: 'lock',
  usage: 'lock <file|folder|-> ... [--check FILE]',
  summary: 'write what the tokens are to a file for review, or list what changed since',
  help: `Writes each kind of token by place, platform, role, rights and lifetime, without any secret, in a form to be
reviewed and kept beside the code. A later run lists what is not as it was, a line each.

Usage
  roomkey lock <file|folder|-> ... [--output FILE]
  roomkey lock <file|folder|-> ... --check FILE [--accept]

Reads what roomkey scan reads. Rooms, keys and hosts are written as patterns: what varies from run to run is a *, and
you may put a * in the file for what else may vary. People are told as "an id and a name". Of several inputs each place
tells its file, so that the host's page and the guest's do not cover each other.

Options
  --output FILE                                write the lock to a file; - is standard output
  --check FILE                                 compare with this lock
  --accept                                     with --check: list what changed, and write the file as it is now
  --policy standard|strict|relaxed|FILE        limits to judge by; default standard
  --exclude GLOB                               what not to search in folders, as in .gitignore; may be repeated
  --now <ISO 8601|epoch seconds>               the clock; default now
  --quiet                                      print nothing; the exit code tells
  --progress                                   show progress even for short work

Exit codes
  0  the lock was written, or all is as it was locked
  1  something changed, or a kind that is locked was not seen
  2  the command, the lock or an input could not be used, or no token was found
  130, 143  interrupted

Examples
  roomkey lock guest.json host.json --output roomkey.lock.json
  roomkey lock guest.json host.json --check roomkey.lock.json
  roomkey lock guest.json host.json --check roomkey.lock.json --accept
`,

  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        output: { type: 'string', short: 'o' },
        check: { type: 'string' },
        accept: { type: 'boolean', default: false },
        policy: { type: 'string', default: 'standard' },
        exclude: { type: 'string', multiple: true, default: [] },
        now: { type: 'string' },
        quiet: { type: 'boolean', short: 'q', default: false },
        progress: { type: 'boolean', default: false },
      },
    });
    const { check, accept, quiet } = values;
    const output = readOutput(values.output);
    if (positionals.length === 0) throw new UsageError('lock needs a file, a folder or -; see roomkey lock --help');
    if (check === undefined && accept)
      throw new UsageError('--accept goes with --check, which names the lock to change');
    if (check !== undefined && output !== undefined)
      throw new UsageError('--output writes a new lock; with --check, --accept writes the one that is named');
    const policy = await readPolicy(values.policy);
    const locked = check === undefined ? null : await readWritten(check, parseLock, 'lock');
    const now = values.now === undefined ? terminal.now() : readNow(values.now);
    // What is only compared with may lie among what is read.
    const path = output ?? (accept ? check : undefined);
    const target = path === undefined ? null : await checkOutput(path, { inputs: positionals });
    const gathered = await gather(positionals, terminal, {
      exclude: values.exclude,
      now,
      progress: values.progress || !quiet,
      output: target?.existing ?? null,
    });
    const { sightings, problems, inputs, complaints, remarks } = gathered;
    const report = inspectWithKeys(sightings, { now, policy, problems });
    const { failures } = reportText(report, null, { inputs });
    for (const line of [...complaints, ...remarks, ...failures]) terminal.complain(`roomkey: ${line}`);
    const isBroken = complaints.length > 0 || failures.length > 0;
    if (report.subjects.length === 0 && locked === null)
      throw new UsageError('no token was found, and a lock of nothing would always hold');

    const seen = lockTokens(report, { byInput: locked ? tellsInputs(locked) : isOfSeveral(report) });
    if (locked === null) {
      // What was read in part is not what somebody wants to hold others to.
      if (isBroken) return 2;
      if (output !== undefined) await writeOutput(output, formatLock(seen), { inputs: positionals });
      else if (!quiet) terminal.print(formatLock(seen));
      return 0;
    }
    const changes = compareLocks(locked, seen);
    if (!quiet) terminal.print(changesText(changes, seen, unread(report, inputs)));
    if (isBroken) return 2;
    if (report.subjects.length === 0)
      throw new UsageError('no token was found, so nothing can be compared or accepted');
    if (!accept || check === undefined) return changes.length > 0 ? 1 : 0;
    if (changes.length > 0) await writeOutput(check, formatLock(acceptedLock(locked, seen)), { inputs: positionals });
    return 0;
  },
};

type Inspected = { now: number; policy: Policy; problems: Report['problems'] };

/** The report, with what keys that others can know say of it: a token that anybody can sign is another kind. */
function inspectWithKeys(sightings: Parameters<typeof inspect>[0], options: Inspected): Report {
  const report = inspect(sightings, options);
  const keys = quickKeys(report.subjects);
  return keys.size === 0 ? report : inspect(sightings, { ...options, keys });
}

/** How much could not be read whole, notes left out. */
function unread({ problems }: Report, inputs: readonly { problems: readonly { code: string }[] }[]): number {
  const all: readonly { code: string }[] = [...problems, ...inputs.flatMap((input) => input.problems)];
  return all.filter((problem) => !isNote(problem)).length;
}

/** Longest line, in characters. */
const longestLine = 2000;

function changesText(changes: readonly LockChange[], { kinds }: TokenLock, unreadCount: number): string {
  const lines = changes.map(({ says }) => clip(printable(says), longestLine));
  const reserve =
    unreadCount === 0 ? '' : `; ${unreadCount} ${unreadCount === 1 ? 'thing was' : 'things were'} not read whole`;
  const number = kinds.length === 1 ? '1 kind' : `${kinds.length} kinds`;
  const sum =
    changes.length === 0
      ? `As locked: ${number} of tokens${reserve}.`
      : `${changes.length === 1 ? '1 change' : `${changes.length} changes`}${reserve}.`;
  return `${[...lines, sum].join('\n')}\n`;
}
