import * as v from 'valibot';
import { type JsonFrame, jsonOddities, jsonPath, parseJson, walkJson } from './json.ts';
import { jsonFault, lineAndColumn } from './json-fault.ts';
import { mostMistakes, wordsFor } from './written-shapes.ts';

/** What a user wrote by hand, and how to speak of it. */
export interface CheckedFile {
  /** Codes of problems begin with it: "policy". */
  code: string;
  /** Longest text read, in characters. */
  longest: number;
  /** The whole in a sentence: "The policy". */
  whole: string;
  /** A path in a sentence. `$.off[0]` when left out. */
  shown?(path: string): string;
}

/** A mistake in a file, in a sentence that ends with its line and column. */
export interface Mistake {
  /** `policy-too-long`, `policy-not-json` or `policy-invalid`, with the code of the file in front. */
  code: string;
  message: string;
  /** Character offset in the text; none where the whole is meant. */
  offset?: number;
  /** Path of what is wrong: `$.off[0]`. */
  subject?: string;
}

/** Why a file is not what a user meant it to be: every mistake, with the member at fault, line and column. */
export class MistakesError extends Error {
  readonly problems: readonly Mistake[];

  constructor(problems: readonly Mistake[]) {
    super(problems.map(({ message }) => message).join(' '));
    this.problems = problems;
  }
}

/** A path in a sentence without what stands for the whole: `expect[0].where`. */
export function withoutRoot(path: string): string {
  return path.replace(/^\$\.?/, '');
}

/**
 * Reads JSON that a user wrote, as the shape says. Never throws. A file with any mistake gives null, and every mistake, at
 * most twenty, with its path, line and column.
 */
export function readChecked<Shape extends v.GenericSchema>(
  text: string,
  file: CheckedFile,
  shape: Shape,
): { value: v.InferOutput<Shape>; problems: [] } | { value: null; problems: Mistake[] } {
  if (text.length > file.longest) {
    const message = `${file.whole} has more than ${file.longest} characters.`;
    return { value: null, problems: [{ code: `${file.code}-too-long`, message }] };
  }
  // A byte order mark is what some editors write.
  const source = text.replace(/^\ufeff/, '');
  const fault = jsonFault(source);
  const parsed = fault === null ? parseJson(source) : undefined;
  if (parsed === undefined) {
    const offset = fault ?? 0;
    const message = `This is not JSON: ${lineAndColumn(source, offset)}.`;
    return { value: null, problems: [{ code: `${file.code}-not-json`, message, offset }] };
  }
  // Members that an object has twice: of which one is meant nobody knows.
  const twice = jsonOddities(source, mostMistakes, jsonPath).filter(({ code }) => code === 'duplicate-member');
  const read = v.safeParse(shape, parsed, { message: wordsFor });
  if (read.success && twice.length === 0) return { value: read.output, problems: [] };
  // Two checks of one value may say the same of it.
  const named = new Map<string, Mistake>();
  const tell = (path: string, says: string, offset: number) => {
    const subject = path === '$' ? file.whole : (file.shown?.(path) ?? path);
    const message = `${subject} ${says} (${lineAndColumn(source, offset)}).`;
    if (named.size < mostMistakes) named.set(message, { code: `${file.code}-invalid`, message, offset, subject: path });
  };
  for (const { path, offset } of twice) tell(path, 'stands twice', offset - 1);
  const issues = (read.issues ?? [])
    .slice(0, mostIssues)
    .map((issue) => ({ path: pathOf(issue), says: issue.message }));
  const offsets = positions(source, new Set(issues.flatMap(({ path }) => around(path))));
  for (const { path, says } of issues) tell(path, says, offsetOf(path, offsets));
  return { value: null, problems: [...named.values()] };
}

/**
 * The same of a value that a program made: its mistakes have paths, and no line. Members that are undefined count as left out, and
 * what JSON cannot say (NaN, a regular expression) is no number and no pattern.
 */
export function valueChecked<Shape extends v.GenericSchema>(
  given: unknown,
  file: CheckedFile,
  shape: Shape,
): { value: v.InferOutput<Shape>; problems: [] } | { value: null; problems: Mistake[] } {
  const plain: unknown = given === undefined ? undefined : JSON.parse(JSON.stringify(given));
  const read = v.safeParse(shape, plain, { message: wordsFor });
  if (read.success) return { value: read.output, problems: [] };
  const problems = read.issues.slice(0, mostMistakes).map((issue): Mistake => {
    const subject = pathOf(issue);
    const shown = subject === '$' ? file.whole : (file.shown?.(subject) ?? subject);
    return { code: `${file.code}-invalid`, message: `${shown} ${issue.message}.`, subject };
  });
  return { value: null, problems };
}

/** `$.off[0]` */
function pathOf({ path }: v.BaseIssue<unknown>): string {
  const steps: readonly v.IssuePathItem[] = path ?? [];
  return steps.reduce((before, { key }) => before + (typeof key === 'number' ? `[${key}]` : step(String(key))), '$');
}

/** A member name as `jsonPath` writes it; what is longer than any that is known is cut. */
function step(given: string): string {
  const name = given.length > longestName ? `${given.slice(0, longestName)}…` : given;
  return /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

const longestName = 200;

/** Where members' names and elements stand, by the paths that are asked for. */
function positions(text: string, paths: ReadonlySet<string>): Map<string, number> {
  const offsets = new Map<string, number>();
  if (paths.size === 0) return offsets;
  const note = (path: string, offset: number) => {
    if (paths.has(path) && !offsets.has(path)) offsets.set(path, offset);
  };
  const isWanted = (depth: number) => offsets.size < paths.size && depth <= deepestPosition;
  const noteWhole = (stack: readonly JsonFrame[]) => {
    const top = stack.at(-1);
    if (top && isWanted(stack.length)) note(jsonPath(text, stack.slice(0, -1)), top.start);
  };
  const noteScalar = (start: number, stack: readonly JsonFrame[]) => {
    if (stack.at(-1)?.kind === 'array' && isWanted(stack.length)) note(jsonPath(text, stack), start);
  };
  walkJson(text, {
    member(start, _, stack) {
      noteWhole(stack);
      if (isWanted(stack.length)) note(jsonPath(text, stack), start - 1);
    },
    string: (start, _, stack) => noteScalar(start - 1, stack),
    number: (start, _, stack) => noteScalar(start, stack),
    word: (start, _, stack) => noteScalar(start, stack),
    close: noteWhole,
  });
  return offsets;
}

/** Faults that are looked at for the mistakes that are named: several may be one mistake. */
const mostIssues = 200;
/** No member of such a file lies deeper. */
const deepestPosition = 16;

/** The member itself, or the nearest one around it. */
function offsetOf(path: string, offsets: ReadonlyMap<string, number>): number {
  for (const one of around(path)) {
    const offset = offsets.get(one);
    if (offset !== undefined) return offset;
  }
  return 0;
}

/** A path and those around it, up to the whole. */
function around(path: string): string[] {
  const all: string[] = [];
  for (let end = path.length; end > 1; end -= 1)
    if (end === path.length || '.[…'.includes(path.charAt(end))) all.push(path.slice(0, end));
  return [...all, '$'];
}
