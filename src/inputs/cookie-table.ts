/** Columns that a table of cookies has beside the three that it cannot do without, in small letters without what parts them. */
const telling = ['path', 'secure', 'httponly', 'samesite', 'expires', 'expirationdate', 'expiry', 'hostonly'];

/** Other names of columns, by those that lists of cookies have. */
const otherNames = new Map([
  ['host', 'domain'],
  ['hostkey', 'domain'],
  ['issecure', 'secure'],
  ['ishttponly', 'httpOnly'],
  ['expiresutc', 'expires'],
]);

/** Whether a text begins as a table of cookies does, with the names of its columns: `name,value,domain,path,expires,…`. */
export function isCookieTable(head: string): boolean {
  return tableIn(head) !== null;
}

/** The cookies of such a table, each by the names of its columns. Linear. */
export function cookiesInTable(text: string): Record<string, string>[] {
  const table = tableIn(text);
  if (!table) return [];
  const cookies: Record<string, string>[] = [];
  let isFirst = true;
  for (const row of rowsOf(text, table.delimiter)) {
    // The first has their names; an empty line is none.
    if (!isFirst && row.length > 2)
      cookies.push(Object.fromEntries(table.names.map((name, index) => [name, row[index] ?? ''])));
    isFirst = false;
  }
  return cookies;
}

/** What parts the columns of a table of cookies, and their names; null for any other text. */
function tableIn(text: string): { delimiter: string; names: string[] } | null {
  const line = text.slice(0, 2000).split('\n', 1)[0] ?? '';
  // JSON names its members as a table could its columns.
  if (/[{}[\]]|"\s*:/.test(line)) return null;
  for (const delimiter of [',', ';', '\t']) {
    const [names = []] = rowsOf(line, delimiter);
    const plain = names.map((name) => name.toLowerCase().replace(/[^a-z]/g, ''));
    const known = plain.map((name) => otherNames.get(name) ?? name);
    const isWhole = ['name', 'value', 'domain'].every((name) => known.filter((one) => one === name).length === 1);
    // Developer tools have a column for the size, and marks in place of words.
    if (isWhole && !known.includes('size') && known.some((name) => telling.includes(name.toLowerCase())))
      return { delimiter, names: known };
  }
  return null;
}

/** Rows of a table (RFC 4180), quoted fields with their quotes undone; lines end as they like. */
function* rowsOf(text: string, delimiter: string): Generator<string[]> {
  let row: string[] = [];
  for (let at = 0; at < text.length; ) {
    const isQuoted = text.charAt(at) === '"';
    const end = isQuoted ? closing(text, at + 1) : plainEnd(text, at, delimiter);
    row.push(isQuoted ? text.slice(at + 1, end).replaceAll('""', '"') : text.slice(at, end));
    at = isQuoted ? plainEnd(text, end, delimiter) : end;
    if (text.charAt(at) === delimiter) {
      at += 1;
      if (at === text.length) row.push('');
      continue;
    }
    yield row;
    row = [];
    at += text.startsWith('\r\n', at) ? 2 : 1;
  }
  if (row.length > 0) yield row;
}

/** Where a field ends that is not quoted. */
function plainEnd(text: string, from: number, delimiter: string): number {
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === delimiter || char === '\n' || char === '\r') return at;
  }
  return text.length;
}

/** Where the quote stands that ends a field; two of them stand for one in it. */
function closing(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2))
    if (text.charAt(at + 1) !== '"') return at;
  return text.length;
}
