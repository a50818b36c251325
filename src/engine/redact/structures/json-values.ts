import type { Slot } from '../context.ts';
import { suspicionOf } from '../suspicion.ts';
import { addNumber, addString, closeFrame, type Frame, type JsonSource, nameMember, openFrame } from './json-frames.ts';
import { afterDivider, afterScalar, endsString, joinedStringEnd, nextPiece, stringEnd } from './loose-json.ts';
import { nameBefore } from './name-before.ts';

/** Where JSON stands in a text; `isCut` when the text ends inside of it. */
export interface Island {
  start: number;
  end: number;
  isCut: boolean;
}

/**
 * Finds JSON wherever it stands in a text, whole or not: behind a guard (`)]}'`), in lines, in the frames of socket.io,
 * with commas too many, cut off. Each string is handed on with all that its surroundings say of it. Linear.
 */
export function eachJsonValue(text: string, take: (slot: Slot) => void): Island[] {
  const islands: Island[] = [];
  const isSecretKind = /"kind"\s{0,8}:\s{0,8}"(?:Sealed)?Secret"/.test(text);
  opening.lastIndex = 0;
  for (let found = opening.exec(text); found; found = opening.exec(text)) {
    const outer = nameBefore(text, found.index);
    const around = outer !== null && suspicionOf(outer, 'text') ? 'likely' : null;
    const { values, ...island } = walk({ text, outer, around, isSecretKind, take }, found.index);
    if ((values > 0 || island.isCut) && !isSubscript(text, found.index, island.end)) islands.push(island);
    opening.lastIndex = Math.max(island.end, found.index + 1);
  }
  return islands;
}

/** `session["token"] = …`, `["token"]=>`: the name of what follows, and no list. */
function isSubscript(text: string, start: number, end: number): boolean {
  if (end - start > 100 || text.charCodeAt(start) !== 0x5b) return false;
  subscript.lastIndex = end;
  return /^\[["'][^"']{1,90}["']\]$/.test(text.slice(start, end)) && subscript.test(text);
}

const subscript = /\s{0,8}(?:=>|=(?!=)|:)/y;

/** Brackets inside one another that are followed. What lies deeper is searched as text. */
const deepest = 400;

const space = '(?:[\\s+]|\\ndata:){0,200}';
/** A bracket that something of JSON follows, or a text in quotes that is all there is. */
const opening = new RegExp(
  `\\[(?=${space}(?:["{[\\]}\\d-]|/[*/]|[bru]?'))|\\{(?=${space}(?:["}]|/[*/]|[bru]?'))|"(?<=^[\\s\\ufeff]{0,20}")`,
  'g',
);

/** Where a walk through JSON has come to. */
interface Walk {
  source: JsonSource;
  from: number;
  at: number;
  top: Frame | null;
  /** Names and strings so far. */
  values: number;
  /** Up to here it is JSON whatever comes. */
  clean: number;
}

type Walked = Island & { values: number };

function walk(source: JsonSource, from: number): Walked {
  const state: Walk = { source, from, at: from, top: null, values: 0, clean: from };
  for (;;) {
    state.at = nextPiece(source.text, state.at, state.top !== null);
    const walked = step(state, source.text.charCodeAt(state.at));
    if (walked) return walked;
  }
}

/** Goes past the piece that begins with `code`; answers when the walk is over. */
function step(state: Walk, code: number): Walked | null {
  switch (code) {
    case 0x22: // "
    case 0x27: // '
      return passString(state, code);
    case 0x5b: // [
    case 0x7b: // {
      return passOpening(state, code === 0x5b);
    case 0x5d: // ]
    case 0x7d: // }
      return passClosing(state, code === 0x5d);
    case 0x2c: // ,
      state.at += 1;
      state.clean = state.at;
      return null;
    default:
      return passScalar(state, code);
  }
}

function passString(state: Walk, code: number): Walked | null {
  const { source, from, top } = state;
  const { text } = source;
  const start = state.at + 1;
  const end = top ? joinedStringEnd(text, start, code) : stringEnd(text, start, code);
  if (!top && !endsString(text, end + 1)) return { start: from, end: state.at, isCut: false, values: 0 };
  state.values += 1;
  const named = top ? afterDivider(text, end + 1) : null;
  if (top && named !== null) {
    nameMember(source, top, start, end);
    state.at = named;
    return null;
  }
  addString(source, top, start, end);
  state.at = end + 1;
  return top
    ? null
    : { start: from, end: Math.min(end + 1, text.length), isCut: end >= text.length, values: state.values };
}

function passOpening(state: Walk, isArray: boolean): Walked | null {
  if (state.top && state.top.depth >= deepest) return broken(state);
  state.top = openFrame(state.source, state.top, isArray);
  state.at += 1;
  state.clean = state.at;
  return null;
}

function passClosing(state: Walk, isArray: boolean): Walked | null {
  const { source, from, top, values } = state;
  if (!top || top.isArray !== isArray) return broken(state);
  closeFrame(source, top);
  state.top = top.parent;
  state.at += 1;
  return state.top ? null : { start: from, end: state.at, isCut: false, values };
}

function passScalar(state: Walk, code: number): Walked | null {
  const end = afterScalar(state.source.text, state.at);
  if (end === null) return broken(state);
  // No letter: a number, or what stands for one.
  if (code < 0x41) addNumber(state.source, state.top, state.at, end);
  state.at = end;
  return null;
}

/** The text is no JSON from here on, or ends. */
function broken({ source, from, at, top, values, clean }: Walk): Walked {
  const isCut = at >= source.text.length;
  for (let frame = top; frame; frame = frame.parent) closeFrame(source, frame, isCut ? 'certain' : 'likely');
  return { start: from, end: isCut ? source.text.length : clean, isCut, values };
}
