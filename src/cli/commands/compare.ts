import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Policy } from '../../engine/audit/policy/policies.ts';
import { inspect } from '../../engine/inspect.ts';
import type { Finding } from '../../engine/model/report.ts';
import { maskJson } from '../../engine/redact/mask.ts';
import { createThoroughMasker } from '../../engine/redact/mask-disguised.ts';
import { secretsOf } from '../../engine/redact/secrets-of.ts';
import { printable, printableJson } from '../../engine/report/formats/printable.ts';
import type { SavedReport } from '../../engine/report/read-report.ts';
import { compareSeats, type SeatComparison } from '../../engine/seats/compare-seats.ts';
import { expectationsOfSeats, SeatsError } from '../../engine/seats/expectations-of-seats.ts';
import type { Seat } from '../../engine/seats/seat.ts';
import { linesOf } from '../../engine/seats/seat-lines.ts';
import type { SeatRow } from '../../engine/seats/seat-rows.ts';
import type { Json } from '../../engine/text/json.ts';
import { clip } from '../../engine/text/sentence.ts';
import { readListFormat } from '../list-format.ts';
import { readNow, readPolicy } from '../options.ts';
import { gather } from '../reading/gather.ts';
import { reportText } from '../report-text.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { checkOutput, writeOutput } from '../write-output.ts';
import type { Command } from './command.ts';

export const compare: Command = {
  id: 'compare',
  usage: 'compare <file|folder|-> <file|folder|->',
  summary: 'whether two seats are a host’s and a guest’s of one call, and in what they differ',
  help: `Puts what a host's and a guest's browser hold side by side, and says whose seat is the host's.

Usage
  roomkey compare <file|folder|-> <file|folder|-> [options]

Each is a report that was saved (JSON), or anything that roomkey scan reads. Their order changes nothing. What cannot
be told or was not looked at is said, and is never taken for right.

Options
  --save FILE                                  write expectations that hold for both and fail when the seats are turned
  --accept                                     with --save: also where a finding of medium severity or worse would count
                                               as right, or where it cannot be told whose seat is whose
  --allow-unread                               take what could not be read for what holds nothing
  --format text|json                           default text
  --policy standard|strict|relaxed|FILE        limits to judge recordings by; default standard
  --now <ISO 8601|epoch seconds>               the clock for recordings; default now
  --quiet                                      print no comparison; the exit code tells
  --progress                                   show progress even for short work

Exit codes
  0  the one is a host's seat, the other a guest's of the same call
  1  they are not: both hold a host token, or neither, or the same; other calls; a guest with all the host's rights
  2  it cannot be told, or the command or an input could not be used, or --save did not save
  130, 143  interrupted

Examples
  roomkey compare host.har guest.har
  roomkey compare host-report.json guest-report.json --save call.expect.json
  roomkey compare host.json guest.json --format json | jq -r .verdict.says
`,

  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        save: { type: 'string' },
        accept: { type: 'boolean', default: false },
        'allow-unread': { type: 'boolean', default: false },
        format: { type: 'string', default: 'text' },
        policy: { type: 'string', default: 'standard' },
        now: { type: 'string' },
        quiet: { type: 'boolean', short: 'q', default: false },
        progress: { type: 'boolean', default: false },
      },
    });
    const { save, accept, quiet } = values;
    const [one, other, extra] = positionals;
    if (one === undefined || other === undefined || extra !== undefined)
      throw new UsageError('compare needs two inputs, the one seat’s and the other’s; see roomkey compare --help');
    if (one === '-' && other === '-') throw new UsageError('standard input can be read only once');
    if (accept && save === undefined) throw new UsageError('--accept goes with --save, which names the file to write');
    const format = readListFormat(values.format);
    const policy = await readPolicy(values.policy);
    const now = values.now === undefined ? terminal.now() : readNow(values.now);
    if (save !== undefined) await checkOutput(save, { inputs: positionals });

    const reading = { now, policy, progress: values.progress || !quiet, terminal };
    const [name, otherName] = namesOf(one, other);
    const a = await readSeat(one, name, reading);
    const b = await readSeat(other, otherName, reading);
    const complaints = [...a.complaints, ...b.complaints];
    for (const line of complaints) terminal.complain(`roomkey: ${line}`);
    const compared = compareSeats(a.seat, b.seat, { allowUnread: values['allow-unread'] });
    if (!quiet) terminal.print(written(compared, format, [a.seat, b.seat], terminal.width));

    const { outcome, says } = compared.verdict;
    // Nobody is left with a failure that tells nothing of its cause.
    if (quiet && outcome === 'untold') terminal.complain(`roomkey: ${clip(printable(says), longest.sentence)}`);
    const code = complaints.length > 0 || outcome === 'untold' ? 2 : outcome === 'other' ? 1 : 0;
    if (save === undefined) return code;
    const isBroken = complaints.length > 0;
    const text = expectationsText(a.seat, b.seat, { accept, isBroken, isTold: outcome !== 'untold', terminal });
    if (text === null) return Math.max(code, outcome === 'other' ? 1 : 2);
    await writeOutput(save, text, { inputs: positionals });
    return code;
  },
};

/** Files by their own names, without folders where these tell the two apart. */
function namesOf(one: string, other: string): [string, string] {
  const isTold = one === other || basename(one) !== basename(other);
  return isTold ? [basename(one), basename(other)] : [one, other];
}

interface Reading {
  now: number;
  policy: Policy;
  progress: boolean;
  terminal: Terminal;
}

/** What a seat holds: a report as it was saved, or what is in any other input. */
async function readSeat(
  path: string,
  name: string,
  { now, policy, progress, terminal }: Reading,
): Promise<{ seat: Seat; complaints: string[] }> {
  let saved: SavedReport | null = null;
  const takeReport = (report: SavedReport) => {
    saved = report;
  };
  const gathered = await gather([path], terminal, { now, progress, output: null, takeReport });
  const { sightings, problems, lookedAt, inputs, complaints, remarks } = gathered;
  const read = saved as SavedReport | null;
  const title = path === '-' ? 'standard input' : name;
  if (read) return { seat: { name: title, report: read.report, inputs: read.told.inputs }, complaints };
  const report = inspect(sightings, { now, policy, problems, lookedAt });
  const { failures } = reportText(report, null, { inputs });
  for (const line of remarks) terminal.complain(`roomkey: ${line}`);
  return { seat: { name: title, report, inputs }, complaints: [...complaints, ...failures] };
}

interface Saving {
  accept: boolean;
  /** An input could not be read. */
  isBroken: boolean;
  /** Whether it can be told whose seat is whose. */
  isTold: boolean;
  terminal: Terminal;
}

/** The file of expectations; null where none is to be written, of which the reason is told. */
function expectationsText(a: Seat, b: Seat, { accept, isBroken, isTold, terminal }: Saving): string | null {
  const refuse = (why: string, hint = '') => {
    terminal.complain(`roomkey: nothing was saved: ${why}${hint}`);
    return null;
  };
  const anyway = '; --accept saves them all the same';
  // What was read in part is not what somebody wants to hold others to.
  if (isBroken) return refuse('not all could be read');
  try {
    const { file, accepted } = expectationsOfSeats(a, b);
    if (!isTold && !accept) return refuse('it cannot be told whose seat is whose', anyway);
    if (accepted.length > 0 && !accept) return refuse(`${findingWords(accepted)} would count as right`, anyway);
    return `${JSON.stringify(file, null, 2)}\n`;
  } catch (error) {
    if (error instanceof SeatsError) return refuse(error.message.replace(/\.$/, ''));
    throw error;
  }
}

/** "storage-local (high) and 2 more findings" */
function findingWords(findings: readonly Finding[]): string {
  const [worst] = findings;
  const kinds = new Set(findings.map(({ rule }) => rule)).size;
  const more = kinds === 1 ? '' : ` and ${kinds - 1} more kinds of findings`;
  return `${worst?.rule} (${worst?.severity})${more}`;
}

function written(compared: SeatComparison, format: 'text' | 'json', seats: readonly Seat[], width: number): string {
  const secrets = seats.flatMap(({ report }) => report.subjects.flatMap(({ token }) => secretsOf(token)));
  const mask = createThoroughMasker(secrets);
  const safe = maskJson(compared as unknown as Json, mask) as unknown as SeatComparison;
  return format === 'json' ? `${printableJson(safe)}\n` : textOf(safe, width);
}

/** Longest sentence and longest cell, and longest cell of a column, in characters. */
const longest = { sentence: 1000, cell: 600, column: 38 };

function textOf({ seats, verdict, rows, unlisted }: SeatComparison, width: number): string {
  const sentences = [verdict.says, ...verdict.also].map((one) => clip(printable(one), longest.sentence));
  const tables = rows.map((row) => rowText(row, seats, width));
  const rest = unlisted > 0 ? `\n${unlisted} more kinds of tokens are not listed.\n` : '';
  return `${sentences.join('\n')}\n${tables.join('')}${rest}`;
}

/** What is short in columns, and below what is long. */
function rowText(row: SeatRow, seats: readonly [string, string], width: number): string {
  const at = row.cells.flatMap((cell, index) => (cell ? [index] : []));
  const lines = linesOf(row).map(({ name, cells, differs }) => ({
    begin: [differs ? '≠' : ' ', name],
    cells: at.map((index) => clip(cells[index] ?? '', longest.cell)),
    differs,
  }));
  const isShort = ({ cells }: (typeof lines)[number]) => cells.every(({ length }) => length <= longest.column);
  const names = at.map((index) => seats[index] ?? '');
  const head = [' ', '', ...names.map((name) => clip(name, longest.column))];
  const columns = [head, ...lines.filter(isShort).map(({ begin, cells }) => [...begin, ...cells])];
  const long = lines
    .filter((line) => !isShort(line))
    .map(({ begin, cells, differs }) => {
      const each = differs ? cells.map((cell, index) => `${names[index]}: ${cell}`) : cells.slice(0, 1);
      return table(
        each.map((cell, index) => [...(index === 0 ? begin : [' ', begin[1]?.replace(/./g, ' ') ?? '']), cell]),
        width,
      );
    });
  const only = at.length === 1 ? `, only in ${names[0]}` : '';
  return `\n${printable(`${row.title}${only}`)}\n${table(columns, width)}${long.join('')}`;
}
