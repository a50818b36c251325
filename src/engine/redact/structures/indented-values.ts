import { jsonString } from '../codecs/json-string.ts';
import type { Slot, Structure } from '../context.ts';
import { type Suspicion, suspicionOf } from '../suspicion.ts';
import { contents, labels } from './names-and-contents.ts';

/**
 * Values in the lines of YAML whose name stands in another: beside them (`name:` and `value:`), or above them
 * (`tokens:` with a list, `secret:` with a `value:`, `kind: Secret`).
 */
export const indentedValues: Structure = {
  id: 'indented-values',
  signs: [': ', ':\n', ':\r', '- '],
  *slots(text): Generator<Slot> {
    const reader = createReader(/^kind:[ \t]{1,20}["']?(?:Sealed)?Secret\b/m.test(text));
    for (const found of text.matchAll(line)) {
      const whole = found[0];
      const at = found.index + whole.length - (found[4] ?? '').length;
      yield* reader.read({
        indent: (found[1] ?? '').length,
        dash: (found[2] ?? '').length,
        key: found[3] ?? null,
        value: found[4] ?? '',
        at,
      });
    }
    yield* reader.end();
  },
};

/** Indentation, the signs of a list, a name, and the rest of the line. */
const line =
  /(?<=^|[\r\n])([ ]{0,200})((?:-[ ]{1,20}){0,4})(?:["']?([A-Za-z_$][\w$.@/-]{0,79})["']?:(?=[ \t\r\n]|$)[ \t]{0,40})?([^\r\n]{0,65536})/g;

interface Line {
  indent: number;
  dash: number;
  key: string | null;
  value: string;
  /** Offset of the value. */
  at: number;
}

interface Level {
  indent: number;
  key: string | null;
  around: Suspicion;
  label: string | null;
  waiting: Slot[];
}

function createReader(isSecretKind: boolean) {
  const levels: Level[] = [];

  return {
    *read({ indent, dash, key, value, at }: Line): Generator<Slot> {
      if (value.trim() === '' && key === null) return;
      const depth = indent + dash;
      yield* closeTo(dash > 0 ? indent : depth);
      const top = levels.at(-1);
      if (!top || top.indent < depth) levels.push(levelBelow(top, depth));
      const level = levels.at(-1) as Level;
      const slot = scalarAt(value, at);
      const lower = key?.toLowerCase() ?? '';
      if (key !== null && labels.has(lower) && slot) level.label ??= value.trim().replace(/^["']|["']$/g, '');
      level.key = key;
      if (!slot) return;
      const own = key === null ? null : suspicionOf(key, 'member');
      if (own) return;
      if (key !== null && contents.has(lower)) level.waiting.push({ ...slot, name: key, suspicion: level.around });
      else if (level.around)
        yield { ...slot, name: key ?? 'list', held: 'member', suspicion: level.around, at: 'below' };
    },
    *end(): Generator<Slot> {
      yield* closeTo(-1);
    },
  };

  function levelBelow(above: Level | undefined, indent: number): Level {
    const key = above?.key ?? null;
    const isSecret = isSecretKind && (key === 'data' || key === 'stringData');
    const told = key === null ? null : suspicionOf(key, 'member') === 'certain' ? ('likely' as const) : null;
    return {
      indent,
      key: null,
      around: isSecret ? 'certain' : (told ?? above?.around ?? null),
      label: null,
      waiting: [],
    };
  }

  /** Levels that a line further left, or the next entry of a list, ends. */
  function* closeTo(indent: number): Generator<Slot> {
    for (let top = levels.at(-1); top && top.indent > indent; top = levels.at(-1)) {
      levels.pop();
      for (const slot of top.waiting) {
        const told = top.label === null ? null : suspicionOf(top.label, 'header');
        const suspicion = told ?? slot.suspicion ?? null;
        if (suspicion) yield { ...slot, name: top.label ?? slot.name ?? null, held: 'member', suspicion, at: 'beside' };
      }
    }
  }
}

/** The value of a line without its quotes, anchor and comment; null for none, and for one that goes on in other lines. */
function scalarAt(value: string, at: number): Slot | null {
  const lead = /^(?:[&!][\w-]{1,60}[ \t]{1,8}){0,2}/.exec(value)?.[0].length ?? 0;
  const rest = value.slice(lead);
  const quote = /^["']/.exec(rest)?.[0];
  if (quote) {
    const end = rest.indexOf(quote, 1);
    return end > 1
      ? { start: at + lead + 1, end: at + lead + end, ...(quote === '"' ? { codec: jsonString } : {}) }
      : null;
  }
  const plain = rest.replace(/\s#.*$/s, '').trimEnd();
  if (plain.length < 3 || /^[|>{[&*#]/.test(plain)) return null;
  return { start: at + lead, end: at + lead + plain.length };
}
