import { parseArgs } from 'node:util';
import type { Surroundings } from '../../engine/diagnose/cause.ts';
import { checkExpectations, type ExpectationResult } from '../../engine/expect/check-expectations.ts';
import { checkSteps, resultsOf } from '../../engine/expect/check-steps.ts';
import { type Expectations, parseExpectations } from '../../engine/expect/expectations.ts';
import { inspect } from '../../engine/inspect.ts';
import { type Finding, type Report, type Severity, severities } from '../../engine/model/report.ts';
import { isAtLeast } from '../../engine/model/severity-order.ts';
import type { Format } from '../../engine/report/formats/format.ts';
import { defaultFormat, formats } from '../../engine/report/formats/index.ts';
import { isoUtc } from '../../engine/text/time-words.ts';
import { quoted } from '../one-line.ts';
import { readNow, readOutput, readPage, readPolicy, readWritten } from '../options.ts';
import { gather } from '../reading/gather.ts';
import { reportText } from '../report-text.ts';
import { UsageError } from '../usage-error.ts';
import { checkOutput, writeOutput } from '../write-output.ts';
import type { Command } from './command.ts';

export const scan: Command = {
  id: 'scan',
  usage: 'scan <file|folder|-> ...',
  summary: 'find, decode, recognise and judge; print a report',
  help: `Finds every token in files, folders or standard input, says what each allows, and judges it.

Usage
  roomkey scan <file|folder|-> ... [options]

Reads, recognised by content: HAR 1.2, Playwright or Puppeteer storage state, Chrome heap snapshot, Netscape or curl
cookie jar, raw HTTP message, JSON, any other text or binary; each of them also gzipped.

Options
  --format ${formats.map(({ id }) => id).join('|')}   default ${defaultFormat.id}
  --output FILE                                write the report to a file; - is standard output
  --policy standard|strict|relaxed|FILE        limits to judge by; default standard
  --now <ISO 8601|epoch seconds|recorded>      the clock to judge by; default now; recorded: when the last of it was
                                               recorded, which HAR files and HTTP answers tell
  --page URL                                   address of the page that joins: says what stands in the way
  --room NAME                                  the room that is asked for, where the address does not name it
  --expect FILE                                expectations that must hold (docs/cli.md)
  --exclude GLOB                               what not to search in folders, as in .gitignore; may be repeated
  --fail-on ${severities.join('|')}|never
                                               exit with 1 from this severity on; default high
  --reveal                                     print tokens whole; they are masked otherwise
  --quiet                                      print no report
  --no-color                                   no colours, as with NO_COLOR=1
  --progress                                   show progress even for short work

Exit codes
  0  nothing at or above --fail-on, and every expectation held
  1  something was, or did not, or nothing was looked at that an expectation speaks of
  2  the command or an input could not be used; the inputs that could be are reported
  130, 143  interrupted

Examples
  roomkey scan call.har
  roomkey scan recordings/ --format sarif --output roomkey.sarif
  roomkey scan guest.json --expect guest-expectations.json --fail-on never
  roomkey scan walk.har --expect run.json --format junit --output roomkey.xml
  curl -si https://call.example/join | roomkey scan - --now 2026-11-20T12:00:00Z
`,

  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        format: { type: 'string', default: defaultFormat.id },
        output: { type: 'string', short: 'o' },
        policy: { type: 'string', default: 'standard' },
        exclude: { type: 'string', multiple: true, default: [] },
        now: { type: 'string' },
        page: { type: 'string' },
        room: { type: 'string' },
        expect: { type: 'string' },
        'fail-on': { type: 'string', default: 'high' },
        reveal: { type: 'boolean', default: false },
        quiet: { type: 'boolean', short: 'q', default: false },
        'no-color': { type: 'boolean', default: false },
        progress: { type: 'boolean', default: false },
      },
    });
    if (positionals.length === 0) throw new UsageError('scan needs a file, a folder or -; see roomkey scan --help');
    const format = readFormat(values.format);
    const failOn = readFailOn(values['fail-on']);
    const page = readPlace(values);
    const policy = await readPolicy(values.policy);
    const isGiven = values.now !== undefined && values.now !== asRecorded;
    const readAt = isGiven ? readNow(values.now ?? '') : terminal.now();
    const expectations = values.expect === undefined ? null : await readExpectations(values.expect);
    const path = readOutput(values.output);
    const output = path === undefined ? null : await checkOutput(path, { inputs: positionals });

    const { complaints, remarks, unusable, inputs, recordedAt, ...gathered } = await gather(positionals, terminal, {
      exclude: values.exclude,
      now: readAt,
      progress: values.progress || !values.quiet,
      output: output?.existing ?? null,
    });
    const now = values.now === asRecorded ? (recordedAt ?? readAt) : readAt;
    if (!isGiven) remarks.push(...clockRemarks(recordedAt, readAt, values.now === asRecorded));
    const { problems, lookedAt } = gathered;
    const report = inspect(gathered.sightings, { now, policy, problems, lookedAt });
    const results = expectations ? checkAll(report, expectations) : [];
    const { text, failures } = reportText(report, values.quiet && values.output === undefined ? null : format, {
      reveal: values.reveal,
      inputs,
      unusable,
      failOn,
      ...(page && { page }),
      expectations: results,
      width: terminal.width,
      color: terminal.color && !values['no-color'] && path === undefined,
    });
    for (const line of [...complaints, ...remarks, ...failures]) terminal.complain(`roomkey: ${line}`);

    if (text !== null && path !== undefined) await writeOutput(path, text, { inputs: positionals });
    else if (text !== null) terminal.print(text);
    if (complaints.length > 0 || failures.length > 0) return 2;
    return results.some(({ held }) => held !== true) || reaches(report, failOn) ? 1 : 0;
  },
};

async function readExpectations(path: string): Promise<Expectations> {
  const expectations = await readWritten(path, parseExpectations, 'list of expectations');
  if (isEmpty(expectations)) throw new UsageError(`${path}: nothing is expected, which would hold whatever is found`);
  return expectations;
}

function readFormat(word: string): Format {
  const format = formats.find(({ id }) => id === word);
  if (format) return format;
  const known = formats.map(({ id }) => id).join(', ');
  throw new UsageError(`unknown format ${quoted(word)}; known are ${known}`);
}

function isEmpty({ expect, steps = [] }: Expectations): boolean {
  return expect.length === 0 && steps.every((step) => step.expect.length === 0);
}

/** What is expected of all that was read, and of each step of a run. */
function checkAll(report: Report, expectations: Expectations): ExpectationResult[] {
  return [...checkExpectations(report, expectations), ...resultsOf(checkSteps(report, expectations))];
}

/** Where joining is tried; null where nobody asks. */
function readPlace({ page, room }: { page?: string; room?: string }): Omit<Surroundings, 'now'> | null {
  if (page === undefined && room === undefined) return null;
  return { pageUrl: page === undefined ? null : readPage(page), frames: [], room: room ?? null };
}

/** What `--now` takes for the time that the recordings tell. */
const asRecorded = 'recorded';

/** What there is to say where the clock of today judges a recording of another day, or has to. Both in seconds. */
function clockRemarks(recordedAt: number | null, now: number, isWanted: boolean): string[] {
  if (recordedAt === null) {
    return isWanted ? ['Nothing that was read tells when it was recorded; judged now.'] : [];
  }
  if (isWanted || now - recordedAt <= 86_400) return [];
  return [`Recorded ${isoUtc(recordedAt).slice(0, 10)}; judged now. --now recorded judges it as of then.`];
}

function readFailOn(word: string): Severity | null {
  if (word === 'never') return null;
  const severity = severities.find((one) => one === word);
  if (!severity) throw new UsageError(`--fail-on takes ${severities.join(', ')} or never, not ${quoted(word)}`);
  return severity;
}

/** Whether a finding that counts is at least this severe. */
function reaches(report: Report, failOn: Severity | null): boolean {
  if (failOn === null) return false;
  const findings: Finding[] = [...report.findings, ...report.subjects.flatMap((subject) => subject.findings)];
  return findings.some(({ severity, muted }) => !muted && isAtLeast(severity, failOn));
}
