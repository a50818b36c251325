/**
 * Of too many things the latest of each kind, as many of one kind as of another: a flood of what is alike pushes out its own, and not
 * the few of another kind that came before it. In their order; of more kinds than there is room for, the latest.
 *
 * @param items the latest last
 */
export function fairShare<Item>(items: readonly Item[], most: number, kindOf: (item: Item) => string): Item[] {
  if (items.length <= most) return [...items];
  const kinds = items.map(kindOf);
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const share = shareOf([...counts.values()], most);
  const taken = new Map<string, number>();
  const kept: Item[] = [];
  for (let i = items.length - 1; i >= 0 && kept.length < most; i -= 1) {
    const kind = kinds[i] as string;
    const count = (taken.get(kind) ?? 0) + 1;
    taken.set(kind, count);
    if (count <= share) kept.push(items[i] as Item);
  }
  return kept.reverse();
}

/** How many of one kind may stay, so that all together are not more than there is room for; one at least. */
function shareOf(counts: readonly number[], most: number): number {
  const ascending = [...counts].sort((a, b) => a - b);
  let left = most;
  for (const [index, count] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index));
    if (count > share) return Math.max(1, share);
    left -= count;
  }
  return most;
}

/** What one address asks for again and again: numbers, ids and other long parts of the URL stand for any. */
export function addressKind(url: string): string {
  const [address = '', query = ''] = url.slice(0, 2000).replace(/#.*$/s, '').split('?', 2);
  return [...address.split('/').map(generally), ...query.split('&').map(parameter)].join('/');
}

function parameter(part: string): string {
  const [name = '', value = ''] = part.split('=', 2);
  return `${generally(name)}=${generally(value)}`;
}

function generally(part: string): string {
  return part.length > 24 || /\d{3}/.test(part) || /^\d+$/.test(part) ? '*' : part;
}
