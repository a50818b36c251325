import { type JsonFrame, jsonOddities, jsonPath, parseJson, walkJson } from './json.ts';
import { jsonFault, lineAndColumn } from './json-fault.ts';

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

/** Mistakes named of one file. */
const mostMistakes = 20;

/**
 * Reads JSON that a user wrote. Never throws, as long as `read` does not. A file with any mistake gives null, and every
 * mistake, at most twenty, with its path, line and column. `read` narrows what stands there and says what is wrong.
 */
export function readChecked<T>(
  text: string,
  file: CheckedFile,
  read: (value: unknown, reader: Reader) => T,
): { value: T; problems: [] } | { value: null; problems: Mistake[] } {
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
  const problems: Mistake[] = [];
  const tell = (path: string, says: string, offset: number) => {
    if (problems.length >= mostMistakes) return;
    const subject = path === '$' ? file.whole : (file.shown?.(path) ?? path);
    const message = `${subject} ${says} (${lineAndColumn(source, offset)}).`;
    problems.push({ code: `${file.code}-invalid`, message, offset, subject: path });
  };
  // Members that an object has twice: of which one is meant nobody knows.
  for (const { code, path, offset } of jsonOddities(source, mostMistakes)) {
    if (code === 'duplicate-member') tell(`$.${path}`, 'stands twice', offset - 1);
  }
  let offsets: ReadonlyMap<string, number> | null = null;
  const reader = createReader((path, says) => {
    if (problems.length >= mostMistakes) return;
    offsets ??= positions(source);
    tell(path, says, offsetOf(path, offsets));
  });
  const value = read(parsed, reader);
  return problems.length > 0 ? { value: null, problems } : { value, problems: [] };
}

type Fail = (path: string, message: string) => void;
export type Members = Record<string, unknown>;

export interface Item {
  value: unknown;
  path: string;
}

/** Narrows unknown values, and says where one is not what it should be. Each answers something usable either way. */
export interface Reader {
  fail: Fail;
  object(value: unknown, path: string, known: readonly string[]): Members;
  entries(value: unknown, path: string): [string, unknown][];
  list(value: unknown, path: string): Item[];
  text(value: unknown, path: string, otherwise: string): string;
  boolean(value: unknown, path: string, otherwise: boolean): boolean;
  oneOf(value: unknown, path: string, known: readonly string[], otherwise: string): string;
}

function createReader(fail: Fail): Reader {
  const isObject = (value: unknown): value is Members =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  return {
    fail,
    object(value, path, known) {
      if (!isObject(value)) {
        fail(path, 'must be an object');
        return {};
      }
      const own: Members = {};
      for (const name of Object.keys(value)) {
        if (known.includes(name)) own[name] = value[name];
        else
          fail(
            `${path}${step(name)}`,
            `is not known; known here are ${known.filter((one) => one !== '$schema').join(', ')}`,
          );
      }
      return own;
    },
    entries(value, path) {
      if (value === undefined) return [];
      if (isObject(value)) return Object.entries(value);
      fail(path, 'must be an object');
      return [];
    },
    list(value, path) {
      if (value === undefined) return [];
      if (Array.isArray(value)) return value.map((one: unknown, index) => ({ value: one, path: `${path}[${index}]` }));
      fail(path, 'must be a list');
      return [];
    },
    text(value, path, otherwise) {
      if (value === undefined) return otherwise;
      if (typeof value === 'string') return value;
      fail(path, 'must be a text');
      return otherwise;
    },
    boolean(value, path, otherwise) {
      if (value === undefined) return otherwise;
      if (typeof value === 'boolean') return value;
      fail(path, 'must be true or false');
      return otherwise;
    },
    oneOf(value, path, known, otherwise) {
      if (value === undefined) return otherwise;
      if (typeof value === 'string' && known.includes(value)) return value;
      fail(path, `must be one of ${known.join(', ')}`);
      return otherwise;
    },
  };
}

/** A member name as `jsonPath` writes it; what is longer than any that is known is cut. */
export function step(given: string): string {
  const name = given.length > longestName ? `${given.slice(0, longestName)}…` : given;
  return /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

const longestName = 200;

/** Where each member's name and each element stands, by path. */
function positions(text: string): Map<string, number> {
  const offsets = new Map<string, number>();
  const note = (path: string, offset: number) => {
    if (!offsets.has(path)) offsets.set(path, offset);
  };
  const isWanted = (depth: number) => offsets.size < mostPositions && depth <= deepestPosition;
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
    close: noteWhole,
  });
  return offsets;
}

const mostPositions = 200_000;
/** No member of such a file lies deeper. */
const deepestPosition = 16;

/** The member itself, or the nearest one around it. */
function offsetOf(path: string, offsets: ReadonlyMap<string, number>): number {
  for (let end = path.length; end > 1; end -= 1) {
    if (end < path.length && !'.[…'.includes(path.charAt(end))) continue;
    const offset = offsets.get(path.slice(0, end));
    if (offset !== undefined) return offset;
  }
  return offsets.get('$') ?? 0;
}
