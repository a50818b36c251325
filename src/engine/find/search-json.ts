import { isTokenKey } from '../decode/forms/form.ts';
import { membersOfTokens, passwordsOfTokens } from '../decode/forms/index.ts';
import { isObject, type JsonFrame, jsonPath, parseJson, unescapeJson, walkJson } from '../text/json.ts';
import { jsonString } from './encodings/json-string.ts';
import { startsCompressed } from './encodings/signs.ts';
import { firstMatch, joinPaths, type Layer, mayDecode, type Pass, report, tooDeep } from './search-pass.ts';
import type { Trigger } from './triggers.ts';

/** A string of a JSON text that is worth a search, and the objects it may be a member of a token in. */
interface FoundString {
  layer: Layer;
  objects: { start: number; path: string }[];
  /** A password alone: nothing in it is looked for. */
  isPassword: boolean;
}

/** JSON: looks into the strings that hold triggers. False when the text is not JSON. */
export function searchJson(pass: Pass, layer: Layer, triggers: readonly Trigger[]): boolean {
  if (!/^\s*[[{"]/.test(layer.text)) return false;
  const found = stringsToSearch(pass, layer, triggers);
  if (!found) return false;
  let done = -1;
  for (const { layer: inner, objects, isPassword } of found) {
    if (inner.isExact && inner.base < done) continue;
    const after = outermostToken(pass, layer, objects);
    if (after !== null) done = after;
    else if (isPassword) continue;
    else if (inner.depth > pass.limits.layers) tooDeep(pass);
    else pass.search(inner);
  }
  return true;
}

/** Shorter strings hold no token, whatever they are called. */
const leastCharacters = 20;

/** Null when the text is not JSON. */
function stringsToSearch(pass: Pass, layer: Layer, triggers: readonly Trigger[]): FoundString[] | null {
  const { text } = layer;
  const isShort = text.length <= pass.limits.headerCharacters;
  const found: FoundString[] = [];
  let next = 0;
  const end = walkJson(text, {
    // A token may be the name of a member.
    member(start, stop, stack) {
      while (next < triggers.length && (triggers[next] as Trigger).at < start) next += 1;
      if (next >= triggers.length || (triggers[next] as Trigger).at >= stop) return;
      found.push({ ...stringAt(layer, start, stop, stack.slice(0, -1), null), isPassword: false });
    },
    string(start, stop, stack) {
      while (next < triggers.length && (triggers[next] as Trigger).at < start) next += 1;
      const isTriggered = next < triggers.length && (triggers[next] as Trigger).at < stop;
      const isSuspect = isTriggered || startsCompressed(text, start);
      if (!isSuspect && (!isShort || stop - start < leastCharacters)) return;
      const key = nameOf(text, stack) ?? layer.key;
      const isSearched = isSuspect || isTokenKey(key);
      if (isSearched || passwordsOfTokens.has(key ?? ''))
        found.push({ ...stringAt(layer, start, stop, stack, key), isPassword: !isSearched });
    },
  });
  return end < 0 || text.slice(end).trim() !== '' ? null : found;
}

function nameOf(text: string, stack: readonly JsonFrame[]): string | null {
  const frame = stack[stack.length - 1];
  return frame?.kind === 'object' ? unescapeJson(text.slice(frame.nameStart, frame.nameEnd)) : null;
}

function stringAt(
  layer: Layer,
  start: number,
  stop: number,
  stack: readonly JsonFrame[],
  key: string | null,
): Omit<FoundString, 'isPassword'> {
  const raw = layer.text.slice(start, stop);
  const text = unescapeJson(raw);
  return {
    objects: membersOfTokens.has(key ?? '') ? enclosing(layer.text, stack) : [],
    layer: {
      text,
      // A string without escapes needs no decoding, so it uses up no layer.
      depth: layer.depth + (text === raw ? 0 : 1),
      encodings: [...layer.encodings, jsonString.id],
      path: joinPaths(layer.path, jsonPath(layer.text, stack)),
      key,
      base: layer.isExact ? layer.base + start : layer.base,
      isExact: layer.isExact && text.length === raw.length,
      isGuess: layer.isGuess,
      signs: null,
      decoded: 0,
      barren: null,
    },
  };
}

/** Objects around the value being read, the outermost of the nearest three first. */
function enclosing(text: string, stack: readonly JsonFrame[]): { start: number; path: string }[] {
  const found: { start: number; path: string }[] = [];
  for (let depth = Math.max(0, stack.length - 3); depth < stack.length; depth += 1) {
    const frame = stack[depth] as JsonFrame;
    if (frame.kind === 'object') found.push({ start: frame.start, path: jsonPath(text, stack.slice(0, depth)) });
  }
  return found;
}

/** The first of these objects that is a token in JSON form; those within it are parts of it. */
function outermostToken(pass: Pass, layer: Layer, objects: FoundString['objects']): number | null {
  for (const { start, path } of objects) {
    const after = objectToken(pass, layer, start, path);
    if (after !== null) return after;
  }
  return null;
}

/** A token in JSON form that starts here; returns the outermost offset after it. */
function objectToken(pass: Pass, layer: Layer, start: number, path: string): number | null {
  if (!mayDecode(pass)) return null;
  pass.candidatesLeft -= 1;
  const end = walkJson(layer.text, {}, start);
  if (end < 0) return null;
  const token = layer.text.slice(start, end);
  const object = parseJson(token);
  if (!isObject(object)) return null;
  const match = firstMatch(pass, 'object', { text: token, start: 0, header: object, headerEnd: 0, key: layer.key });
  if (!match) return null;
  report(pass, layer, { ...match, start, end }, path);
  return layer.base + end;
}

const openMember = new RegExp(`"(?:${[...membersOfTokens].join('|')})"\\s*:\\s*"$`);

/** The token in JSON form that a string at `at` is a member of, where the text around is not JSON. */
export function objectAround(pass: Pass, layer: Layer, at: number): number | null {
  if (!openMember.test(layer.text.slice(Math.max(0, at - 40), at))) return null;
  const from = Math.max(0, at - pass.limits.headerCharacters);
  const before = layer.text.slice(from, at);
  let brace = before.length;
  for (let tries = 0; tries < 4 && brace > 0; tries += 1) {
    brace = before.lastIndexOf('{', brace - 1);
    if (brace < 0) return null;
    const after = objectToken(pass, layer, from + brace, '');
    if (after !== null) return layer.isExact ? after - layer.base : layer.text.length;
  }
  return null;
}
