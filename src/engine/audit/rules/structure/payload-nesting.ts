import type { Json } from '../../../text/json.ts';
import { cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

const bounds = { depth: 32, members: 1000, characters: 65_536 } as const;

export const payloadNesting: TokenRule = {
  id: 'payload-nesting',
  judges: 'token',
  group: 'structure',
  title: 'Excessive size, depth or count',
  severity: 'low',
  why: 'Parsers differ in what they bear; some crash, some cut.',
  fix: 'Put less into the token.',
  references: [rfc(8259, '9'), cwe(400), cwe(674)],
  applies: ({ token }) => token.claims !== null,
  check({ token }) {
    if (!token.claims) return [];
    const because = excess(token.claims);
    return because ? [{ says: `The payload has ${because}.`, at: null }] : [];
  },
};

/** Walks without recursion, since nesting is what it looks for. */
function excess(root: Json): string | null {
  const queue: { value: Json; depth: number }[] = [{ value: root, depth: 1 }];
  for (let at = 0; at < queue.length && at < 100_000; at += 1) {
    const item = queue[at];
    if (!item) break;
    const { value, depth } = item;
    if (typeof value === 'string' && value.length > bounds.characters)
      return `a text of ${value.length.toLocaleString('en-US')} characters`;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > bounds.depth) return `more than ${bounds.depth} levels`;
    const inner = Object.values(value);
    if (inner.length > bounds.members) return `${inner.length.toLocaleString('en-US')} members in one object`;
    for (const one of inner) queue.push({ value: one, depth: depth + 1 });
  }
  return null;
}
