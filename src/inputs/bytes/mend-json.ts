/** JSON that can be parsed, made of what was nearly that. */
export interface MendedJson {
  text: string;
  /** Texts of its comments. */
  comments: string[];
  /** It ended in the middle: what was open is closed. */
  isCut: boolean;
}

type Wanted = 'name' | 'colon' | 'value' | 'comma';

/**
 * Closes what was cut off, and does without what `JSON.stringify` would not have written: comments, commas too many, `NaN`, `undefined`
 * and other words in place of a value (null), names without quotes, line breaks and unknown escapes in strings. What follows the value is
 * left out. Linear; never throws.
 */
export function mendJson(text: string): MendedJson {
  const writer = createWriter();
  const comments: string[] = [];
  let at = 0;
  while (at < text.length && !writer.isDone()) {
    const char = text.charAt(at);
    if (char === '/' && (text.charAt(at + 1) === '/' || text.charAt(at + 1) === '*')) {
      const end = commentEnd(text, at);
      comments.push(text.slice(at, end));
      at = end;
    } else if (char === '"') {
      const end = stringEnd(text, at + 1);
      writer.value(`"${mendString(text.slice(at + 1, end))}"`);
      at = end + 1;
    } else if (marks.includes(char)) {
      writer.mark(char);
      at += 1;
    } else {
      word.lastIndex = at;
      const found = word.exec(text)?.[0];
      if (found !== undefined) writer.word(found);
      at += found?.length ?? 1;
    }
  }
  const isCut = !writer.isDone();
  return { text: writer.text(), comments, isCut };
}

const marks = '{}[]:,';

/** Puts values and marks down in an order that makes sense. */
function createWriter() {
  const pieces: string[] = [];
  /** What closes each object and list that is open. */
  const open: ('}' | ']')[] = [];
  let wants = 'value' as Wanted;
  let hasComma = false;
  const nextIn = () => (open.at(-1) === '}' ? 'name' : 'value');
  const before = () => {
    if (wants === 'colon') {
      pieces.push(':');
      wants = 'value';
    } else if (wants === 'comma') {
      hasComma = true;
      wants = nextIn();
    }
    if (hasComma) pieces.push(',');
    hasComma = false;
  };
  /** What a name has no value for. */
  const fill = () => {
    const isEmpty = wants === 'colon' || (wants === 'value' && open.at(-1) === '}');
    if (isEmpty) pieces.push(wants === 'colon' ? ':null' : 'null');
    return isEmpty || wants === 'comma';
  };
  const close = () => {
    fill();
    pieces.push(open.pop() ?? '');
    hasComma = false;
    wants = 'comma';
  };
  const value = (text: string) => {
    before();
    pieces.push(text);
    wants = wants === 'name' ? 'colon' : 'comma';
  };
  return {
    isDone: () => open.length === 0 && wants === 'comma',
    value,
    word: (text: string) => value(wants === 'name' ? JSON.stringify(text) : literal.test(text) ? text : 'null'),
    mark(char: string) {
      if (char === '{' || char === '[') {
        before();
        pieces.push(char);
        open.push(char === '{' ? '}' : ']');
        wants = nextIn();
      } else if (char === '}' || char === ']') close();
      else if (char === ':') {
        if (wants === 'colon') before();
        wants = 'value';
      } else if (fill()) {
        hasComma = true;
        wants = nextIn();
      }
    },
    text() {
      while (open.length > 0) close();
      return pieces.join('');
    },
  };
}

const word = /[\w$.+-]+/y;
const literal = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

function commentEnd(text: string, at: number): number {
  const isLine = text.charAt(at + 1) === '/';
  const end = text.indexOf(isLine ? '\n' : '*/', at + 2);
  if (end < 0) return text.length;
  return isLine ? end : end + 2;
}

/** Where the quote stands that ends a string, or the end of the text. */
function stringEnd(text: string, from: number): number {
  for (let at = from; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    let back = quote;
    while (back > from && text.charAt(back - 1) === '\\') back -= 1;
    if ((quote - back) % 2 === 0) return quote;
    at = quote + 1;
  }
}

/** Control characters escaped, escapes that JSON does not know undone or taken for what they are, and no half one at the end (RFC 8259 §7). */
function mendString(inner: string): string {
  return inner.replace(
    /\\(?:u[\da-fA-F]{4}|["\\/bfnrt]|x([\da-fA-F]{2})|([\s\S]?))|[\0-\x1f]/g,
    (whole, two, other) => {
      if (two !== undefined) return `\\u00${two}`;
      if (other === '') return '';
      if (other !== undefined) return `\\\\${control(other)}`;
      return control(whole);
    },
  );
}

function control(char: string): string {
  return char < ' ' ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}` : char;
}
