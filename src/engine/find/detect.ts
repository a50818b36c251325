import { contained } from '../contain.ts';
import { isWholeSignature } from '../decode/forms/compact.ts';
import { type Form, isTokenKey, type Match } from '../decode/forms/form.ts';
import { forms as allForms } from '../decode/forms/index.ts';
import { limits as standardLimits } from '../limits.ts';
import type { Problem } from '../model/capture.ts';
import type { Hit } from '../model/token.ts';
import type { JsonObject } from '../text/json.ts';
import { type Encoding, escapesAtATime } from './encodings/encoding.ts';
import { encodings as allEncodings } from './encodings/index.ts';
import { hasCompressedString, startsCompressed } from './encodings/signs.ts';
import { type MendedRun, mendedRuns, withMended } from './mended-runs.ts';
import { parameterBefore } from './parameter-before.ts';
import { peelAt } from './peel.ts';
import { objectAround, searchJson } from './search-json.ts';
import { byPlace, exceed, firstMatch, type Layer, type Limits, type Pass, report } from './search-pass.ts';
import { statedLengths } from './stated-lengths.ts';
import { findTriggers, leadLength, shortRun, startsOf, type Trigger } from './triggers.ts';

export interface Detection {
  hits: Hit[];
  /** Budgets that were reached, and parts that failed (`unit-failed`): there may be tokens that are not listed. */
  problems: Problem[];
}

export interface DetectOptions {
  /** Name the text is kept under (storage key, cookie, parameter); some notes depend on it. */
  key?: string | null;
  limits?: Partial<Limits>;
  forms?: readonly Form[];
  encodings?: readonly Encoding[];
}

/**
 * Finds every token in a text, peeling the encodings around it, in time linear in its length. Never throws; a form or an
 * encoding that fails is passed over and named in `problems`.
 * `offset` of a hit is where the outermost run that holds it starts.
 */
export function detect(text: string, options: DetectOptions = {}): Detection {
  if (text.length < shortRun && !isTokenKey(options.key ?? null)) return { hits: [], problems: [] };
  const pass = startPass(text, options);
  const whole: Layer = {
    text,
    depth: 0,
    encodings: [],
    path: '',
    key: options.key ?? null,
    base: 0,
    isExact: true,
    isGuess: false,
    signs: null,
    decoded: 0,
    barren: null,
  };
  contained('search', 'tokens', false, pass.fail, () => search(pass, whole));
  return { hits: pass.hits, problems: [...pass.problems.values()] };
}

const formsByStart = byPlace(allForms, ({ startsAt }) => startsAt);
const encodingsByPeeling = byPlace(allEncodings, ({ tried }) => tried);

function startPass(text: string, { forms, encodings, limits: own }: DetectOptions): Pass {
  const limits = own ? { ...standardLimits, ...own } : standardLimits;
  const allowance = Math.max(1, Math.ceil(text.length / (1 << 20)));
  const problems = new Map<string, Problem>();
  const pass: Pass = {
    limits,
    forms: forms ? byPlace(forms, ({ startsAt }) => startsAt) : formsByStart,
    encodings: encodings ? byPlace(encodings, ({ tried }) => tried) : encodingsByPeeling,
    hits: [],
    problems,
    candidatesLeft: limits.candidates * allowance,
    charactersLeft: limits.decodedCharacters * allowance,
    fruitless: null,
    fail: (problem) => problems.set(problem.subject ?? '', problem),
    search: (layer) => search(pass, layer),
  };
  return pass;
}

/** Returns whether anything was found. */
function search(pass: Pass, layer: Layer): boolean {
  const isNamed = isTokenKey(layer.key);
  const triggers = findTriggers(layer.text, isNamed);
  const runs = mendedRuns(layer.text, triggers);
  if (runs.length === 0) return searchText(pass, layer, triggers, isNamed);
  const before = pass.hits.length;
  const mended = { ...layer, text: withMended(layer.text, runs), signs: null, decoded: 0, barren: null };
  const found = searchText(pass, mended, findTriggers(mended.text, isNamed), isNamed);
  nameMended(pass.hits, before, layer, runs);
  return found;
}

/** Tells of the tokens listed from `before` on which were mended. */
function nameMended(hits: Hit[], before: number, layer: Layer, runs: readonly MendedRun[]) {
  let next = 0;
  for (let index = before; index < hits.length; index += 1) {
    const hit = hits[index] as Hit;
    const at = hit.offset - layer.base;
    while (next < runs.length && (runs[next] as MendedRun).end <= at) next += 1;
    const run = layer.isExact ? runs[next] : runs.find(({ text }) => text.includes(hit.token));
    if (!run || (layer.isExact && at + hit.token.length <= run.start)) continue;
    const depth = layer.encodings.length;
    const undone = run.encodings.filter((id) => !hit.encodings.includes(id));
    const confidence = run.isGuess ? 'possible' : hit.confidence;
    hits[index] = { ...hit, confidence, encodings: hit.encodings.toSpliced(depth, 0, ...undone) };
  }
}

function searchText(pass: Pass, layer: Layer, triggers: Trigger[], isNamed: boolean): boolean {
  const before = pass.hits.length;
  const isDocument = (triggers.length > 0 || mayHideTokens(layer.text)) && searchJson(pass, layer, triggers);
  if (!isDocument && triggers.length > 0) searchFlat(pass, layer, triggers);
  else if (!isDocument && startsCompressed(layer.text, 0)) peelAt(pass, layer, 0, 'whole');
  // Noise may look like the beginning of something in JSON, too, and then turn out to be nothing.
  if (isNamed && pass.hits.length === before) searchValue(pass, layer);
  return pass.hits.length > before;
}

/** Names in JSON that speak of credentials. Forms tell by them, too. */
const speaksOfTokens = /token|"(?:credential|password|ticket|cert)"/i;

/** JSON is looked through without a trigger when it is short and a name in it speaks of tokens, or a string is compressed. */
function mayHideTokens(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first > 0x20 && first !== 0x7b && first !== 0x5b && first !== 0x22) return false;
  return (text.length <= standardLimits.headerCharacters && speaksOfTokens.test(text)) || hasCompressedString(text);
}

/** What is a credential only because of the name it is kept under. */
function searchValue(pass: Pass, layer: Layer) {
  const { text, key } = layer;
  if (text.length > pass.limits.headerCharacters) return;
  const start = text.length - text.trimStart().length;
  const match = firstMatch(pass, 'value', { text, start, header: null, headerEnd: 0, key });
  if (match) report(pass, layer, match, '');
}

function searchFlat(pass: Pass, layer: Layer, triggers: readonly Trigger[]) {
  let done = 0;
  for (const trigger of triggers) {
    if (trigger.at < done) continue;
    if (pass.hits.length >= pass.limits.hits) {
      exceed(pass, 'hits', `More than ${pass.limits.hits} tokens; the rest was not listed.`);
      return;
    }
    const after = trigger.kind === 'header' ? afterHeader(pass, layer, trigger) : afterRun(pass, layer, trigger);
    done = Math.max(done, after);
  }
}

/** Deals with a JOSE header; returns the offset after what was dealt with. */
function afterHeader(pass: Pass, layer: Layer, { at, dot, header }: Trigger & { kind: 'header' }): number {
  const { text } = layer;
  if (text.charCodeAt(at - 3) === 0x25) {
    const after = peelAt(pass, layer, at, 'escaped-header');
    if (after !== null) return after;
  }
  const match = firstMatch(pass, 'header', { text, start: at, header, headerEnd: dot, key: layer.key });
  if (!match) return peelAt(pass, layer, dot, 'header') ?? dot;
  if (isBreak(text.charCodeAt(match.end)) && !endsWhole(text, match, header)) {
    const after = peelAt(pass, layer, at, 'lines');
    if (after !== null) return after;
  }
  const stated = asStated(text, match, (piece) => {
    const within = { text: piece, start: 0, header, headerEnd: dot - match.start, key: layer.key };
    const found = firstMatch(pass, 'header', within);
    return found && endsWhole(piece, found, header) ? found : null;
  });
  return reported(pass, layer, stated ?? match);
}

/** Deals with a long run of base64 characters; returns the offset after what was dealt with. */
function afterRun(pass: Pass, layer: Layer, { at, end }: Trigger & { kind: 'run' }): number {
  const { text } = layer;
  const starts = startsOf(text, at, end);
  for (const start of [at - leadLength(text, at), ...starts]) {
    const match = firstMatch(pass, 'run', { text, start, header: null, headerEnd: 0, key: layer.key });
    if (!match) continue;
    const stated = asStated(text, match, (piece) =>
      firstMatch(pass, 'run', { text: piece, start: 0, header: null, headerEnd: 0, key: layer.key }),
    );
    return reported(pass, layer, stated ?? match);
  }
  const around = objectAround(pass, layer, at) ?? peelAlong(pass, layer, at, end);
  if (around !== null) return around;
  for (const from of starts) {
    const before = pass.hits.length;
    const after = peelAt(pass, layer, from, 'run');
    if (after !== null) return wrappedInLines(pass, layer, at, before, after) ?? after;
  }
  return peelAt(pass, layer, at, 'lines') ?? at;
}

/** Undoes escapes all along a run, which may be longer than what is decoded at a time; returns the offset after the last that held something. */
function peelAlong(pass: Pass, layer: Layer, at: number, end: number): number | null {
  const step = escapesAtATime / 2;
  let last: number | null = null;
  for (let from = at; end - from > step && pass.candidatesLeft > 0; ) {
    const after = peelAt(pass, layer, from, 'run-end');
    if (after !== null) last = after;
    from = Math.max(after ?? 0, from + step);
  }
  return (last === null || last < end ? peelAt(pass, layer, end - 1, 'run-end') : null) ?? last;
}

/** What is found broken in a run that ends its line may be whole once the lines are joined, and then is what is listed. */
function wrappedInLines(pass: Pass, layer: Layer, at: number, before: number, after: number): number | null {
  if (!isBreak(layer.text.charCodeAt(after)) || !pass.hits.at(-1)?.note) return null;
  const found = pass.hits.splice(before);
  const joined = peelAt(pass, layer, at, 'lines');
  if (joined === null) pass.hits.push(...found);
  return joined;
}

/** Lists a token; returns the offset after it. */
function reported(pass: Pass, layer: Layer, match: Match): number {
  report(pass, layer, match, parameterBefore(layer.text, match.start));
  return match.end;
}

/** What follows a text whose length is stated, and looks like more of it: a field with a length of one byte at most. */
const mostBeyond = 130;

/**
 * The match cut to the length that bytes before it state, where what is within is a token, too; null where none is shorter. A
 * length far from where the match ends is a coincidence.
 */
function asStated(text: string, { start, end, note }: Match, matchIn: (piece: string) => Match | null): Match | null {
  const whole = end - start;
  const lengths = statedLengths(text, start).filter((length) => length <= whole && whole - length <= mostBeyond);
  if (lengths.includes(whole)) return null;
  for (const length of lengths) {
    const match = matchIn(text.slice(start, start + length));
    // A whole token is none that was cut to what stands before it by chance.
    if (match?.start === 0 && match.end === length && (match.note === null || note !== null))
      return { ...match, start, end: start + length };
  }
  return null;
}

function isBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

/** The signature has the length its algorithm asks for, so the token does not go on in the next line. */
function endsWhole(text: string, { start, end }: Match, header: JsonObject): boolean {
  const dot = text.lastIndexOf('.', end - 1);
  return dot > start && isWholeSignature(text.slice(dot + 1, end), header);
}
