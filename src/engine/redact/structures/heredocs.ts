import type { Slot, Structure } from '../context.ts';
import { suspicionOf } from '../suspicion.ts';

/** A value between two words in lines of their own, as shells, Terraform and PHP write it: `token = <<EOT`. */
export const heredocs: Structure = {
  id: 'heredocs',
  signs: ['<<'],
  *slots(text): Generator<Slot> {
    const openings = new RegExp(opening);
    for (let found = openings.exec(text); found; found = openings.exec(text)) {
      const [whole, name = '', word = ''] = found;
      const suspicion = suspicionOf(name, 'text');
      const start = found.index + whole.length;
      const close = new RegExp(`\\n[ \\t]{0,80}${word}\\b`, 'g');
      close.lastIndex = start - 1;
      const end = close.exec(text)?.index ?? text.length;
      if (suspicion && end > start) yield { start, end, name, held: 'text', suspicion, at: 'heredoc' };
      openings.lastIndex = Math.max(end, start);
    }
  },
};

const opening = /([A-Za-z_$][\w$.-]{0,79})\s{0,4}[:=]\s{0,4}<<<?[-~]?["']?([A-Za-z_]\w{0,40})["']?[ \t]{0,8}\r?\n/g;
