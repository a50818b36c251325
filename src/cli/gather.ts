import type { ReportInput } from '../engine/formats/json.ts';
import { find } from '../engine/inspect.ts';
import type { Capture, Problem, Sighting } from '../engine/model.ts';
import { redact } from '../engine/redact.ts';
import { InputError } from '../inputs/input.ts';
import { type OpenedInput, openInputs } from './open-inputs.ts';
import type { Terminal } from './terminal.ts';

export interface Gathered {
  sightings: Sighting[];
  problems: Problem[];
  inputs: ReportInput[];
  /** One line for each input that could not be used as it was given. */
  complaints: string[];
}

/** Sightings kept of one token; one session's access token may stand in every request of a recording. */
const mostSightings = 500;

/** Searches every input, one after the other, and keeps only what was found. */
export async function gather(
  names: readonly string[],
  terminal: Terminal,
  options: { now: number; progress: boolean },
): Promise<Gathered> {
  const gathered: Gathered = { sightings: [], problems: [], inputs: [], complaints: [] };
  const seen = new Map<string, { token: string; count: number }>();
  const strings = new Map<string, string>();
  const bar = options.progress ? createBar(terminal) : null;

  for await (const opened of openInputs(names, terminal.stdin, (name, read, bytes) => bar?.show(name, read, bytes))) {
    const problems: Problem[] = [];
    let failure: InputError | null = opened.failure;
    if (!failure) {
      try {
        await opened.read(options.now, (capture) => take(capture, opened, problems));
      } catch (error) {
        failure = asInputError(error);
      } finally {
        await opened.close();
      }
    }
    if (failure) {
      const { code, message, position } = failure;
      problems.unshift({
        code,
        message: `${opened.name} ${message}.`,
        ...(position === null ? {} : { offset: position }),
      });
      if (opened.loud) gathered.complaints.push(complaint(opened.name, failure));
    }
    const readable = !failure || readAnyway.has(failure.code);
    gathered.inputs.push({ name: opened.name, kind: opened.kind, bytes: opened.bytes, readable, problems });
  }
  bar?.clear();
  for (const { token, count } of seen.values()) {
    if (count <= mostSightings) continue;
    const message = `${redact(token)} was seen ${count} times; the first ${mostSightings} places are listed.`;
    gathered.problems.push({ code: 'many-sightings', message });
  }
  return gathered;

  function take(capture: Capture, { name }: OpenedInput, problems: Problem[]): void {
    const found = find(capture);
    // A file on its own tells no time; traffic and pages do.
    const timeless = !capture.exchanges && !capture.page;
    for (const sighting of found.sightings) {
      const token = keep(sighting.token);
      const known = seen.get(token) ?? { token, count: 0 };
      seen.set(token, known);
      known.count += 1;
      if (known.count > mostSightings) continue;
      const { place } = sighting;
      gathered.sightings.push({
        ...sighting,
        token,
        path: keep(sighting.path),
        place: {
          ...place,
          label: keep(place.label),
          url: place.url && keep(place.url),
          key: place.key && keep(place.key),
        },
        seenAt: timeless ? null : sighting.seenAt,
        input: name,
      });
    }
    if (problems.length < mostProblems) problems.push(...found.problems);
  }

  /** A copy that shares no memory with the text it was found in: a slice would keep megabytes alive. */
  function keep(text: string): string {
    const known = strings.get(text);
    if (known !== undefined) return known;
    const copy = Buffer.from(text, 'utf16le').toString('utf16le');
    strings.set(copy, copy);
    return copy;
  }
}

const mostProblems = 1000;

/** Failures after which what could be read still counts. */
const readAnyway = new Set(['input-truncated', 'input-binary', 'input-invalid']);

function complaint(name: string, { message, position }: InputError): string {
  return `roomkey: ${name} ${message}${position === null ? '' : ` (byte ${position})`}`;
}

function asInputError(error: unknown): InputError {
  if (error instanceof InputError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code) return new InputError('input-unreadable', `cannot be read (${code})`);
  throw error;
}

function createBar({ progress, now }: Terminal) {
  if (!progress) return null;
  let last = 0;
  return {
    show(name: string, read: number, bytes: number | null) {
      const second = now();
      if (second === last) return;
      last = second;
      const share = bytes ? Math.min(1, read / bytes) : null;
      const blocks =
        share === null ? '' : `${'█'.repeat(Math.round(share * 24)).padEnd(24, '░')} ${Math.round(share * 100)} % `;
      progress(`${blocks}${Math.round(read / 1e6)} MB of ${name}`);
    },
    clear: () => progress(''),
  };
}
