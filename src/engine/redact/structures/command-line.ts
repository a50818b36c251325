import { jsonString } from '../codecs/json-string.ts';
import type { Slot, Structure } from '../context.ts';
import { stopAt } from '../runs.ts';
import { suspicionOf } from '../suspicion.ts';

/** Arguments of `curl`, `wget` and their like, as "Copy as cURL" writes them: headers, cookies, users, tokens. */
export const commandLine: Structure = {
  id: 'command-line',
  signs: ['-'],
  *slots(text): Generator<Slot> {
    for (const { index, 0: whole, 1: value = '' } of text.matchAll(glued)) {
      const start = index + whole.length - value.length;
      yield { start, end: start + value.length, name: 'password', held: 'text', suspicion: 'certain', at: 'argument' };
    }
    for (const found of text.matchAll(option)) {
      const [whole, flag = ''] = found;
      const start = found.index + whole.length;
      const argument = ambiguous.has(flag) && !isOfClient(text, found.index) ? null : argumentAt(text, start);
      if (argument) yield* meaning(flag, text, argument);
    }
  },
};

/** Flags that mean other things to other programs. */
const ambiguous = new Set(['-u', '-U', '-a', '-b', '--user', '--auth', '--pass']);

/** Whether a client of HTTP or of a store is called in the lines that lead up to a flag. */
function isOfClient(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 4000), at);
  const called =
    before.split(/\b(?:curl|wget|https?|xh|httpie|redis-cli|grpcurl|websocat|wscat|ab|mc)(?:\.exe)?\s/).at(-1) ?? '';
  if (called.length === before.length) return false;
  const lines = called.split('\n');
  lines.pop();
  return lines.every((line) => /[\\^`]\s{0,4}$/.test(line));
}

/** Programs whose `-p` is a password, glued to it or not. */
const glued =
  /\b(?:mysql(?:dump|admin|import)?|mariadb(?:-dump)?|sshpass|docker login|podman login|mongosh?|mongodump|ldapsearch|ldapmodify)\b[^\r\n|;&]{0,400}?[ \t]-[pw][ \t]?["']?([^\s"'|;&-][^\s"'|;&]{2,400})/g;

const option =
  /(?<=[\s"'`^])(-H|--header|--proxy-header|-b|--cookie|-u|--user|-U|--proxy-user|--oauth2-bearer|--pass|--proxy-pass|--tlspassword|--aws-sigv4|--login-options|--password|--http-password|--auth|-a|--bearer)(?:[ \t]{1,8}|=|(?=\^?\$?["']))/g;

/** An argument without its quotes: `'…'`, `"…"`, `$'…'`, `^"…^"`, or a bare word. */
function argumentAt(text: string, at: number): Slot | null {
  opening.lastIndex = at;
  const lead = opening.exec(text)?.[0] ?? '';
  const quote = lead.slice(-1);
  const start = at + lead.length;
  if (quote === '') {
    const end = stopAt(text, start, afterBare);
    return end > start ? { start, end } : null;
  }
  let end = start;
  while (end < text.length && text.charAt(end) !== quote)
    end += quote === "'" && !lead.includes('$') ? 1 : text.charAt(end) === '\\' ? 2 : 1;
  const stop = Math.min(end, text.length);
  const trimmed = text.charAt(stop - 1) === '^' ? stop - 1 : stop;
  return { start, end: trimmed, ...(lead.includes('$') || quote === '"' ? { codec: jsonString } : {}) };
}

const opening = /\^?\$?["'`]/y;
const afterBare = /[\s"'`]/g;

function meaning(flag: string, text: string, argument: Slot): Slot[] {
  if (flag === '-b' || flag === '--cookie') {
    // Without `=` it names a file.
    return text.slice(argument.start, argument.end).includes('=')
      ? [{ ...argument, name: 'Cookie', held: 'header' }]
      : [];
  }
  if (!/header$|^-H$/.test(flag))
    return [{ ...argument, name: flag, held: 'header', suspicion: 'certain', at: 'argument' }];
  const header = /^\s{0,8}(:?[\w-]{1,64})\s{0,8}[:;]\s{0,8}/.exec(text.slice(argument.start, argument.end));
  const start = argument.start + (header?.[0].length ?? 0);
  if (!header || start >= argument.end) return [];
  const name = header[1] as string;
  return [{ ...argument, start, name, held: 'header', suspicion: suspicionOf(name, 'header'), at: 'header' }];
}
