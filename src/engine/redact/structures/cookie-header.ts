import { percent } from '../codecs/percent.ts';
import type { Slot, Structure } from '../context.ts';
import { suspicionOf } from '../suspicion.ts';

/** The value of a `Cookie` header (RFC 6265 §4.2): `a=1; b=2`. A cookie without a name is all value. */
export const cookieHeader: Structure = {
  id: 'cookie-header',
  signs: [],
  *slots(text): Generator<Slot> {
    for (const { start, end } of pieces(text, ';')) yield* cookieSlots(text.slice(start, end), start);
  },
};

/** What stands between dividing characters. */
export function* pieces(text: string, divider: string): Generator<{ start: number; end: number }> {
  let start = 0;
  for (let end = text.indexOf(divider); end >= 0; end = text.indexOf(divider, start)) {
    yield { start, end };
    start = end + 1;
  }
  yield { start, end: text.length };
}

/** The name and the value of one cookie. */
export function cookieSlots(pair: string, at: number): Slot[] {
  const lead = pair.length - pair.trimStart().length;
  const end = pair.trimEnd().length;
  if (end <= lead) return [];
  const equals = pair.indexOf('=');
  if (equals < 0 || equals <= lead) {
    const from = Math.max(lead, equals + 1);
    return from >= end ? [] : [{ start: at + from, end: at + end, codec: percent, ...nameless, at: 'cookie' }];
  }
  const name = pair.slice(lead, equals).trim();
  const quoted = pair.charAt(equals + 1) === '"' && pair.charAt(end - 1) === '"' && end - equals > 2 ? 1 : 0;
  const value: Slot = {
    start: at + equals + 1 + quoted,
    end: at + end - quoted,
    codec: percent,
    name,
    held: 'cookie',
    suspicion: suspicionOf(name, 'cookie'),
    at: 'cookie',
  };
  const nameSlot: Slot = { start: at + lead, end: at + lead + name.length, name: null, held: 'cookie', isName: true };
  return value.start < value.end ? [nameSlot, value] : [nameSlot];
}

const nameless = { name: null, held: 'cookie', suspicion: 'certain' } as const;
