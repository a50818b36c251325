/** Reads one message, of which no more is taken than there is room for. */
interface Reading {
  readonly most: { values: number; characters: number; bytes: number; depth: number };
  values: number;
  characters: number;
  /** Not all was read. */
  isCut: boolean;
}

/**
 * What a message says, as JSON unless it is a text; what holds no text is null. A list of a billion holes costs as much as one of
 * five thousand.
 *
 * It is part of a script that is put into a document more than once, so at its outermost there are functions only.
 */
export function messageText(data: unknown): { text: string; isCut: boolean } {
  const most = { values: 5000, characters: 256 * 1024, bytes: 8192, depth: 30 };
  const reading: Reading = { most, values: 0, characters: 0, isCut: false };
  const text = typeof data === 'string' ? kept(reading, data) : json(reading, data, 0);
  return { text, isCut: reading.isCut };
}

function json(reading: Reading, value: unknown, depth: number): string {
  const { most } = reading;
  reading.values += 1;
  if (typeof value === 'string') return JSON.stringify(kept(reading, value));
  if (typeof value !== 'object' || value === null) return 'null';
  if (depth <= most.depth && reading.values <= most.values)
    try {
      return objectText(reading, value, depth);
    } catch {
      // One that cannot be read takes no other along.
    }
  reading.isCut = true;
  return 'null';
}

function kept(reading: Reading, text: string): string {
  const part = text.slice(0, Math.max(0, reading.most.characters - reading.characters));
  reading.isCut ||= part.length < text.length;
  reading.characters += part.length;
  return part;
}

function objectText(reading: Reading, value: object, depth: number): string {
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (isWithoutText(kind)) return 'null';
  if (ArrayBuffer.isView(value) || /^(?:Shared)?ArrayBuffer$/.test(kind))
    return JSON.stringify(kept(reading, bytesOf(reading, value as ArrayBuffer)));
  if (value instanceof String || value instanceof RegExp) return JSON.stringify(kept(reading, `${value}`));
  reading.isCut ||= !/^(?:Object|Array|Map|Set|Error|DOMException|FileList)$/.test(kind);
  return membersText(reading, value, kind, depth);
}

function membersText(reading: Reading, value: object, kind: string, depth: number): string {
  let list = '';
  let members = '';
  let count = 0;
  let isList = kind === 'Set' || kind === 'Array';
  for (const [name, one] of membersOf(reading, value, kind)) {
    if (reading.values >= reading.most.values) {
      reading.isCut = true;
      break;
    }
    const text = json(reading, one, depth + 1);
    const isNext = kind === 'Set' || (kind === 'Array' && String(name) === String(count));
    isList &&= isNext;
    if (isList) list += `${list && ','}${text}`;
    const key = typeof name === 'object' && name !== null ? json(reading, name, depth + 1) : String(name);
    members += `${members && ','}${JSON.stringify(isNext ? key : kept(reading, key))}:${text}`;
    count += 1;
  }
  return isList ? `[${list}]` : `{${members}}`;
}

/** Members one by one: to list them all would copy as many as the page likes. */
function* membersOf({ most }: Reading, value: object, kind: string): Generator<[unknown, unknown]> {
  if (value instanceof Map) yield* value;
  else if (value instanceof Set) for (const one of value) yield ['', one];
  else if (Array.isArray(value) && value.length > most.values)
    // Whoever asks for its names is given all of them at once. Whoever takes these stops.
    for (let at = 0; ; at += 1) yield [at, value[at]];
  else for (const name in value) yield [name, (value as Record<string, unknown>)[name]];
  if (kind !== 'Error' && kind !== 'DOMException') return;
  // Not among what can be listed.
  const { message, stack = '', cause } = value as Error;
  yield ['message', message];
  if (cause !== undefined) yield ['cause', cause];
  yield ['stack', stack.replace(message, '')];
}

/** Bytes as characters, without the zeros between those of texts in UTF-16 and UTF-32. */
function bytesOf(reading: Reading, value: ArrayBuffer | ArrayBufferView): string {
  const bytes = ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
  reading.isCut ||= bytes.length > reading.most.bytes;
  const text = String.fromCharCode(...bytes.subarray(0, reading.most.bytes));
  return text.replace(/([\x20-\x7e])\0{1,3}(?=[\x20-\x7e](?:\0|$))/g, '$1');
}

/** Kinds of objects that hold no text, by what the browser calls them. Ports are counted by themselves. */
function isWithoutText(kind: string): boolean {
  const media = /^(?:ImageBitmap|VideoFrame|AudioData|OffscreenCanvas)$/;
  return media.test(kind) || /^(?:Date|Number|Boolean|BigInt|MessagePort|CryptoKey|DOM[RMPQ]\w+)$/.test(kind);
}
