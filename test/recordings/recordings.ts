import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

export function readExpected(file: string): ExpectedReport {
  return JSON.parse(readFileSync(reportFile(file), 'utf8')) as ExpectedReport;
}

/** Scans a recording with the command line. */
export async function scanRecording(file: string, now: number): Promise<ReportDocument> {
  const { out } = await roomkey([
    'scan',
    resolve(folder, file),
    '--format',
    'json',
    '--now',
    String(now),
    '--fail-on',
    'never',
  ]);
  return JSON.parse(out) as ReportDocument;
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
