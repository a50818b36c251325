import { decode } from '../decode/decode.ts';
import { detect } from '../find/detect.ts';
import type { Hit } from '../model/token.ts';
import { createCleanTexts } from './clean-texts.ts';
import { type Context, plainContext, type Slot, type Structure } from './context.ts';
import { applyEdits, compose, type Edit, inOrder } from './edits.ts';
import type { Ledger } from './ledger.ts';
import { isPlaceholder, looksOpaque, removed, saysNothing } from './opaque-value.ts';
import { characterClass, runEnd, runStart } from './runs.ts';
import { isSafeToken, type KeptClaims, safeToken } from './safe-token.ts';
import { createSplitValues } from './split-values.ts';
import { authorization } from './structures/authorization.ts';
import { cookieHeader } from './structures/cookie-header.ts';
import { base64Runs } from './structures/encoded-runs.ts';
import { structures, wideStructures } from './structures/index.ts';
import { eachJsonValue, type Island } from './structures/json-values.ts';
import { programText } from './structures/program-text.ts';
import { protocols } from './structures/protocols.ts';
import { setCookie } from './structures/set-cookie.ts';
import { tokenPieces } from './structures/token-pieces.ts';
import { suspicionOf, wordsOf } from './suspicion.ts';

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
  const splits = createSplitValues();
  /** What several structures find again, each layer of encoding once more. */
  const clean = createCleanTexts();
  /** One session's token stands in every request. */
  const safeTokens = new Map<string, string>();
  return applyEdits(source, textEdits(source, { ...plainContext, bytes }));

  /** What goes from a value, by its name and by what it looks like. */
  function valueEdits(text: string, context: Context): Edit[] {
    const { name } = context;
    if (text === '') return [];
    if (name !== null && keep.has(name.toLowerCase())) {
      ledger.keep(text);
      return [];
    }
    if (context.isName) return nameEdits(text, context);
    if (context.isNumber) return numberEdits(text, context);
    const whole = name === null || !isWholeHeader(text, context) ? undefined : wholeValues.get(name.toLowerCase());
    if (whole) return netted(text, context, structureEdits(text, context, whole));
    const suspicion = context.suspicion ?? context.around;
    const isSecret =
      suspicion === 'certain' ? !saysNothing(text, name ?? '') : suspicion === 'likely' && looksOpaque(text);
    return isSecret ? secretEdits(text, context) : textEdits(text, context);
  }

  /** A name is only taken for a secret when it can be nothing else. */
  function nameEdits(text: string, context: Context): Edit[] {
    const longest = text.split(/[^A-Za-z0-9]/).sort((a, b) => b.length - a.length)[0] ?? '';
    const isSecret =
      context.held === 'cookie' &&
      suspicionOf(text, 'member') === null &&
      longest.length >= 16 &&
      /\d/.test(longest) &&
      looksOpaque(longest);
    return isSecret
      ? secretEdits(text, context)
      : text.length < 16
        ? []
        : textEdits(text, { ...context, isName: false });
  }

  /** Numbers stay, but for those that are typed in: PINs, passwords, one-time codes. */
  function numberEdits(text: string, context: Context): Edit[] {
    const last = wordsOf(context.name ?? '').at(-1) ?? '';
    if (context.suspicion !== 'certain' || !typedNumbers.has(last) || /^0+$/.test(text)) return [];
    ledger.count(context.held);
    return [{ start: 0, end: text.length, text: '0' }];
  }

  function secretEdits(text: string, context: Context): Edit[] {
    if (isPlaceholder(text) || isSafeToken(text.trim())) return [];
    const plain = { ...context, suspicion: null, isName: false, depth: context.depth + 1 };
    if (!context.isName && context.depth <= deepest) {
      const lead = text.length - text.trimStart().length;
      const isScheme = (first(authorization.slots(text, context))?.start ?? 0) > lead;
      if (isScheme) return structureEdits(text, plain, authorization);
      const inside = structuredEdits(text, { ...plain, around: 'likely' });
      if (inside) return inside;
    }
    return mixedEdits(text, context);
  }

  /** A value that is JSON as a whole, perhaps behind base64, is looked into; null for any other. */
  function structuredEdits(text: string, context: Context): Edit[] | null {
    if (/^\s*[[{]/.test(text)) {
      let count = 0;
      const [island, ...others] = eachJsonValue(text, () => {
        count += 1;
      });
      const isWhole = island && others.length === 0 && !island.isCut && text.slice(island.end).trim() === '';
      return isWhole && count > 0 ? textEdits(text, context) : null;
    }
    if (!/^(?:base64-)?(?:eyJ|ewo|eyA|W3s|W1s)/.test(text) || /[^\w+/=-]/.test(text)) return null;
    const slot = first(base64Runs.slots(text, context));
    if (!slot) return null;
    const inner = slot.codec?.decode(text.slice(slot.start, slot.end));
    return inner && /^\s*[[{]/.test(inner.text) && /[\]}]\s*$/.test(inner.text) ? slotEdits(text, slot, context) : null;
  }

  /** Tokens keep their structure; whatever else stands in the value goes. */
  function mixedEdits(text: string, context: Context): Edit[] {
    const edits: Edit[] = [];
    let at = 0;
    const drop = (start: number, end: number) => {
      const between = text.slice(start, end);
      const lead = runEnd(between, 0, dividers);
      const held = between.slice(lead, runStart(between, between.length, dividers, lead));
      if (isPlaceholder(held)) return;
      if (context.suspicion === 'certain') ledger.remember(held);
      edits.push(removal(start + lead, start + lead + held.length, context.bytes));
      ledger.count(context.name === 'private key' ? 'key' : context.isName ? 'cookie' : context.held);
    };
    for (const { token, form, offset } of plainHits(text, context)) {
      if (offset < at) continue;
      const end = offset + token.length;
      drop(at, offset);
      if (!isSafeToken(token)) edits.push(tokenEdit(offset, token, form, context.bytes));
      at = end;
    }
    drop(at, text.length);
    return edits;
  }

  function plainHits(text: string, { name, bytes }: Context): Hit[] {
    if (bytes || text.length < 24) return [];
    return detect(text, { key: name })
      .hits.filter(({ token, form, offset }) => form.startsWith('jws') && text.startsWith(token, offset))
      .sort((a, b) => a.offset - b.offset);
  }

  function tokenEdit(start: number, token: string, form: Hit['form'], bytes: boolean): Edit {
    ledger.count('token');
    if (bytes || token.length > longestKept) return removal(start, start + token.length, bytes);
    const known = safeTokens.get(token);
    if (known !== undefined) return { start, end: start + token.length, text: known };
    const clean = (json: string) => (claims === 'all' ? applyEdits(json, textEdits(json, plainContext)) : json);
    const text = safeToken(decode(token, form), claims, clean);
    if (safeTokens.size < 1000 && token.length < 1 << 14) safeTokens.set(token, text);
    return { start, end: start + token.length, text };
  }

  /** What goes from a text of which nothing is known but itself. */
  function textEdits(text: string, context: Context): Edit[] {
    if (isDull(text) && !splits.isOpen() && !ledger.mayKnow(text)) return none;
    if (context.depth > deepest) {
      ledger.count('text');
      return [removal(0, text.length, context.bytes)];
    }
    const goesOn = context.shape === '' ? 0 : splits.goesOn(context.shape, text);
    if (goesOn > 0) {
      ledger.count('token');
      return netted(text, context, [removal(0, goesOn, context.bytes)]);
    }
    if (text.length < shortestClean) return netted(text, context, partEdits(text, context));
    const { name, around, bytes } = context;
    const place = `${name ?? ''} ${around ?? ''} ${bytes} `;
    if (clean.has(place + text)) return none;
    const edits = netted(text, context, partEdits(text, context));
    // What is left counts as clean; that it is so the next pass makes sure.
    clean.add(place + applyEdits(text, edits));
    return edits;
  }

  function partEdits(text: string, outer: Context): Edit[] {
    const context = text.length < shortestProgram ? outer : { ...outer, isProgram: programText(text) };
    const wide = isMixed(text) ? flatEdits(text, context, wideStructures) : none;
    const current = applyEdits(text, wide);
    const edits: Edit[] = [];
    const islands = eachJsonValue(current, (slot) => push(edits, slotEdits(current, slot, context)));
    for (const [start, end] of between(islands, current.length)) {
      const gap = current.slice(start, end);
      if (!isDull(gap) || ledger.mayKnow(gap)) push(edits, moved(flatEdits(gap, context, structures), start));
    }
    return compose(text, wide, inOrder(edits));
  }

  /** Everything but JSON: one structure after the other, each on what the ones before left. */
  function flatEdits(text: string, context: Context, all: readonly Structure[]): Edit[] {
    let edits: Edit[] = [];
    let current = text;
    for (const structure of all) {
      const more = structureEdits(current, context, structure);
      if (more.length === 0) continue;
      edits = compose(text, edits, more);
      current = applyEdits(text, edits);
    }
    const known = ledger.knownIn(current).map(({ start, end }) => removal(start, end, context.bytes));
    return known.length > 0 ? compose(text, edits, known) : edits;
  }

  function structureEdits(text: string, context: Context, structure: Structure): Edit[] {
    const { signs } = structure;
    if (signs.length > 0 && !signs.some((sign) => text.includes(sign))) return none;
    const edits: Edit[] = [];
    for (const slot of structure.slots(text, context)) push(edits, slotEdits(text, slot, context));
    return inOrder(edits);
  }

  function slotEdits(text: string, slot: Slot, outer: Context): Edit[] {
    const { start, end, codec, at, isText } = slot;
    const raw = text.slice(start, end);
    const around = slot.around ?? outer.around;
    const suspicion = slot.suspicion ?? null;
    if (!suspicion && !around && isDull(raw) && !splits.isOpen() && !ledger.mayKnow(raw)) return none;
    const decoded = codec?.decode(raw) ?? null;
    if (decoded?.unread) ledger.leave(decoded.unread);
    if (isText && decoded?.bytes && isNoise(decoded.text)) ledger.leave('A body that is said to be text is not.');
    if (decoded ? decoded.text === raw : slot.isEncoded) return none;
    const context: Context = {
      name: slot.name ?? null,
      held: slot.held ?? 'text',
      suspicion,
      around,
      isNumber: slot.isNumber === true,
      isName: slot.isName === true,
      bytes: decoded ? decoded.bytes === true : outer.bytes,
      isProgram: outer.isProgram,
      depth: outer.depth + 1,
      shape: at === undefined || outer.shape.length > longestShape ? outer.shape : `${outer.shape} ${at}`,
    };
    const inside = decoded?.text ?? raw;
    const edits = valueEdits(inside, context);
    if (!decoded || edits.length === 0) return moved(edits, start);
    const { sourceOf, encode } = decoded;
    if (!sourceOf) return [{ start, end, text: encode(applyEdits(inside, edits)) }];
    return edits.map((edit) => ({
      start: start + sourceOf(edit.start),
      end: start + sourceOf(edit.end),
      text: encode(edit.text),
    }));
  }

  /** The last look: whatever detection still finds alive in the outcome goes, in any encoding. */
  function netted(text: string, context: Context, first: Edit[]): Edit[] {
    if (text.length < shortestToken) return first;
    let edits = first;
    for (let round = 0; round < 6; round += 1) {
      const current = applyEdits(text, edits);
      const { hits, problems } = detect(current, { key: context.name, limits: thorough });
      for (const { code, message } of problems) if (round === 0 && code !== 'limit-layers') ledger.leave(message);
      const live = hits.filter((hit) => isLive(hit) && !ledger.isKept(hit.token));
      if (live.length === 0) return compose(text, edits, structureEdits(current, context, tokenPieces));
      edits = compose(text, edits, inOrder(live.flatMap((hit) => hitEdits(current, hit, context))));
    }
    // What hides so well that it comes back is not worth keeping.
    return [removal(0, text.length, context.bytes)];
  }

  function hitEdits(text: string, { token, form, offset }: Hit, context: Context): Edit[] {
    if (text.startsWith(token, offset)) return [tokenEdit(offset, token, form, context.bytes)];
    const at = text.indexOf(token);
    if (at >= 0) return [tokenEdit(at, token, form, context.bytes)];
    ledger.count('token');
    // Written in some encoding: the whole run that holds it goes.
    return [removal(offset, Math.max(runEnd(text, offset, encoded), offset + 1), context.bytes)];
  }
}

const encoded = characterClass('\\w+/=%~.*\\\\&;#-', 1);
/** What stands between the parts of a mixed value. */
const dividers = characterClass('\\s|;,:&"\'', 1);
const longestShape = 400;
/** Shorter texts are read as soon as they are looked up. */
const shortestClean = 64;
/** Shorter texts are as much of a program as what they stand in. */
const shortestProgram = 40;
/** JSON in the midst of lines: their columns, headers and indentation tell beyond it. */
function isMixed(text: string): boolean {
  return /[^\s{[][^\r\n{[]{0,400}[{[]/.test(text.slice(0, 1 << 16)) && !/^\s{0,20}(?:[{[]|\)\]\}')/.test(text);
}

/** Longer tokens keep nothing of their structure. */
const longestKept = 1 << 16;

/** Headers whose value has a shape of its own. */
const wholeValues = new Map<string, Structure>(
  Object.entries({
    cookie: cookieHeader,
    cookie2: cookieHeader,
    'set-cookie': setCookie,
    'set-cookie2': setCookie,
    authorization,
    'proxy-authorization': authorization,
    'sec-websocket-protocol': protocols,
  }),
);

/** `cookie` in a sentence is only a word. */
function isWholeHeader(text: string, { held, name, suspicion }: Context): boolean {
  if (suspicion === 'likely' && held !== 'header') return /[=\s]/.test(text);
  return held !== 'text' || !/^cookie2?$/i.test(name ?? '') || text.includes('=');
}

const typedNumbers = new Set([
  'pin',
  'otp',
  'totp',
  'passcode',
  'password',
  'passwd',
  'pwd',
  'cvv',
  'cvc',
  'sid',
  'code',
  'secret',
]);

/** False for what was redacted already. */
export function isLive({ token, note }: Hit): boolean {
  return note !== 'token-redacted' && !token.startsWith(removed);
}

/** Too short or too plain to hold anything. */
function isDull(text: string): boolean {
  if (text.length < 8) return true;
  if (text.length > 200) return false;
  return (text.length <= 20 && /^[\w .,/-]*$/.test(text) && !text.includes('eyJ')) || !/[A-Za-z0-9]{2}/.test(text);
}

function first<T>(all: Iterable<T>): T | undefined {
  for (const one of all) return one;
  return undefined;
}

const none: Edit[] = [];
/** Detection finds nothing shorter. */
const shortestToken = 16;

/** More control characters than a text has that some program marked up with them. */
function isNoise(text: string): boolean {
  const head = text.slice(0, 4096);
  return (head.match(/[\0-\x08\x0e-\x1f\x7f-\xa0]/g)?.length ?? 0) * 20 > head.length;
}

function removal(start: number, end: number, bytes: boolean): Edit {
  if (!bytes) return { start, end, text: removed };
  // As long as what it stands for, so that lengths and offsets in binary data still fit.
  const length = end - start;
  return { start, end, text: length < removed.length ? '*'.repeat(length) : removed.padEnd(length, '*') };
}

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
