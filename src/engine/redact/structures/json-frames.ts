import { privateKeyMembers } from '../../text/private-key-members.ts';
import { base64 } from '../codecs/base64.ts';
import { jsonString } from '../codecs/json-string.ts';
import type { Slot } from '../context.ts';
import { type Held, type Suspicion, suspicionOf } from '../suspicion.ts';
import { contents, labels } from './names-and-contents.ts';

/** A text with JSON in it, and what its surroundings say of its values. */
export interface JsonSource {
  text: string;
  /** The name that the whole is given to. */
  outer: string | null;
  /** What values without a telling name count as, because of that name. */
  around: Suspicion;
  /** A Secret of Kubernetes may stand in it. */
  isSecretKind: boolean;
  take(slot: Slot): void;
}

interface Value {
  start: number;
  end: number;
  key: string | null;
  isNumber: boolean;
}

/** An object or array that is open. */
export interface Frame {
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

/** Values of one object that wait for the names beside them. An object with more members is no pair of a name and a value. */
const mostWaiting = 1000;

export function openFrame(source: JsonSource, parent: Frame | null, isArray: boolean): Frame {
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
    around: aroundOf(source, parent, key),
  };
}

function aroundOf({ around, isSecretKind }: JsonSource, parent: Frame | null, key: string | null): Suspicion {
  // Whatever its name: all that a Secret of Kubernetes holds, and `data` may stand before `kind`.
  if (isSecretKind && (key === 'data' || key === 'stringData')) return 'certain';
  if (key !== null && suspicionOf(key, 'text') === 'certain') return 'likely';
  // Parts of a value: `{ "name": "token", "value": { "bytes": … } }`.
  const label = parent && key !== null && contents.has(key.toLowerCase()) ? parent.label : null;
  if (label !== null && suspicionOf(label, 'text') === 'certain') return 'likely';
  return parent?.around ?? around;
}

/** The name of a member, between its quotes. */
export function nameMember({ text, take }: JsonSource, frame: Frame, start: number, end: number): void {
  const name = plainText(text.slice(start, Math.min(end, start + 400)));
  frame.before = name;
  frame.isNamed = true;
  frame.members ??= new Set();
  if (frame.members.size < 100) frame.members.add(name.toLowerCase());
  if (end - start >= 16) take({ start, end, codec: jsonString, name: null, held: 'member', isName: true });
}

/** A string that is a value, between its quotes; `frame` is null for one that is all there is. */
export function addString(source: JsonSource, frame: Frame | null, start: number, end: number): void {
  const { text, outer, around, take } = source;
  if (!frame) take({ start, end, codec: jsonString, ...named(outer, 'text'), around });
  else if (frame.isArray) addElement(source, frame, start, end);
  else {
    noteMember(frame, text, start, end);
    frame.waiting.push({ start, end, key: frame.before, isNumber: false });
    if (frame.waiting.length > mostWaiting) closeFrame(source, frame);
  }
}

/** What a member says of the values beside it. */
function noteMember(frame: Frame, text: string, start: number, end: number): void {
  const lower = frame.before?.toLowerCase() ?? '';
  if (end - start <= 200 && labels.has(lower) && frame.label === null) frame.label = plainText(text.slice(start, end));
  if (lower === 'type' && text.slice(start, end) === 'password') frame.label = 'password';
  // A variable of Postman, whatever its name.
  if (lower === 'type' && text.slice(start, end) === 'secret' && frame.members?.has('key')) frame.label = 'secret';
  if (lower === 'encoding' && text.slice(start, end).toLowerCase() === 'base64') frame.isBase64 = true;
  if (lower === 'mimetype' && textual.test(text.slice(start, Math.min(end, start + 80)))) frame.isText = true;
}

/** Media types of texts. */
const textual =
  /^(?:text\\?\/|application\\?\/(?:[\w.-]{1,40}\+)?(?:json|javascript|xml|x-www-form-urlencoded|graphql|x-ndjson))/i;

/** Elements are handed on as they come: an array may have a million of them. */
function addElement({ text, take }: JsonSource, frame: Frame, start: number, end: number): void {
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
  if (!told || !isPair) {
    take({ ...slot, name: frame.key, suspicion });
    return;
  }
  const isHeader = isHeaderName(before);
  const isOfList = held === 'header' || (index % 2 === 1 && !isWord(text.slice(start, end)));
  if (frame.isNamed || (isHeader && isOfList))
    take({ ...slot, name: before, held: isHeader ? 'header' : held, suspicion: told });
  else take({ ...slot, name: before, suspicion: 'likely' });
}

const nameLike = /[A-Za-z_:-]/;

function listOf(frame: Frame): { held: Held; suspicion: Suspicion } {
  const held = heldIn(frame);
  return { held, suspicion: frame.key === null ? null : suspicionOf(frame.key, held) };
}

/** Another name in a list of names. */
function isWord(text: string): boolean {
  return text.length < 60 && /^[A-Za-z][A-Za-z-]{0,58}\d?$/.test(text);
}

function isHeaderName(name: string): boolean {
  return /^(?:authorization|proxy-authorization|cookie|set-cookie|x-[a-z-]{2,40})$/i.test(name);
}

export function addNumber({ text }: JsonSource, frame: Frame | null, start: number, end: number): void {
  if (!frame) return;
  if (frame.isArray) {
    frame.before = null;
    frame.count += 1;
    return;
  }
  if (frame.before?.toLowerCase() === 'opcode' && text.slice(start, end) === '2') frame.isBase64 = true;
  if (end - start >= 3) frame.waiting.push({ start, end, key: frame.before, isNumber: true });
}

/**
 * What the names beside a value say of it is known when its object ends. `lost` is what a value counts as when the text
 * breaks off before the name that may have stood behind it.
 */
export function closeFrame({ take }: JsonSource, frame: Frame, lost: Suspicion = null): void {
  const { parent, key } = frame;
  if (parent && key !== null && lost === null && isTypedText(frame)) {
    for (const value of frame.waiting) if (value.key === 'value') parent.waiting.push({ ...value, key });
    frame.waiting = [];
    return;
  }
  for (const value of frame.waiting) take(slotOf(value, frame, lost));
  frame.waiting = [];
}

/**
 * A text as WebDriver BiDi writes it (network.BytesValue, https://www.w3.org/TR/webdriver-bidi/#type-network-BytesValue): the name
 * of the value may stand behind it.
 */
function isTypedText({ isArray, parent, key, members }: Frame): boolean {
  return (
    !isArray &&
    parent?.isArray === false &&
    contents.has(key?.toLowerCase() ?? '') &&
    members?.size === 2 &&
    members.has('type') &&
    members.has('value')
  );
}

function slotOf({ start, end, key, isNumber }: Value, frame: Frame, lost: Suspicion): Slot {
  const lower = key?.toLowerCase() ?? '';
  const isContent = contents.has(lower);
  const label = isContent ? labelOf(frame) : null;
  const held = heldOf(frame);
  const isLost = lost !== null && isContent && label === null && !isNumber;
  const isBinary = isContent && frame.isBase64 && !isNumber;
  const isKeyPart = frame.members?.has('kty') === true && privateMembers.has(lower);
  return {
    start,
    end,
    ...(isNumber ? { isNumber: true } : { codec: isBinary ? base64InJson : jsonString }),
    ...named(label ?? key, lower === 'name' && held === 'cookie' ? 'text' : held),
    ...(isLost ? { suspicion: lost } : isKeyPart ? { suspicion: 'certain' as const } : {}),
    ...(isBinary && frame.isText ? { isText: true } : {}),
    ...(held === 'cookie' && labels.has(lower) ? { isName: true, suspicion: null } : {}),
    around: told.has(lower) ? null : frame.around,
    at: `${frame.shape}.${key ?? ''}`,
  };
}

/** What says of itself that it opens nothing, also beside a credential. */
const told = new Set(
  'id uuid integrity version resolved checksum sha sha1 sha256 sha512 md5 etag createdat updatedat'.split(' '),
);

/** Members of a JSON Web Key that are secret (RFC 7518 §6.2.2, §6.3.2, §6.4.1). */
const privateMembers = new Set([...privateKeyMembers, 'priv']);

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

const base64InJson = {
  id: 'base64-in-json',
  decode: (source: string) => base64.decode(source.replaceAll('\\/', '/')),
};

function plainText(text: string): string {
  return text.includes('\\') ? (jsonString.decode(text)?.text ?? text) : text;
}
