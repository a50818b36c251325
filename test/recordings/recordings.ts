import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { formats } from '../../src/engine/report/formats/index.ts';
import type { ReportDocument } from '../../src/engine/report/report-document.ts';
import { roomkey } from '../doubles/fake-terminal.ts';

const folder = import.meta.dirname;

/** Recordings of one visit to the demo call site, made by `npm run recordings`. */
export const recordings = [
  { file: 'call.har', kind: 'har' },
  { file: 'call.storage-state.json', kind: 'storage-state' },
  { file: 'call.heapsnapshot.gz', kind: 'heap-snapshot' },
] as const;

const reportFile = (file: string) => join(folder, `${file.replace(/\.(?:har|json|gz)$/, '')}.report.json`);

/** What a recording is expected to say: who, where, until when and which findings; not in which words. */
export interface ExpectedReport {
  /** Seconds since the epoch: when it was recorded. */
  now: number;
  tokens: object[];
  findings: string[];
}

/** SHA-256 of every report, by recording and format. */
export type Digests = Record<string, Record<string, string>>;

const digestFile = join(folder, 'reports.sha256.json');

export function readDigests(): Digests {
  return JSON.parse(readFileSync(digestFile, 'utf8')) as Digests;
}

export async function writeDigests(): Promise<void> {
  const digests: Digests = {};
  for (const { file } of recordings) digests[file] = await digestsOf(file, readExpected(file).now);
  writeFileSync(digestFile, `${JSON.stringify(digests, null, 2)}\n`);
}

export function readExpected(file: string): ExpectedReport {
  return JSON.parse(readFileSync(reportFile(file), 'utf8')) as ExpectedReport;
}

/** Scans a recording with the command line. */
export async function scanRecording(file: string, now: number): Promise<ReportDocument> {
  return JSON.parse(await scanAs('json', file, now)) as ReportDocument;
}

async function scanAs(format: string, file: string, now: number): Promise<string> {
  // From where tests run: lines of a report end where the path in them lets them.
  const from = relative(process.cwd(), folder);
  const { out } = await roomkey([
    'scan',
    join(from, file),
    '--format',
    format,
    '--now',
    String(now),
    '--fail-on',
    'never',
  ]);
  // As found in formats that write paths as URLs, too.
  return out.replaceAll(from.replaceAll('\\', '/'), '').replaceAll(from, '');
}

/** SHA-256 of the whole report in each format, by format: every word and byte of it. */
export async function digestsOf(file: string, now: number): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const { id } of formats)
    digests[id] = createHash('sha256')
      .update(await scanAs(id, file, now))
      .digest('hex');
  return digests;
}

export function expectedOf({ now, tokens, findings }: ReportDocument): ExpectedReport {
  return {
    now,
    tokens: tokens
      .map(({ id, form, provider, facts, times, sightings, findings: own, problem }) => ({
        id,
        form,
        provider: provider?.id ?? null,
        room: facts.room,
        role: facts.role,
        privileges: facts.privileges,
        expiresAt: times.expiresAt,
        problem: problem?.code ?? null,
        places: sightings.map(({ source, label, path }) => [source, label, path].filter(Boolean).join(' ')),
        findings: own.map(({ rule, severity }) => `${rule} ${severity}`).sort(),
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    findings: findings.map(({ rule, severity }) => `${rule} ${severity}`).sort(),
  };
}

/** Writes the report expected of a recording, at the time it was made. */
export async function writeReport(file: string): Promise<void> {
  const { log } = JSON.parse(readFileSync(join(folder, 'call.har'), 'utf8')) as {
    log: { pages: { startedDateTime: string }[] };
  };
  const now = Math.floor(Date.parse(log.pages[0]?.startedDateTime ?? '') / 1000) + 5;
  writeFileSync(reportFile(file), `${JSON.stringify(expectedOf(await scanRecording(file, now)), null, 2)}\n`);
}
