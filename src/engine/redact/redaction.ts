import { detect } from '../find/detect.ts';
import { createCleanTexts } from './clean-texts.ts';
import type { Decoded } from './codecs/codec.ts';
import { type Context, plainContext, type Slot, type Structure } from './context.ts';
import { applyEdits, compose, type Edit, inOrder, removal } from './edits.ts';
import type { Ledger } from './ledger.ts';
import { isPlaceholder } from './opaque-value.ts';
import type { Pass } from './pass.ts';
import { createSafeTokens, isSafeToken, type KeptClaims } from './safe-token.ts';
import { createSplitValues } from './split-values.ts';
import { authorization } from './structures/authorization.ts';
import { base64Runs } from './structures/encoded-runs.ts';
import { structures, wideStructures } from './structures/index.ts';
import { eachJsonValue, type Island } from './structures/json-values.ts';
import { programText } from './structures/program-text.ts';
import { tokenPieces } from './structures/token-pieces.ts';
import { hitEdit, isLive, mixedEdits } from './token-edits.ts';
import { isSecretName, isSecretNumber, isSecretValue, wholeStructure } from './value-kinds.ts';

/** Structures and encodings inside one another. What lies deeper goes as a whole. */
const deepest = 24;
/** Budgets of detection are for looking; here nothing may be left. */
const thorough = { candidates: 20_000, decodedCharacters: 64 << 20, layers: 8 };

export interface RedactionOptions {
  claims: KeptClaims;
  /** Names of headers, cookies, parameters and members whose values stay, in lower case. */
  keep: ReadonlySet<string>;
  bytes: boolean;
}

/** One pass over a text. What it finds out about values is written into the ledger. */
export function redactOnce(source: string, { claims, keep, bytes }: RedactionOptions, ledger: Ledger): string {
  const pass: Pass = {
    keep,
    ledger,
    safeTokens: createSafeTokens(claims, (json) => applyEdits(json, textEdits(pass, json, plainContext))),
    splits: createSplitValues(),
    clean: createCleanTexts(),
  };
  return applyEdits(source, textEdits(pass, source, { ...plainContext, bytes }));
}

/** What goes from a text of which nothing is known but itself. */
function textEdits(pass: Pass, text: string, context: Context): Edit[] {
  const { ledger, splits, clean } = pass;
  // A mark of its encoding stands before the first line.
  if (text.charCodeAt(0) === 0xfeff) return moved(textEdits(pass, text.slice(1), context), 1);
  if (isDull(text) && !splits.isOpen() && !ledger.mayKnow(text)) return none;
  if (context.depth > deepest) {
    ledger.count('text');
    return [removal(0, text.length, context.bytes)];
  }
  const goesOn = context.shape === '' ? 0 : splits.goesOn(context.shape, text);
  if (goesOn > 0) {
    ledger.count('token');
    return netted(pass, text, context, [removal(0, goesOn, context.bytes)]);
  }
  if (text.length < shortestClean) return netted(pass, text, context, partEdits(pass, text, context));
  const { name, around, bytes } = context;
  const place = `${name ?? ''} ${around ?? ''} ${bytes} `;
  if (clean.has(place + text)) return none;
  const edits = netted(pass, text, context, partEdits(pass, text, context));
  // What is left counts as clean; that it is so the next pass makes sure.
  clean.add(place + applyEdits(text, edits));
  return edits;
}

/**
 * JSON value for value, and what lies around it structure for structure: also those that were looked for in the whole,
 * because what stands behind JSON begins a line of its own there.
 */
function partEdits(pass: Pass, text: string, outer: Context): Edit[] {
  const context = text.length < shortestProgram ? outer : { ...outer, isProgram: programText(text) };
  const wide = isMixed(text) ? flatEdits(pass, text, context, wideStructures) : none;
  const current = applyEdits(text, wide);
  const edits: Edit[] = [];
  const islands = eachJsonValue(current, (slot) => push(edits, slotEdits(pass, current, slot, context)));
  for (const [start, end] of between(islands, current.length)) {
    const gap = current.slice(start, end);
    if (!isDull(gap) || pass.ledger.mayKnow(gap)) push(edits, moved(flatEdits(pass, gap, context, structures), start));
  }
  return compose(text, wide, inOrder(edits));
}

/** Everything but JSON: one structure after the other, each on what the ones before left. */
function flatEdits(pass: Pass, text: string, context: Context, all: readonly Structure[]): Edit[] {
  let edits: Edit[] = [];
  let current = text;
  for (const structure of all) {
    const more = structureEdits(pass, current, context, structure);
    if (more.length === 0) continue;
    edits = compose(text, edits, more);
    current = applyEdits(text, edits);
  }
  const known = pass.ledger.knownIn(current).map(({ start, end }) => removal(start, end, context.bytes));
  return known.length > 0 ? compose(text, edits, known) : edits;
}

function structureEdits(pass: Pass, text: string, context: Context, structure: Structure): Edit[] {
  const { signs } = structure;
  if (signs.length > 0 && !signs.some((sign) => text.includes(sign))) return none;
  const edits: Edit[] = [];
  for (const slot of structure.slots(text, context)) push(edits, slotEdits(pass, text, slot, context));
  return inOrder(edits);
}

/** What goes from a stretch of a text, decoded and written again where it is encoded. */
function slotEdits(pass: Pass, text: string, slot: Slot, outer: Context): Edit[] {
  const { ledger, splits } = pass;
  const { start, end } = slot;
  const raw = text.slice(start, end);
  const isTold = Boolean(slot.suspicion ?? slot.around ?? outer.around);
  if (!isTold && isDull(raw) && !splits.isOpen() && !ledger.mayKnow(raw)) return none;
  const decoded = slot.codec?.decode(raw) ?? null;
  if (decoded?.unread) ledger.leave(decoded.unread);
  if (slot.isText && decoded?.bytes && isNoise(decoded.text)) ledger.leave('A body that is said to be text is not.');
  if (decoded ? decoded.text === raw : slot.isEncoded) return none;
  const inside = decoded?.text ?? raw;
  const edits = valueEdits(pass, inside, contextInside(slot, decoded, outer));
  if (!decoded || edits.length === 0) return moved(edits, start);
  const { sourceOf, encode } = decoded;
  if (!sourceOf) return [{ start, end, text: encode(applyEdits(inside, edits)) }];
  return edits.map((edit) => ({
    start: start + sourceOf(edit.start),
    end: start + sourceOf(edit.end),
    text: encode(edit.text),
  }));
}

/** What is known of a stretch from itself and from what it stands in. */
function contextInside(slot: Slot, decoded: Decoded | null, outer: Context): Context {
  return {
    name: slot.name ?? null,
    held: slot.held ?? 'text',
    suspicion: slot.suspicion ?? null,
    around: slot.around ?? outer.around,
    isNumber: slot.isNumber === true,
    isName: slot.isName === true,
    bytes: decoded ? decoded.bytes === true : outer.bytes,
    isProgram: outer.isProgram,
    depth: outer.depth + 1,
    shape: slot.at === undefined || outer.shape.length > longestShape ? outer.shape : `${outer.shape} ${slot.at}`,
  };
}

/** What goes from a value, by its name and by what it looks like. */
function valueEdits(pass: Pass, text: string, context: Context): Edit[] {
  const { name } = context;
  if (text === '') return [];
  if (name !== null && pass.keep.has(name.toLowerCase())) {
    pass.ledger.keep(text);
    return [];
  }
  if (context.isName) return nameEdits(pass, text, context);
  if (context.isNumber) return numberEdits(pass, text, context);
  const whole = wholeStructure(text, context);
  if (whole) return netted(pass, text, context, structureEdits(pass, text, context, whole));
  return isSecretValue(text, context) ? secretEdits(pass, text, context) : textEdits(pass, text, context);
}

function nameEdits(pass: Pass, text: string, context: Context): Edit[] {
  if (isSecretName(text, context)) return secretEdits(pass, text, context);
  return text.length < 16 ? [] : textEdits(pass, text, { ...context, isName: false });
}

function numberEdits({ ledger }: Pass, text: string, context: Context): Edit[] {
  if (!isSecretNumber(text, context)) return [];
  ledger.count(context.held);
  return [{ start: 0, end: text.length, text: '0' }];
}

function secretEdits(pass: Pass, text: string, context: Context): Edit[] {
  if (isPlaceholder(text) || isSafeToken(text.trim())) return [];
  const plain = { ...context, suspicion: null, isName: false, depth: context.depth + 1 };
  if (!context.isName && context.depth <= deepest) {
    const lead = text.length - text.trimStart().length;
    const isScheme = (first(authorization.slots(text, context))?.start ?? 0) > lead;
    if (isScheme) return structureEdits(pass, text, plain, authorization);
    const inside = structuredEdits(pass, text, { ...plain, around: 'likely' });
    if (inside) return inside;
  }
  return mixedEdits(pass, text, context);
}

/** A value that is JSON as a whole, perhaps behind base64, is looked into; null for any other. */
function structuredEdits(pass: Pass, text: string, context: Context): Edit[] | null {
  if (/^\s*[[{]/.test(text)) return isWholeJson(text) ? textEdits(pass, text, context) : null;
  if (!/^(?:base64-)?(?:eyJ|ewo|eyA|W3s|W1s)/.test(text) || /[^\w+/=-]/.test(text)) return null;
  const slot = first(base64Runs.slots(text, context));
  if (!slot) return null;
  const inner = slot.codec?.decode(text.slice(slot.start, slot.end));
  const isJson = inner && /^\s*[[{]/.test(inner.text) && /[\]}]\s*$/.test(inner.text);
  return isJson ? slotEdits(pass, text, slot, context) : null;
}

function isWholeJson(text: string): boolean {
  let count = 0;
  const [island, ...others] = eachJsonValue(text, () => {
    count += 1;
  });
  const isWhole = island && others.length === 0 && !island.isCut && text.slice(island.end).trim() === '';
  return isWhole === true && count > 0;
}

/** The last look: whatever detection still finds alive in the outcome goes, in any encoding. */
function netted(pass: Pass, text: string, context: Context, first: Edit[]): Edit[] {
  if (text.length < shortestToken) return first;
  const { ledger } = pass;
  let edits = first;
  for (let round = 0; round < 6; round += 1) {
    const current = applyEdits(text, edits);
    const { hits, problems } = detect(current, { key: context.name, limits: thorough });
    for (const { code, message } of problems) if (round === 0 && code !== 'limit-layers') ledger.leave(message);
    const live = hits.filter((hit) => isLive(hit) && !ledger.isKept(hit.token));
    if (live.length === 0) return compose(text, edits, structureEdits(pass, current, context, tokenPieces));
    const found = live.map((hit) => hitEdit(pass, current, hit, context));
    edits = compose(text, edits, inOrder(found));
  }
  // What hides so well that it comes back is not worth keeping.
  return [removal(0, text.length, context.bytes)];
}

const longestShape = 400;
/** Shorter texts are read as soon as they are looked up. */
const shortestClean = 64;
/** Shorter texts are as much of a program as what they stand in. */
const shortestProgram = 40;
/** Detection finds nothing shorter. */
const shortestToken = 16;

/** JSON in the midst of lines: their columns, headers and indentation tell beyond it. */
function isMixed(text: string): boolean {
  return !/^\s{0,20}(?:[{[]|\)\]\}')/.test(text) && hasInkBeforeBracket(text.slice(0, 1 << 16));
}

/** Whether a bracket stands on a line, no more than 400 characters behind something that is neither space nor a bracket. */
function hasInkBeforeBracket(text: string): boolean {
  let ink = -1;
  for (const { index, 0: found } of text.matchAll(/[{[]|[\r\n]+|[^\s{[]+/g)) {
    if (found === '{' || found === '[') {
      if (ink >= 0 && index - ink <= 401) return true;
      ink = -1;
    } else ink = found[0] === '\n' || found[0] === '\r' ? -1 : index + found.length - 1;
  }
  return false;
}

/** Too short or too plain to hold anything. */
function isDull(text: string): boolean {
  if (text.length < 8) return true;
  if (text.length > 200) return false;
  return (text.length <= 20 && /^[\w .,/-]*$/.test(text) && !text.includes('eyJ')) || !/[A-Za-z0-9]{2}/.test(text);
}

/** More control characters than a text has that some program marked up with them. */
function isNoise(text: string): boolean {
  const head = text.slice(0, 4096);
  return (head.match(/[\0-\x08\x0e-\x1f\x7f-\xa0]/g)?.length ?? 0) * 20 > head.length;
}

function first<T>(all: Iterable<T>): T | undefined {
  for (const one of all) return one;
  return undefined;
}

const none: Edit[] = [];

/** Arguments of one call are limited, elements of an array are not. */
function push(all: Edit[], more: readonly Edit[]): void {
  for (const edit of more) all.push(edit);
}

/** Edits belong to whoever got them, so they are moved in place. */
function moved(edits: Edit[], by: number): Edit[] {
  for (const edit of edits) {
    edit.start += by;
    edit.end += by;
  }
  return edits;
}

/** What lies before, between and after. */
function between(islands: readonly Island[], length: number): [number, number][] {
  const gaps: [number, number][] = [];
  let at = 0;
  for (const { start, end } of islands) {
    gaps.push([at, start]);
    at = end;
  }
  gaps.push([at, length]);
  return gaps.filter(([start, end]) => end > start);
}
