import type { BigIntStats } from 'node:fs';
import { readReport, type SavedReport } from '../../engine/report/read-report.ts';
import { readJson } from '../../inputs/bytes/read-json.ts';
import { createGatherer, type Gathered } from '../../inputs/gather.ts';
import { InputError } from '../../inputs/input.ts';
import { isMaskedReport, isSavedReport } from '../../inputs/saved-report.ts';
import { createProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { type PassedOver, passOver } from '../walk-folder.ts';
import { type OpenedInput, openInputs } from './open-inputs.ts';

export interface GatherOptions {
  /** Seconds since the epoch. */
  now: number;
  progress: boolean;
  /** The file that the report will replace; null for none. */
  output: BigIntStats | null;
  /** Globs of what is not searched in folders. */
  exclude?: readonly string[];
  /** Takes a report that was saved, which is searched as JSON otherwise. */
  takeReport?: (saved: SavedReport) => void;
}

/** Places with tokens that are kept; ten times as many as a large recording has. */
const mostPlaces = 500_000;
/** Lines about files met in folders; beyond, they are counted. */
const mostComplaints = 20;

/**
 * Searches every input, one after the other. There is one complaint, a line, for each that could not be used as it was
 * given, and one remark for each kind of thing that a folder holds and nobody reads.
 */
export async function gather(
  names: readonly string[],
  terminal: Terminal,
  { now, progress, output, exclude = [], takeReport }: GatherOptions,
): Promise<Gathered & { complaints: string[]; remarks: string[]; unusable: string[] }> {
  const gatherer = createGatherer({ most: mostPlaces });
  const complaints: string[] = [];
  /** Names of the inputs that are complained of. */
  const unusable: string[] = [];
  const passedOver: PassedOver = new Map();
  const bar = progress ? createProgress(terminal) : null;
  let untold = 0;

  const watch = (name: string, read: number, bytes: number | null) => bar?.show(name, read, bytes);
  try {
    for await (const opened of openInputs(names, { stdin: terminal.stdin, watch, passedOver, output, exclude })) {
      try {
        const saved = takeReport ? await savedReportIn(opened) : null;
        if (saved === 'not-taken') {
          // Its tokens are masked: searched as JSON, it would pass for a file that holds none.
          complaints.push(`${opened.name} ${notTaken}`);
          unusable.push(opened.name);
        } else if (saved) {
          takeReport?.(saved);
          continue;
        }
        const failure = await gatherer.add(takeReport ? opened : toldIfMasked(opened), now);
        if (failure?.code === reportMasked && !opened.isNamed)
          passOver(passedOver, 'saved reports, masked', opened.name);
        if (!failure || isQuiet(opened, failure)) continue;
        unusable.push(opened.name);
        if (opened.isNamed || complaints.length < mostComplaints) complaints.push(complaint(opened.name, failure));
        else untold += 1;
      } finally {
        await opened.close();
      }
    }
  } finally {
    bar?.clear();
  }
  if (untold > 0) complaints.push(`and ${untold} more in folders could not be used`);
  const remarks = [...passedOver].map(
    ([kind, { count, first }]) => `passed over in folders: ${kind}, ${count} in all, the first ${first}`,
  );
  const gathered = gatherer.finish();
  const problems = remarks.map((message) => ({ code: 'input-passed-over', message: `${message}.` }));
  return { ...gathered, problems: [...gathered.problems, ...problems], complaints, remarks, unusable };
}

const notTaken =
  'is a saved report that was not read as one: give it by its own name, as this version of Roomkey saves it';

const reportMasked = 'report-masked';

/** A saved report whose tokens are masked would pass for a file that holds none. It is searched all the same, as a file may only look like one. */
function toldIfMasked(opened: OpenedInput): OpenedInput {
  const { window, kind, read } = opened;
  if (!window || kind !== 'json' || !isMaskedReport(window)) return opened;
  return {
    ...opened,
    async read(...about) {
      await read(...about);
      throw new InputError(
        reportMasked,
        'is a saved report with its tokens masked, so they cannot be judged: scan what it was made of',
      );
    },
  };
}

/** The report that a named input is; null for what is none, and for what is no JSON. */
async function savedReportIn({ window, kind, isNamed }: OpenedInput): Promise<SavedReport | 'not-taken' | null> {
  if (!window || kind !== 'json' || !isSavedReport(window)) return null;
  if (!isNamed) return 'not-taken';
  try {
    return readReport((await readJson(window)).value, null) ?? 'not-taken';
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** A folder may hold anything: what never was a recording is no failure. */
function isQuiet({ isNamed, kind }: OpenedInput, { code }: InputError): boolean {
  if (isNamed) return false;
  return (
    code === reportMasked ||
    code === 'input-empty' ||
    code === 'input-binary' ||
    (code === 'input-invalid' && kind === 'json')
  );
}

function complaint(name: string, { message, position }: InputError): string {
  return `${name} ${message}${position === null ? '' : ` (byte ${position})`}`;
}
