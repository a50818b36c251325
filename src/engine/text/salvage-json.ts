import { type Json, type JsonObject, parseJson, unescapeJson, walkJson } from './json.ts';

export interface Salvage {
  /** Members that can still be read; null when there is none. */
  json: JsonObject | null;
  /** Members that the damage touches. They are left out, but for a text that shows where with U+FFFD. */
  broken: { path: string; offset: number; left: string }[];
}

/** Characters looked through for what can be salvaged, and how often all of them may be read again. */
const salvaged = 1 << 18;
const rereadings = 16;
/** Broken members told. */
const mostBroken = 50;

/**
 * What can still be read of an object that is cut short or damaged. A number, `true`, `false` or `null` counts only where a
 * comma or a bracket ends it: where the text stops, or noise begins, it may have been longer. Looks at the first 256 KiB.
 * Never throws.
 */
export function salvageJson(whole: string): Salvage {
  const text = whole.slice(0, salvaged);
  // Bounded, because an expression keeps a note for every character of a name.
  const member = /"((?:[^"\\]|\\.){0,500})"\s{0,500}:\s*/g;
  const frames = createFrames();
  const broken: Salvage['broken'] = [];
  let at = text.indexOf('{') + 1;
  let left = text.length * rereadings;
  while (at < text.length && left > 0) {
    member.lastIndex = at;
    const found = member.exec(text);
    if (!found) break;
    frames.pass(text.slice(at, found.index));
    const name = unescapeJson(found[1] as string);
    const path = frames.pathOf(name);
    at = member.lastIndex;
    const end = walkJson(text, {}, at);
    left -= Math.abs(end) - at;
    const value = end > 0 && isEnded(text, at, end) ? parseJson(text.slice(at, end)) : undefined;
    if (value !== undefined) frames.set(name, value);
    const char = text.charAt(at);
    const isWhole = value !== undefined && !isSpoiled(value);
    if (!isWhole && path !== null && char !== '{' && broken.length < mostBroken)
      broken.push({ path, offset: at, left: end > 0 ? text.slice(at, end) : '' });
    if (value !== undefined) at = end;
    else if (char === '"' && end < 0) break;
    else if (char === '"') at += 1;
    else if (char === '{' || char === '[') {
      frames.enter(char, name, path);
      at = char === '[' ? firstBroken(text, at + 1) : at + 1;
    } else at = Math.max(at + 1, end);
  }
  return { json: frames.json(), broken };
}

/** An object or list that the reader is inside of. A list, and what stands in one, keeps nothing: only its end is looked for. */
interface Frame {
  target: JsonObject;
  closes: '}' | ']';
  /** Null for what keeps nothing. */
  path: string | null;
}

/** The objects and lists that were begun and are not whole. */
function createFrames() {
  const root: JsonObject = {};
  const outer: Frame[] = [];
  let frame: Frame = { target: root, closes: '}', path: '' };

  function begin(next: Frame): void {
    outer.push(frame);
    frame = next;
  }

  function leave(): void {
    frame = outer.pop() ?? frame;
  }

  return {
    json: () => (Object.keys(root).length > 0 ? root : null),
    set: (name: string, value: Json) => set(frame.target, name, value),

    pathOf(name: string): string | null {
      if (frame.path === null) return null;
      return frame.path === '' ? name : `${frame.path}.${name}`;
    },

    /** Follows what stands before the next member. */
    pass(between: string): void {
      for (const char of between.replace(/"(?:[^"\\]|\\.){0,500}"/g, '')) {
        if (char === '{') begin({ target: {}, closes: '}', path: null });
        else if (char === '[') begin({ target: {}, closes: ']', path: null });
        else if (char === frame.closes) leave();
      }
      // A list has no members: what closed it is damaged.
      while (frame.closes === ']') leave();
    },

    /** Goes on inside a member that is not whole. */
    enter(opens: '{' | '[', name: string, path: string | null): void {
      const target: JsonObject = {};
      if (opens === '{') set(frame.target, name, target);
      begin(opens === '{' ? { target, closes: '}', path } : { target, closes: ']', path: null });
    },
  };
}

/**
 * Where the first item stands that is not whole, in a list or in one that it ends in: quotes before it are in pairs, and
 * none of them begins a name.
 */
function firstBroken(text: string, start: number): number {
  let at = start;
  for (let lists = 0; lists < rereadings; ) {
    const end = walkJson(text, {}, at);
    if (end > 0) {
      at = end;
      while (at < text.length && ', \t\n\r'.includes(text.charAt(at))) at += 1;
    } else if (text[at] === '[') {
      at += 1;
      lists += 1;
    } else break;
  }
  return at;
}

/** U+FFFD stands for what could not be read. */
function isSpoiled(value: Json): boolean {
  return typeof value === 'string' && value.includes('\ufffd');
}

/**
 * Texts, objects and lists end by themselves, and may be the last that is left. What has no end of its own must be followed by one, and
 * so must a spoiled text, whose own end may be among what is spoiled. Where something else follows, a quote too many or too few made the end.
 */
function isEnded(text: string, start: number, end: number): boolean {
  const endsItself = '"{['.includes(text.charAt(start)) && !isSpoiled(text.slice(start, end));
  const next = /[^ \t\n\r]/g;
  next.lastIndex = end;
  const found = next.exec(text);
  return found ? ',}]'.includes(found[0]) : endsItself || end < text.length;
}

/** Own property even for `__proto__`. */
function set(target: JsonObject, name: string, value: Json) {
  Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
}
