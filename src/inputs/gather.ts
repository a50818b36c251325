import { unitFailed } from '../engine/contain.ts';
import { find } from '../engine/find/find.ts';
import { looksIn } from '../engine/looks/looks-in.ts';
import type { CallFacts, Capture, ExchangeFacts, Problem } from '../engine/model/capture.ts';
import { createLooks, type LookedPlace, placesOf } from '../engine/model/looked-at.ts';
import type { ReportInput } from '../engine/model/report.ts';
import type { Sighting } from '../engine/model/token.ts';
import { maskToken, showsMasked } from '../engine/redact/mask.ts';
import { countRepeats } from '../engine/timeline/count-repeats.ts';
import { byteWork } from './bytes/byte-work.ts';
import { InputError } from './input.ts';
import { placesInLines } from './place-in-lines.ts';
import type { RecognisedInput, Search } from './recognise-input.ts';

export interface Gathered {
  sightings: Sighting[];
  problems: Problem[];
  inputs: ReportInput[];
  /** Where was looked, in each of them. */
  lookedAt: readonly LookedPlace[];
  /** Seconds since the epoch: when the last of it was recorded. Null where nothing tells. */
  recordedAt: number | null;
}

/** Sightings listed of one token, those that repeat others not counted. */
const mostSightings = 500;
/** Different tokens kept of all inputs together: what is known of one takes some ten kilobytes. */
const mostTokens = 12_000;
const mostProblems = 1000;
/** Places told as looked at, of all inputs together. */
const mostLooks = 10_000;
/** The years 2000 to 2100, in seconds since the epoch: when a recording may have been made. */
const [earliest, latest] = [946_684_800, 4_102_444_800];

const masked = 'shows tokens that are masked, so they cannot be judged: read what it was made of';

/** Searches one input after the other, and keeps only what was found. Reading failures are told, a reader's own among them. */
export function createGatherer({ most = Number.POSITIVE_INFINITY }: { most?: number } = {}) {
  const gathered: Omit<Gathered, 'sightings' | 'lookedAt'> = { problems: [], inputs: [], recordedAt: null };
  const looks = createLooks(mostLooks);
  const seen = new Map<string, SeenToken>();
  const strings = new Map<string, string>();
  const repeats = countRepeats(listed);
  let places = 0;
  let dropped = 0;
  let unlisted = 0;

  return {
    /** Reads the whole of an input; resolves to what went wrong, if anything. `now` is in seconds since the epoch. */
    async add(input: RecognisedInput, now: number): Promise<InputError | null> {
      const { name, kind, bytes } = input;
      const problems: Problem[] = [];
      let recordedAt: number | null = null;
      const recorded = (at: number | null) => {
        if (at !== null && at >= earliest && at < latest) recordedAt = Math.max(recordedAt ?? 0, Math.ceil(at));
      };
      let isShortened = false;
      let found = 0;
      const searched = (capture: Capture) => {
        const sightings = take(capture, name, problems);
        isShortened ||= showsMaskedIn({ ...capture, problems: [] });
        found += sightings.length;
        return sightings;
      };
      const { isSearched, failure: failed } = await readInput(input, now, problems, searched, recorded);
      // What holds nothing else would pass for an input without tokens.
      const failure = failed ?? (isShortened && found === 0 ? new InputError('report-masked', masked) : null);
      if (failure) problems.unshift(problemOf(failure, name));
      else if (isShortened) problems.unshift({ code: 'tokens-masked', message: `${name} ${masked}.` });
      gathered.inputs.push({ name, kind, bytes, readable: isSearched, recordedAt, problems });
      if (recordedAt !== null) gathered.recordedAt = Math.max(gathered.recordedAt ?? recordedAt, recordedAt);
      return failure;
    },

    /** Everything that was found, and what was left out for its number. */
    finish: (): Gathered => ({
      ...gathered,
      sightings: repeats.sightings(),
      lookedAt: placesOf(looks.list()),
      problems: leftOut({ seen: [...seen.values()], unlisted, dropped, most }),
    }),
  };

  function take(capture: Capture, name: string, problems: Problem[]): readonly Sighting[] {
    const found = find(capture);
    for (const sighting of withLines(found.sightings, capture)) {
      if (!seen.has(sighting.token) && seen.size >= mostTokens) {
        unlisted += 1;
        continue;
      }
      const token = keep(sighting.token);
      const known = seen.get(token) ?? { token, listed: 0, leftOut: 0 };
      seen.set(token, known);
      // A file on its own tells no time; traffic and pages do.
      const seenAt = sighting.place.exchange || capture.page ? sighting.seenAt : null;
      const outcome = repeats.add({ ...sighting, token, seenAt, input: name });
      if (outcome !== 'left-out') continue;
      if (known.listed >= mostSightings) known.leftOut += 1;
      else dropped += 1;
    }
    for (const look of looksIn(capture, found)) {
      const { url, page } = look;
      looks.add({ ...look, url: url && keep(url), page: page && keep(page), input: name });
    }
    for (const problem of found.problems.slice(0, Math.max(0, mostProblems - problems.length))) problems.push(problem);
    return found.sightings;
  }

  /** A copy to list, if there is room for one more. */
  function listed(sighting: Sighting): Sighting | null {
    const known = seen.get(sighting.token);
    if (!known || known.listed >= mostSightings || places >= most) return null;
    known.listed += 1;
    places += 1;
    return copied(sighting, keep);
  }

  /** One copy of each text, sharing no memory with the file. */
  function keep(text: string): string {
    const known = strings.get(text);
    if (known !== undefined) return known;
    const copy = byteWork.copy(text);
    strings.set(copy, copy);
    return copy;
  }
}

/** Hands on what an input holds. Part of it is enough to call it searched, whatever ended the reading. */
async function readInput(
  input: RecognisedInput,
  now: number,
  problems: Problem[],
  take: Search,
  recorded: (at: number | null) => void,
): Promise<{ isSearched: boolean; failure: InputError | null }> {
  let isSearched = false;
  if (input.failure) return { isSearched, failure: input.failure };
  try {
    const taken = (capture: Capture) => {
      isSearched = true;
      return take(capture);
    };
    await input.read(now, taken, recorded);
    return { isSearched: true, failure: null };
  } catch (error) {
    const failure = inputErrorOf(error);
    if (!failure) problems.push(unitFailed('reader', `${input.kind} in ${input.name}`, error));
    return { isSearched, failure };
  }
}

/** In any text of a capture, wherever it stands. */
function showsMaskedIn(value: unknown): boolean {
  if (typeof value === 'string') return showsMasked(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(showsMaskedIn);
}

function problemOf({ code, message, position }: InputError, name: string): Problem {
  return { code, message: `${name} ${message}.`, ...(position === null ? {} : { offset: position }) };
}

/** A token, how many sightings of it are listed, and how many there was no room for. */
interface SeenToken {
  token: string;
  listed: number;
  leftOut: number;
}

/** The sighting as read from a file, with texts that `keep` keeps. */
/** With where each stands in its file, where that has lines. */
function withLines(sightings: readonly Sighting[], { texts }: Capture): readonly Sighting[] {
  return texts.reduce<readonly Sighting[]>((all, { name, text, start = 0, from }) => {
    const isIn = ({ place }: Sighting) => place.url === null && place.label === name;
    if (!from || !all.some(isIn)) return all;
    const places = placesInLines(
      text,
      from,
      all.filter(isIn).map(({ offset }) => offset - start),
    );
    return all.map((one) => {
      const at = isIn(one) ? places.get(one.offset - start) : undefined;
      if (!at) return one;
      return {
        ...one,
        lines: { ...at, length: text.startsWith(one.token, one.offset - start) ? one.token.length : 0 },
      };
    });
  }, sightings);
}

function copied(sighting: Sighting, keep: (text: string) => string): Sighting {
  const { token, path, place } = sighting;
  return {
    ...sighting,
    token: keep(token),
    path: keep(path),
    place: {
      ...place,
      label: keep(place.label),
      url: place.url && keep(place.url),
      key: place.key && keep(place.key),
      readBy: 'file',
      ...(place.exchange && { exchange: copiedFacts(place.exchange, keep) }),
      ...(place.call && { call: copiedCall(place.call, keep) }),
    },
  };
}

function copiedCall({ script, stack }: CallFacts, keep: (text: string) => string): CallFacts {
  return { script: script && { ...script, url: keep(script.url) }, stack: stack.map(keep) };
}

function copiedFacts(facts: ExchangeFacts, keep: (text: string) => string): ExchangeFacts {
  const { name, method, initiator, pageUrl, asked } = facts;
  return {
    ...facts,
    name: keep(name),
    method: keep(method),
    initiator: initiator && { ...initiator, url: keep(initiator.url) },
    pageUrl: pageUrl && keep(pageUrl),
    asked: asked.map(([name, value]) => [keep(name), keep(value)]),
  };
}

/** What is not listed because there is too much of it. */
function leftOut(counts: { seen: SeenToken[]; unlisted: number; dropped: number; most: number }): Problem[] {
  const { seen, unlisted, dropped, most } = counts;
  const problems: Problem[] = seen
    .filter(({ leftOut }) => leftOut > 0)
    .map(({ token, leftOut }) => {
      const more = `${leftOut.toLocaleString('en-US')} more ${leftOut === 1 ? 'is' : 'are'}`;
      const message = `${maskToken(token)} lies in more than ${mostSightings} places; ${more} not listed.`;
      return { code: 'many-sightings', message };
    });
  if (unlisted > 0) {
    const more = unlisted === 1 ? 'one more place is' : `${unlisted} more places are`;
    const message = `There are more than ${mostTokens} different tokens; ${more} not listed.`;
    problems.push({ code: 'many-tokens', message });
  }
  if (dropped > 0) {
    const message = `More than ${most} places hold tokens; the other ${dropped} are not listed.`;
    problems.push({ code: 'many-sightings', message });
  }
  return problems;
}

/** A failure of the platform to read, in words; whatever else went wrong is thrown on. */
export function asInputError(error: unknown): InputError {
  const failure = inputErrorOf(error);
  if (failure) return failure;
  throw error;
}

function inputErrorOf(error: unknown): InputError | null {
  if (error instanceof InputError) return error;
  // Node names its failures by code, browsers by name.
  const { code, name } = Object(error) as { code?: unknown; name?: unknown };
  if (typeof code === 'string') return new InputError('input-unreadable', `cannot be read (${code})`);
  if (typeof name === 'string' && (name === 'NotReadableError' || name === 'NotFoundError')) {
    return new InputError('input-unreadable', 'cannot be read: it was moved, changed or is not allowed to be read');
  }
  return null;
}
