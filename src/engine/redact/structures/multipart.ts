import { decodePercent } from '../../find/encodings/percent.ts';
import type { Slot, Structure } from '../context.ts';
import { suspicionOf } from '../suspicion.ts';

/** Fields of a form in parts (RFC 7578): a name in `Content-Disposition`, a blank line, the value up to the boundary. */
export const multipart: Structure = {
  id: 'multipart',
  signs: ['isposition'],
  *slots(text): Generator<Slot> {
    const fields = new RegExp(disposition);
    for (let found = fields.exec(text); found; found = fields.exec(text)) {
      const name = found[1] ?? found[2] ?? decodePercent(found[3] ?? '');
      blank.lastIndex = fields.lastIndex;
      const gap = blank.exec(text);
      if (!gap) break;
      const start = gap.index + gap[0].length;
      boundary.lastIndex = start;
      const end = boundary.exec(text)?.index ?? text.length;
      if (end > start)
        yield { start, end, name, held: 'parameter', suspicion: suspicionOf(name, 'parameter'), at: 'part' };
      fields.lastIndex = Math.max(end, fields.lastIndex);
    }
  },
};

const disposition =
  /content-disposition:[^\r\n]{0,400}?[; ]name(?:=(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))|\*=[\w-]{0,20}'[\w-]{0,20}'([^\s;"]{1,200}))/gi;
const blank = /\r?\n\r?\n/g;
const boundary = /\r?\n--[^\r\n]{1,80}(?=\r?\n|--|$)/g;
