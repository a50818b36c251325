import type { Slot, Structure } from '../context.ts';
import { suspicionOf } from '../suspicion.ts';
import { lineEnd, loggedHeader } from './logged-headers.ts';
import { isExpression } from './program-text.ts';

/**
 * Headers in lines, as HTTP/1.1 has them and `curl -v`, dumps and mails print them; a line that is indented goes on. Behind
 * what else a log puts before them they are read, too.
 */
export const headerLines: Structure = {
  id: 'header-lines',
  signs: [':'],
  *slots(text, { isProgram }): Generator<Slot> {
    const names = new RegExp(header);
    for (let found = names.exec(text); found; found = names.exec(text)) {
      const [whole, colon = '', word = ''] = found;
      const start = found.index + whole.length;
      names.lastIndex = start;
      const lead = leadOfLine.exec(text.slice(Math.max(0, found.index - longestLead), found.index))?.[1];
      const name = lead === undefined ? word : colon + word;
      const suspicion = isCookie(name) ? 'certain' : suspicionOf(name, 'header');
      if (!suspicion && !wanted.test(name)) continue;
      const at = found.index + colon.length;
      const slot =
        lead === undefined
          ? loggedHeader(text, { at, start, name, isProgram })
          : { start, end: endOfValue(text, start, lead) };
      if (!slot || isOfProgram(name, text.slice(start, slot.end), suspicion !== null && isProgram())) continue;
      if (slot.end > start)
        yield { ...slot, name, held: 'header', suspicion: isCookie(name) ? null : suspicion, at: 'header' };
      names.lastIndex = slot.end;
    }
  },
};

/** A name wherever one may begin; `ngrep` writes a line break as two dots. */
const header = /(?<![\w$-]|[^.]\.|^\.)(:?)([A-Za-z_-][\w-]{0,63})[ \t]{0,4}:[ \t]{0,8}(?=\S)/g;

/** What may stand before a header: quotes of a command, marks of `curl -v`, quotes of mails. */
const leadOfLine = /(?:^|[\r\n])([ \t]{0,8}(?:[>*|][ \t]{0,4}|<[ \t]{1,4}){0,3})$/;
const longestLead = 32;

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
