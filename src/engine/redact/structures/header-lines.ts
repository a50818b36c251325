import type { Slot, Structure } from '../context.ts';
import { suspicionOf } from '../suspicion.ts';
import { isExpression } from './program-text.ts';

/** Headers in lines, as HTTP/1.1 has them and `curl -v`, dumps and mails print them; a line that is indented goes on. */
export const headerLines: Structure = {
  id: 'header-lines',
  signs: [':'],
  *slots(text, { isProgram }): Generator<Slot> {
    const line = new RegExp(header);
    for (let found = line.exec(text); found; found = line.exec(text)) {
      const [whole, lead = '', name = ''] = found;
      const suspicion = isCookie(name) ? 'certain' : suspicionOf(name, 'header');
      const start = found.index + whole.length;
      line.lastIndex = start;
      if (!suspicion && !wanted.test(name)) continue;
      const end = endOfValue(text, start, lead);
      if (isOfProgram(name, text.slice(start, end), suspicion !== null && isProgram())) continue;
      if (end > start)
        yield { start, end, name, held: 'header', suspicion: isCookie(name) ? null : suspicion, at: 'header' };
      line.lastIndex = end;
    }
  },
};

/** What may stand before a header: quotes of a command, marks of `curl -v`, quotes of mails. */
const header =
  /(?<=^|[\r\n])([ \t]{0,8}(?:[>*|][ \t]{0,4}|<[ \t]{1,4}){0,3})(:?[A-Za-z_-][\w-]{0,63})[ \t]{0,4}:[ \t]{0,8}(?=\S)/g;

/** Headers whose value is read in a way of its own, or may be part of a token. */
const wanted = /^(?:set-cookie2?|cookie2?|sec-websocket-protocol|x-[\w-]{1,60})$/i;

function isCookie(name: string): boolean {
  return /^(?:set-)?cookie2?$/i.test(name);
}

/** The end of the line, and of lines that go on by their indentation (RFC 9112 §5.2). */
function endOfValue(text: string, start: number, lead: string): number {
  let end = lineEnd(text, start);
  for (let lines = 0; lines < 1000 && lead.trim() === ''; lines += 1) {
    folded.lastIndex = end;
    if (!folded.test(text)) break;
    end = lineEnd(text, folded.lastIndex);
  }
  return end;
}

const folded = /\r?\n[ \t]{1,200}(?=[^\s:/*{}()][^\s:{}()]{0,4000}(?:[\r\n]|$))/y;

/** A member of an object in a program: quoted, or with the sign that ends a statement. Other structures read it. */
function isOfProgram(name: string, value: string, isProgram: boolean): boolean {
  if (/^(?:proxy-)?authorization$|^(?:set-)?cookie2?$|^x-/i.test(name)) return isProgram && isExpression(value);
  return /[;,{(]$/.test(value) || /^["'`[{(]/.test(value) || (isProgram && isExpression(value));
}

function lineEnd(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  const end = feed < 0 ? text.length : feed;
  return text.charCodeAt(end - 1) === 0x0d ? end - 1 : end;
}
