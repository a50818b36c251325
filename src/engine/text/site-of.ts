import { hostOf } from './hosts.ts';
import { publicSuffixes } from './public-suffixes.ts';

/**
 * The registrable domain of a host, so that `app.call.example` and `api.call.example` are one site, by the public suffix
 * list (https://publicsuffix.org): private suffixes count, too, as the customers of a host under which anybody may
 * register share nothing. IP addresses, single labels and suffixes are their own sites; internationalised names work in
 * either spelling. Pure; any text is answered.
 */
export function siteOf(host: string): string {
  const name = host
    .trim()
    .toLowerCase()
    .replace(/\.{1,8}$/, '');
  const bare = name.replace(/^(\[[^\]]*\]|[^:]*):\d+$/, '$1');
  if (bare.startsWith('[') || bare.includes(':') || /^\d+(\.\d+){3}$/.test(bare)) return bare;
  const labels = bare.split('.');
  return labels.slice(-1 - suffixLabels(inAscii(bare).split('.'))).join('.');
}

/** A name as the list writes it. */
function inAscii(name: string): string {
  return /^[\x00-\x7f]*$/.test(name) ? name : (hostOf(`https://${name}`) ?? name);
}

/** What may stand before a label: whether it is a suffix with what follows it, and what may stand before that. */
interface Branch {
  kind: 'suffix' | 'step' | 'exception';
  before: Map<string, Branch> | null;
}

let tree: ReadonlyMap<string, Branch> | null = null;

/** How many labels at the end are a suffix under which anybody may register. */
function suffixLabels(labels: readonly string[]): number {
  tree ??= parseSuffixes(publicSuffixes);
  let found = 1;
  let branches: ReadonlyMap<string, Branch> | null = tree;
  for (let count = 1; branches && count <= labels.length; count += 1) {
    const label: string = labels[labels.length - count] ?? '';
    const branch: Branch | undefined = branches.get(label) ?? (label === '' ? undefined : branches.get('*'));
    if (branch?.kind === 'exception') return count - 1;
    if (branch?.kind === 'suffix') found = count;
    branches = branch?.before ?? null;
  }
  return found;
}

const marks = new Map<string, Branch['kind']>([
  ['.', 'step'],
  ['!', 'exception'],
]);

function parseSuffixes(text: string): Map<string, Branch> {
  const root = new Map<string, Branch>();
  const open = [root];
  let last: Branch = { kind: 'step', before: root };
  for (const [, mark = '', label = '', bracket] of text.matchAll(/([.!]?)([^,().!]+)|([()])/g)) {
    if (bracket === ')') open.pop();
    else if (bracket === '(') {
      last.before = new Map();
      open.push(last.before);
    } else {
      last = { kind: marks.get(mark) ?? 'suffix', before: null };
      open.at(-1)?.set(label, last);
    }
  }
  return root;
}
