import { privateKeyMembers } from '../../text/private-key-members.ts';
import { base64 } from '../codecs/base64.ts';
import { jsonString } from '../codecs/json-string.ts';
import type { Slot } from '../context.ts';
import { type Held, type Suspicion, suspicionOf } from '../suspicion.ts';
import { nameBefore } from './name-before.ts';
import { contents, labels } from './names-and-contents.ts';

/** Members of a JSON Web Key that are secret (RFC 7518 §6.2.2, §6.3.2, §6.4.1). */
const privateMembers = new Set([...privateKeyMembers, 'priv']);

/** Media types of texts. */
const textual =
  /^(?:text\\?\/|application\\?\/(?:[\w.-]{1,40}\+)?(?:json|javascript|xml|x-www-form-urlencoded|graphql|x-ndjson))/i;

/** Where JSON stands in a text; `isCut` when the text ends inside of it. */
export interface Island {
  start: number;
  end: number;
  isCut: boolean;
}

interface Value {
  start: number;
  end: number;
  key: string | null;
  isNumber: boolean;
}

/** An object or array that is open. */
interface Frame {
  isArray: boolean;
  /** The member of the parent that holds it. */
  key: string | null;
  parent: Frame | null;
  /** Values that wait for the names beside them. */
  waiting: Value[];
  /** Names of members, in lower case. */
  members: Set<string> | null;
  /** The value of a member such as `name`, and of `encoding`, `opcode`, `mimeType`. */
  label: string | null;
  isBase64: boolean;
  /** A media type beside it says that the bytes are text. */
  isText: boolean;
  /** The text before in an array, when it could be the name of the next. */
  before: string | null;
  /** Names stand in front of values: also in brackets, as Swift writes dictionaries. */
  isNamed: boolean;
  /** Names of members from the outermost on, for telling places of one kind. */
  shape: string;
  count: number;
  /** What the name of an array says of its elements. */
  list: { held: Held; suspicion: Suspicion } | null;
  depth: number;
  /** What values without a telling name count as, because a name around them tells. */
  around: Suspicion;
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
    const { values, ...island } = walk(text, found.index, { outer, isSecretKind }, take);
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

/** Values of one object that wait for the names beside them. An object with more members is no pair of a name and a value. */
const mostWaiting = 1000;
/** Brackets inside one another that are followed. What lies deeper is searched as text. */
const deepest = 400;

const space = '(?:[\\s+]|\\ndata:){0,200}';
/** A bracket that something of JSON follows, or a text in quotes that is all there is. */
const opening = new RegExp(
  `\\[(?=${space}(?:["{[\\]}\\d-]|/[*/]|[bru]?'))|\\{(?=${space}(?:["}]|/[*/]|[bru]?'))|(?<=^[\\s\\ufeff]{0,20})"`,
  'g',
);

function walk(
  text: string,
  from: number,
  { outer, isSecretKind }: { outer: string | null; isSecretKind: boolean },
  take: (slot: Slot) => void,
): Island & { values: number } {
  let top: Frame | null = null;
  let at = from;
  let values = 0;
  /** Up to here it is JSON whatever comes. */
  let clean = from;
  const around: Suspicion = outer !== null && suspicionOf(outer, 'text') ? 'likely' : null;
  for (;;) {
    at = afterSpace(text, at);
    at = afterPrefix(text, at);
    if (top) at = afterType(text, at);
    const code = text.charCodeAt(at);
    if (code === 0x22 || code === 0x27) {
      const end = stringEnd(text, at + 1, code);
      const after = afterSpace(text, end + 1);
      if (!top && !endsString(text, end + 1)) return { start: from, end: at, isCut: false, values: 0 };
      if (top && divider.test(text.slice(after, after + 2))) {
        nameMember(top, at + 1, end);
        at = after + (text.startsWith('=>', after) ? 2 : 1);
        continue;
      }
      values += 1;
      addString(at + 1, end);
      at = end + 1;
      if (!top) return { start: from, end: Math.min(at, text.length), isCut: at > text.length, values };
    } else if (code === 0x7b || code === 0x5b) {
      if (top && top.depth >= deepest) return broken();
      top = open(top, code === 0x5b);
      at += 1;
      clean = at;
    } else if (code === 0x7d || code === 0x5d) {
      if (!top || top.isArray !== (code === 0x5d)) return broken();
      close(top);
      top = top.parent;
      at += 1;
      if (!top) return { start: from, end: at, isCut: false, values };
    } else if (code === 0x2c) {
      at += 1;
      clean = at;
    } else {
      scalar.lastIndex = at;
      if (!scalar.test(text)) return broken();
      if (code < 0x41) addNumber(at, scalar.lastIndex);
      at = scalar.lastIndex;
    }
  }

  /** The text is no JSON from here on, or ends. */
  function broken(): Island & { values: number } {
    const isCut = at >= text.length;
    for (; top; top = top.parent) close(top, isCut ? 'certain' : 'likely');
    return { start: from, end: isCut ? text.length : clean, isCut, values };
  }

  function open(parent: Frame | null, isArray: boolean): Frame {
    const key = parent && !parent.isArray ? parent.before : null;
    const shape = parent ? `${parent.shape}.${key ?? ''}` : '$';
    return {
      isArray,
      key,
      parent,
      waiting: [],
      members: null,
      label: null,
      isBase64: false,
      isText: false,
      before: null,
      isNamed: false,
      shape: shape.length > 200 ? shape.slice(-200) : shape,
      count: 0,
      list: null,
      depth: (parent?.depth ?? 0) + 1,
      around: aroundOf(parent, key, around, isSecretKind),
    };
  }

  function nameMember(frame: Frame, start: number, end: number): void {
    values += 1;
    const name = plainText(text.slice(start, Math.min(end, start + 400)));
    frame.before = name;
    frame.isNamed = true;
    frame.members ??= new Set();
    if (frame.members.size < 100) frame.members.add(name.toLowerCase());
    if (end - start >= 16) take({ start, end, codec: jsonString, name: null, held: 'member', isName: true });
  }

  function addString(start: number, end: number): void {
    if (!top) {
      take({ start, end, codec: jsonString, ...named(outer, 'text'), around });
      return;
    }
    if (top.isArray) {
      addElement(top, start, end);
      return;
    }
    const key = top.before;
    const lower = key?.toLowerCase() ?? '';
    if (end - start <= 200 && labels.has(lower) && top.label === null) top.label = plainText(text.slice(start, end));
    if (lower === 'type' && text.slice(start, end) === 'password') top.label = 'password';
    if (lower === 'encoding' && text.slice(start, end).toLowerCase() === 'base64') top.isBase64 = true;
    if (lower === 'mimetype' && textual.test(text.slice(start, Math.min(end, start + 80)))) top.isText = true;
    top.waiting.push({ start, end, key, isNumber: false });
    if (top.waiting.length > mostWaiting) close(top);
  }

  /** Elements are handed on as they come: an array may have a million of them. */
  function addElement(frame: Frame, start: number, end: number): void {
    const index = frame.count;
    frame.count += 1;
    const { before } = frame;
    const isShort = end - start < 8;
    frame.before = end - start <= 100 && nameLike.test(text.charAt(start)) ? plainText(text.slice(start, end)) : null;
    frame.list ??= listOf(frame);
    const { held, suspicion } = frame.list;
    // `["Authorization", "Bearer …"]`: a name, and what it names.
    const isPair = before !== null && /^[\w.-]{2,60}$/.test(before);
    const told = isPair ? suspicionOf(before, held === 'member' ? 'text' : held) : null;
    if (isShort && !told && !suspicion && !frame.around) return;
    const slot = { start, end, codec: jsonString, held, around: frame.around, at: `${frame.shape}[]` };
    if (told && isPair) {
      const isSure =
        frame.isNamed ||
        (isHeaderName(before) && (held === 'header' || (index % 2 === 1 && !isWord(text.slice(start, end)))));
      take({
        ...slot,
        name: before,
        ...(isSure ? { held: isHeaderName(before) ? 'header' : held, suspicion: told } : { suspicion: 'likely' }),
      });
    } else take({ ...slot, name: frame.key, suspicion });
  }

  function addNumber(start: number, end: number): void {
    if (top?.isArray) {
      top.before = null;
      top.count += 1;
    }
    if (!top || top.isArray) return;
    if (top.before?.toLowerCase() === 'opcode' && text.slice(start, end) === '2') top.isBase64 = true;
    if (end - start >= 3) top.waiting.push({ start, end, key: top.before, isNumber: true });
  }

  /** What the names beside a value say of it is known when its object ends. */
  function close(frame: Frame, lost: Suspicion = null): void {
    for (const value of frame.waiting) {
      const lower = value.key?.toLowerCase() ?? '';
      const isContent = contents.has(lower);
      const label = isContent ? labelOf(frame) : null;
      const name = label ?? value.key;
      const held = heldOf(frame);
      // The name that stood behind is lost.
      const isLost = lost !== null && isContent && label === null && !value.isNumber;
      const isBinary = isContent && frame.isBase64 && !value.isNumber;
      const isKeyPart = frame.members?.has('kty') === true && privateMembers.has(lower);
      take({
        start: value.start,
        end: value.end,
        ...(value.isNumber ? { isNumber: true } : { codec: isBinary ? base64InJson : jsonString }),
        ...named(name, lower === 'name' && held === 'cookie' ? 'text' : held),
        ...(isLost ? { suspicion: lost } : isKeyPart ? { suspicion: 'certain' as const } : {}),
        ...(isBinary && frame.isText ? { isText: true } : {}),
        ...(held === 'cookie' && labels.has(lower) ? { isName: true, suspicion: null } : {}),
        around: told.has(lower) ? null : frame.around,
        at: `${frame.shape}.${value.key ?? ''}`,
      });
    }
    frame.waiting = [];
  }
}

/** What says of itself that it opens nothing, also beside a credential. */
const told = new Set(
  'id uuid integrity version resolved checksum sha sha1 sha256 sha512 md5 etag createdat updatedat'.split(' '),
);

const nameLike = /[A-Za-z_:-]/;

function listOf(frame: Frame): { held: Held; suspicion: Suspicion } {
  const held = heldIn(frame);
  return { held, suspicion: frame.key === null ? null : suspicionOf(frame.key, held) };
}

const scalar =
  /(?:-?(?:\d{1,400}(?:\.\d{1,400})?(?:[eE][+-]?\d{1,10})?|Infinity)|true|false|null|NaN|undefined|True|False|None|nil)(?![\w$])/y;

function aroundOf(parent: Frame | null, key: string | null, outer: Suspicion, isSecretKind: boolean): Suspicion {
  // Whatever its name: all that a Secret of Kubernetes holds, and `data` may stand before `kind`.
  if (isSecretKind && (key === 'data' || key === 'stringData')) return 'certain';
  if (key !== null && suspicionOf(key, 'text') === 'certain') return 'likely';
  return parent?.around ?? outer;
}

function named(name: string | null, held: Held): { name: string | null; held: Held; suspicion: Suspicion } {
  return { name, held, suspicion: name === null ? null : suspicionOf(name, held) };
}

/** The name that a `value` stands beside; Firefox and WebDriver put an object between. */
function labelOf(frame: Frame): string | null {
  if (frame.label !== null) return frame.label;
  const { parent, key } = frame;
  return parent && !parent.isArray && key !== null && contents.has(key.toLowerCase()) ? parent.label : null;
}

/** Headers, cookies and parameters are told by the list they stand in, cookies also by their attributes. */
function heldOf(frame: Frame): Held {
  if (frame.label !== null && (frame.members?.has('domain') || frame.members?.has('httponly'))) return 'cookie';
  return heldIn(frame);
}

function heldIn(frame: Frame): Held {
  for (let one: Frame | null = frame, levels = 0; one && levels < 4; one = one.parent, levels += 1) {
    if (one.key === null) continue;
    if (/cookies?$/i.test(one.key)) return 'cookie';
    if (/headers?$/i.test(one.key)) return 'header';
    if (/query|params?$|parameters$/i.test(one.key)) return 'parameter';
    return 'member';
  }
  return 'member';
}

/** Another name in a list of names. */
function isWord(text: string): boolean {
  return text.length < 60 && /^[A-Za-z][A-Za-z-]{0,58}\d?$/.test(text);
}

function isHeaderName(name: string): boolean {
  return /^(?:authorization|proxy-authorization|cookie|set-cookie|x-[a-z-]{2,40})$/i.test(name);
}

const base64InJson = {
  id: 'base64-in-json',
  decode: (source: string) => base64.decode(source.replaceAll('\\/', '/')),
};

function plainText(text: string): string {
  return text.includes('\\') ? (jsonString.decode(text)?.text ?? text) : text;
}

/** White space, the `+` that stands for it in forms, comments, and what leads the lines of an event. */
function afterSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 0x20 || code === 0x2b || (code >= 0x09 && code <= 0x0d)) at += 1;
    else if (code === 0x2f && text.charCodeAt(at + 1) === 0x2a) at = afterMark(text, '*/', at + 2);
    else if (code === 0x2f && text.charCodeAt(at + 1) === 0x2f) at = afterMark(text, '\n', at + 2);
    else if (code === 0x64 && text.charCodeAt(at - 1) === 0x0a && text.startsWith('data:', at)) at += 5;
    else return at;
  }
}

function afterMark(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end + mark.length;
}

/** Nothing behind a text that is all in quotes, or a line of its own. */
function endsString(text: string, from: number): boolean {
  restOfLine.lastIndex = from;
  return restOfLine.test(text);
}

const restOfLine = /[ \t]{0,8}(?:$|\r?\n)/y;

/** The letter with which Python marks a string: `b'…'`. */
function afterPrefix(text: string, at: number): number {
  prefix.lastIndex = at;
  return prefix.test(text) ? at + 1 : at;
}

const prefix = /[bru](?=['"])/y;

/** The type that Go writes before a value: `[]string{"…"}`. */
function afterType(text: string, at: number): number {
  type.lastIndex = at;
  return type.test(text) ? type.lastIndex : at;
}

const type = /(?:(?:\[\]|map\[[\w.]{1,40}\])[\w.]{1,40}|[A-Za-z][\w.]{1,40})(?=\{["'{])/y;

/** Between a name and its value: `:`, `=>` in Ruby and PHP, `=` in PowerShell. */
const divider = /^(?::|=>|=(?!=))/;

/** Offset of the quote that ends a string, or the end of the text. */
function stringEnd(text: string, from: number, code: number): number {
  const mark = code === 0x22 ? '"' : "'";
  for (let quote = text.indexOf(mark, from); quote >= 0; quote = text.indexOf(mark, quote + 1)) {
    let back = quote;
    while (back > from && text.charCodeAt(back - 1) === 0x5c) back -= 1;
    if ((quote - back) % 2 === 0) return quote;
  }
  return text.length;
}
