import { contained, unitFailed } from './contain.ts';
import type { Encoding } from './encodings/encoding.ts';
import { encodings as allEncodings } from './encodings/index.ts';
import { hasCompressedString, startsCompressed } from './encodings/signs.ts';
import { isWholeSignature } from './forms/compact.ts';
import { type Candidate, type Form, isTokenKey, type Match, type Start } from './forms/form.ts';
import { forms as allForms } from './forms/index.ts';
import { isObject, type JsonFrame, jsonPath, parseJson, unescapeJson, walkJson } from './json.ts';
import { limits as standardLimits } from './limits.ts';
import type { Hit, JsonObject, Problem } from './model.ts';
import { findTriggers, leadLength, startsOf, type Trigger } from './scan.ts';

export interface Detection {
  hits: Hit[];
  /** Budgets that were reached, and parts that failed (`unit-failed`): there may be tokens that are not listed. */
  problems: Problem[];
}

export interface DetectOptions {
  /** Name the text is kept under (storage key, cookie, parameter); some notes depend on it. */
  key?: string | null;
  limits?: Partial<Record<keyof typeof standardLimits, number>>;
  forms?: readonly Form[];
  encodings?: readonly Encoding[];
}

/** A text being searched, and how it was come by. */
interface Layer {
  text: string;
  depth: number;
  encodings: string[];
  path: string;
  key: string | null;
  /** Offset in the outermost text of this text's first character, or of the run it was decoded from. */
  base: number;
  /** True when offsets within this text are offsets in the outermost one. */
  isExact: boolean;
  /** Characters that were looked for in the text, and whether they are there. */
  signs: Map<string, boolean>;
}

/**
 * Finds every token in a text, peeling the encodings around it, in time linear in its length. Never throws; a form or an
 * encoding that fails is passed over and named in `problems`.
 * `offset` of a hit is where the outermost run that holds it starts.
 */
export function detect(text: string, options: DetectOptions = {}): Detection {
  const { forms = allForms, encodings = allEncodings } = options;
  const limits = { ...standardLimits, ...options.limits };
  const allowance = Math.max(1, Math.ceil(text.length / (1 << 20)));
  const hits: Hit[] = [];
  const problems = new Map<string, Problem>();
  let candidatesLeft = limits.candidates * allowance;
  let charactersLeft = limits.decodedCharacters * allowance;
  /** Decoded texts that hold nothing, and how deep they were. Many ways of decoding lead to one text. */
  const fruitless = new Map<string, number>();

  contained('search', 'tokens', false, fail, () =>
    search({
      text,
      depth: 0,
      encodings: [],
      path: '',
      key: options.key ?? null,
      base: 0,
      isExact: true,
      signs: new Map(),
    }),
  );
  return { hits, problems: [...problems.values()] };

  /** Returns whether anything was found. */
  function search(layer: Layer): boolean {
    const before = hits.length;
    const triggers = findTriggers(layer.text, isTokenKey(layer.key));
    const isDocument = (triggers.length > 0 || mayHideTokens(layer.text)) && searchDocument(layer, triggers);
    if (!isDocument) {
      if (triggers.length > 0) searchFlat(layer, triggers);
      else searchWhole(layer);
      if (hits.length === before && isTokenKey(layer.key)) searchValue(layer);
    }
    return hits.length > before;
  }

  /** Encodings that only a whole value can have. */
  function searchWhole(layer: Layer) {
    if (startsCompressed(layer.text, 0)) peelAt(layer, 0, ['deflate', 'lz-string']);
  }

  /** What is a credential only because of the name it is kept under. */
  function searchValue(layer: Layer) {
    const { text, key } = layer;
    const candidate = { text, start: text.length - text.trimStart().length, header: null, headerEnd: 0, key };
    const match = text.length <= limits.headerCharacters ? firstMatch('value', candidate) : null;
    if (match) report(layer, match, '');
  }

  /** JSON: looks into the strings that hold triggers. False when the text is not JSON. */
  function searchDocument(layer: Layer, triggers: Trigger[]): boolean {
    if (!/^\s*[[{"]/.test(layer.text)) return false;
    const { text } = layer;
    const isShort = text.length <= limits.headerCharacters;
    const found: { layer: Layer; objects: { start: number; path: string }[] }[] = [];
    let next = 0;
    const end = walkJson(text, {
      string(start, stop, stack) {
        while (next < triggers.length && (triggers[next] as Trigger).at < start) next += 1;
        const frame = stack[stack.length - 1];
        const isTriggered = next < triggers.length && (triggers[next] as Trigger).at < stop;
        const isHidden = !isTriggered && startsCompressed(text, start);
        if (!isTriggered && !isHidden && (!isShort || stop - start < 20)) return;
        const key = frame?.kind === 'object' ? unescapeJson(text.slice(frame.nameStart, frame.nameEnd)) : layer.key;
        if (!isTriggered && !isHidden && !isTokenKey(key)) return;
        const raw = text.slice(start, stop);
        const inner = unescapeJson(raw);
        found.push({
          objects: memberOfToken.has(key ?? '') ? enclosing(text, stack) : [],
          layer: {
            text: inner,
            // A string without escapes needs no decoding, so it uses up no layer.
            depth: layer.depth + (inner === raw ? 0 : 1),
            encodings: [...layer.encodings, 'json-string'],
            path: join(layer.path, jsonPath(text, stack)),
            key,
            base: layer.isExact ? layer.base + start : layer.base,
            isExact: layer.isExact && inner.length === raw.length,
            signs: new Map(),
          },
        });
      },
    });
    if (end < 0 || text.slice(end).trim() !== '') return false;
    let done = -1;
    for (const { layer: inner, objects } of found) {
      if (inner.isExact && inner.base < done) continue;
      const after = objects
        .map((object) => objectToken(layer, object.start, object.path))
        .find((stop) => stop !== null);
      if (after !== undefined && after !== null) {
        done = after;
        continue;
      }
      if (inner.depth > limits.layers)
        note('layers', `Something lies deeper than ${limits.layers} encodings and was not looked at.`);
      else search(inner);
    }
    return true;
  }

  /** A token in JSON form that starts here; returns the outermost offset after it. */
  function objectToken(layer: Layer, start: number, path: string): number | null {
    if (candidatesLeft <= 0)
      return note('candidates', 'Too many encoded texts in one value; the rest was not decoded.');
    candidatesLeft -= 1;
    const end = walkJson(layer.text, {}, start);
    if (end < 0) return null;
    const token = layer.text.slice(start, end);
    const object = parseJson(token);
    if (!isObject(object)) return null;
    const match = firstMatch('object', { text: token, start: 0, header: object, headerEnd: 0, key: layer.key });
    if (!match) return null;
    report(layer, { ...match, start, end }, path);
    return layer.base + end;
  }

  /** The token in JSON form that a string at `at` is a member of, where the text around is not JSON. */
  function objectAround(layer: Layer, at: number): number | null {
    if (!member.test(layer.text.slice(Math.max(0, at - 40), at))) return null;
    const from = Math.max(0, at - limits.headerCharacters);
    const before = layer.text.slice(from, at);
    let brace = before.length;
    for (let tries = 0; tries < 4 && brace > 0; tries += 1) {
      brace = before.lastIndexOf('{', brace - 1);
      if (brace < 0) return null;
      const after = objectToken(layer, from + brace, '');
      if (after !== null) return layer.isExact ? after - layer.base : layer.text.length;
    }
    return null;
  }

  function searchFlat(layer: Layer, triggers: Trigger[]) {
    let done = 0;
    for (const trigger of triggers) {
      if (trigger.at < done) continue;
      if (hits.length >= limits.hits) {
        note('hits', `More than ${limits.hits} tokens; the rest was not listed.`);
        return;
      }
      done = Math.max(done, trigger.kind === 'header' ? headerTrigger(layer, trigger) : runTrigger(layer, trigger));
    }
  }

  /** Returns the offset after what was dealt with. */
  function headerTrigger(layer: Layer, { at, dot, header }: Trigger & { kind: 'header' }): number {
    const { text } = layer;
    if (text.charCodeAt(at - 3) === 0x25) {
      const after = peelAt(layer, at, ['percent']);
      if (after !== null) return after;
    }
    const match = firstMatch('header', { text, start: at, header, headerEnd: dot, key: layer.key });
    if (match && isBreak(text.charCodeAt(match.end)) && !endsWhole(text, match, header)) {
      const after = peelAt(layer, at, ['line-wrap']);
      if (after !== null) return after;
    }
    if (!match) {
      const after = peelAt(layer, dot, ['percent', 'html-entities', 'json-string', 'line-wrap']);
      return after ?? dot;
    }
    report(layer, match, nameBefore(text, match.start));
    return match.end;
  }

  function runTrigger(layer: Layer, { at, end }: Trigger & { kind: 'run' }): number {
    const { text } = layer;
    const starts = startsOf(text, at, end);
    for (const start of [at - leadLength(text, at), ...starts]) {
      const match = firstMatch('run', { text, start, header: null, headerEnd: 0, key: layer.key });
      if (!match) continue;
      report(layer, match, nameBefore(text, match.start));
      return match.end;
    }
    const object = objectAround(layer, at);
    if (object !== null) return object;
    const escaped = peelAt(layer, end - 1, ['percent', 'html-entities', 'json-string']);
    if (escaped !== null) return escaped;
    for (const from of starts) {
      const after = peelAt(layer, from, ['base64', 'lz-string']);
      if (after !== null) return after;
    }
    const wrapped = peelAt(layer, at, ['line-wrap']);
    return wrapped ?? at;
  }

  /** Undoes the first of these encodings that brings a token to light; returns the offset after the stretch. */
  function peelAt(layer: Layer, at: number, ids: string[]): number | null {
    for (const id of ids) {
      const encoding = encodings.find((one) => one.id === id);
      if (!encoding) continue;
      if (candidatesLeft <= 0)
        return note('candidates', 'Too many encoded texts in one value; the rest was not decoded.');
      if (charactersLeft <= 0)
        return note('decodedCharacters', 'Too much encoded text in one value; the rest was not decoded.');
      const sign = signs[id];
      if (sign !== undefined && !has(layer, sign)) continue;
      const most = sign ? Math.min(charactersLeft, 1 << 16) : charactersLeft;
      const peeled = contained('encoding', id, null, fail, () => encoding.peel(layer.text, at, most));
      if (!peeled) {
        if (sign !== undefined) candidatesLeft -= 1;
        continue;
      }
      if (layer.depth >= limits.layers)
        return note('layers', `Something lies deeper than ${limits.layers} encodings and was not looked at.`);
      const known = `${layer.key ?? ''} ${peeled.text}`;
      if ((fruitless.get(known) ?? layer.depth + 1) <= layer.depth) continue;
      candidatesLeft -= 1;
      charactersLeft -= peeled.text.length;
      const found = search({
        text: peeled.text,
        depth: layer.depth + 1,
        encodings: [...layer.encodings, id],
        path: join(layer.path, nameBefore(layer.text, peeled.start)),
        key: layer.key,
        base: layer.isExact ? layer.base + peeled.start : layer.base,
        isExact: false,
        signs: new Map(),
      });
      if (found) return peeled.end;
      fruitless.set(known, layer.depth);
    }
    return null;
  }

  function report(layer: Layer, { form, start, end, confidence, note }: Match, path: string) {
    hits.push({
      form,
      token: layer.text.slice(start, end),
      offset: layer.isExact ? layer.base + start : layer.base,
      encodings: layer.encodings,
      path: join(layer.path, path),
      confidence: layer.encodings.includes('line-wrap') ? 'possible' : confidence,
      note,
    });
  }

  function firstMatch(startsAt: Start, candidate: Candidate): Match | null {
    for (const form of forms) {
      if (!form.startsAt.includes(startsAt)) continue;
      // As `contained` does it; this is run for every candidate, and a closure each costs.
      try {
        const match = form.match?.(candidate);
        if (match) return match;
      } catch (error) {
        fail(unitFailed('form', form.id, error));
      }
    }
    return null;
  }

  function fail(problem: Problem) {
    problems.set(problem.subject ?? '', problem);
  }

  function note(limit: keyof typeof standardLimits, message: string): null {
    if (!problems.has(limit))
      problems.set(limit, {
        code: `limit-${limit.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
        message,
      });
    return null;
  }
}

/** What these encodings cannot do without; looking for it once spares looking around every place. */
const signs: Record<string, string> = {
  percent: '%',
  'html-entities': '&',
  'json-string': '\\',
  'line-wrap': '\n',
};

function has(layer: Layer, sign: string): boolean {
  const known = layer.signs.get(sign) ?? layer.text.includes(sign);
  layer.signs.set(sign, known);
  return known;
}

/** Members that only tokens in JSON form have together. */
const memberOfToken = new Set(['payload', 'protected', 'signature', 'ciphertext', 'tag', 'encrypted_key']);

/** Objects around the value being read, the outermost of the nearest three first. */
function enclosing(text: string, stack: readonly JsonFrame[]): { start: number; path: string }[] {
  const found: { start: number; path: string }[] = [];
  for (let depth = Math.max(0, stack.length - 3); depth < stack.length; depth += 1) {
    const frame = stack[depth] as JsonFrame;
    if (frame.kind === 'object') found.push({ start: frame.start, path: jsonPath(text, stack.slice(0, depth)) });
  }
  return found;
}

/** JSON is looked through without a trigger when it is short and a name in it speaks of tokens, or a string is compressed. */
function mayHideTokens(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first > 0x20 && first !== 0x7b && first !== 0x5b && first !== 0x22) return false;
  return (text.length <= standardLimits.headerCharacters && /token/i.test(text)) || hasCompressedString(text);
}

const member = /"(?:payload|protected|signature|ciphertext|tag|encrypted_key)"\s*:\s*"$/;

const parameter = /([?&#;]?)([\w.[\]-]{1,64})=$/;

/** `?name` or `#name` when a parameter's name stands right before. */
function nameBefore(text: string, at: number): string {
  if (text.charCodeAt(at - 1) !== 0x3d) return '';
  const found = parameter.exec(text.slice(Math.max(0, at - 80), at));
  if (!found) return '';
  const from = at - found[0].length;
  const hash = found[1] === '#' || (found[1] === '&' && isInFragment(text, from));
  return `${hash ? '#' : '?'}${found[2]}`;
}

function isInFragment(text: string, at: number): boolean {
  for (let from = at; from > 0 && at - from < 4096; from -= 1) {
    const char = text.charAt(from);
    if (char === '#') return true;
    if (char === '?' || char <= ' ') return false;
  }
  return false;
}

/** The signature has the length its algorithm asks for, so the token does not go on in the next line. */
function endsWhole(text: string, { start, end }: Match, header: JsonObject): boolean {
  const dot = text.lastIndexOf('.', end - 1);
  return dot > start && isWholeSignature(text.slice(dot + 1, end), header);
}

function isBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

function join(outer: string, inner: string): string {
  return outer && inner ? `${outer} ${inner}` : outer || inner;
}
