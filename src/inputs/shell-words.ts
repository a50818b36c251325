/** Which shell a command was written for. */
export type Shell = 'sh' | 'cmd';

/**
 * A command for cmd.exe as one that its program sees: `^` takes the meaning from what follows it, also from the end of a line, which then
 * goes on in the next; an empty line after that one stands for a break (https://ss64.com/nt/syntax-esc.html).
 */
export function withoutCarets(text: string): string {
  return text.replace(/\^(\r?\n\r?\n|\r?\n|[^\r\n])/g, (_, escaped: string) => {
    if (/^[^\r\n]/.test(escaped)) return escaped;
    return escaped.indexOf('\n') === escaped.length - 1 ? ' ' : '\n';
  });
}

/**
 * The words of the command at an offset, quotes and escapes undone, and where it ends: at a line break, `;`, `&` or `|` that stands in no
 * quotes (POSIX 1003.1 §2.2, bash's `$'…'`). Variables stay as they are written. Linear; never throws.
 */
export function commandAt(text: string, from: number, shell: Shell): { words: string[]; end: number } {
  const words: string[] = [];
  let word: string[] | null = null;
  let at = from;
  for (; at < text.length; ) {
    const char = text.charAt(at);
    const quoted = openingAt(text, at, shell);
    if (quoted) {
      word ??= [];
      word.push(quoted.text);
      at = quoted.end;
    } else if (isContinued(text, at, shell)) at = text.indexOf('\n', at) + 1;
    else if (char === '\n' || char === ';' || char === '&' || char === '|') break;
    else if (char === ' ' || char === '\t' || char === '\r') {
      if (word) words.push(word.join(''));
      word = null;
      at += 1;
    } else {
      word ??= [];
      const isEscape = char === '\\' && shell === 'sh';
      plain.lastIndex = at + (isEscape ? 1 : 0);
      const run = isEscape ? text.charAt(at + 1) : (plain.exec(text)?.[0] ?? char);
      word.push(run || char);
      at += (isEscape ? 1 : 0) + (run.length || 1);
    }
  }
  if (word) words.push(word.join(''));
  return { words, end: Math.min(text.length, at + 1) };
}

const plain = /[^\s"'\\;&|`$]+|[`$]/y;

/** A line that goes on in the next: after a backslash, or the backtick of PowerShell. */
function isContinued(text: string, at: number, shell: Shell): boolean {
  const char = text.charAt(at);
  return ((char === '\\' && shell === 'sh') || char === '`') && /^\r?\n/.test(text.slice(at + 1, at + 3));
}

function openingAt(text: string, at: number, shell: Shell): { text: string; end: number } | null {
  const char = text.charAt(at);
  if (char === '"') return quotedText(text, at + 1, '"', (from) => doubleEscape(text, from, shell));
  if (shell === 'cmd') return null;
  if (char === "'") return quotedText(text, at + 1, "'", () => null);
  if (char === '$' && text.charAt(at + 1) === "'")
    return quotedText(text, at + 2, "'", (from) => ansiEscape(text, from));
  return null;
}

/** Up to the quote that closes it, or the end; `escapeAt` says what a sequence stands for, and how long it is. */
function quotedText(
  text: string,
  from: number,
  quote: string,
  escapeAt: (at: number) => { text: string; length: number } | null,
): { text: string; end: number } {
  const pieces: string[] = [];
  let start = from;
  let at = from;
  while (at < text.length) {
    const escaped = text.charAt(at) === '\\' || text.charAt(at) === '"' ? escapeAt(at) : null;
    if (escaped) {
      pieces.push(text.slice(start, at), escaped.text);
      at += escaped.length;
      start = at;
    } else if (text.charAt(at) === quote) break;
    else at += 1;
  }
  pieces.push(text.slice(start, at));
  return { text: pieces.join(''), end: at + 1 };
}

/** In `"…"`: a backslash before what would mean something; for programs of Windows a quote twice, too. */
function doubleEscape(text: string, at: number, shell: Shell): { text: string; length: number } | null {
  const next = text.charAt(at + 1);
  if (text.charAt(at) === '"') return shell === 'cmd' && next === '"' ? { text: '"', length: 2 } : null;
  if (next === '\n') return { text: '', length: 2 };
  return next !== '' && '\\"$`'.includes(next) ? { text: next, length: 2 } : null;
}

const ansi = /\\(?:u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8})|x([\da-fA-F]{1,2})|([0-7]{1,3})|([\s\S]))/y;
const controls = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['a', '\u0007'],
  ['b', '\b'],
  ['e', '\u001b'],
  ['f', '\f'],
  ['v', '\v'],
]);

/** In `$'…'` of bash (Bash Reference Manual §3.1.2.4). */
function ansiEscape(text: string, at: number): { text: string; length: number } | null {
  if (text.charAt(at) !== '\\') return null;
  ansi.lastIndex = at;
  const [whole, four, eight, two, octal, char] = ansi.exec(text) ?? [];
  if (whole === undefined) return null;
  if (char !== undefined) return { text: controls.get(char) ?? char, length: whole.length };
  const code = octal === undefined ? Number.parseInt(four ?? eight ?? two ?? '', 16) : Number.parseInt(octal, 8);
  return { text: code <= 0x10ffff ? String.fromCodePoint(code) : whole, length: whole.length };
}
