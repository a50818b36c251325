import { clip } from '../text/sentence.ts';

/** Why joining fails, as far as it is told here. */
interface Told {
  id: string;
  /** The whole sentence. */
  says: string;
  at: string | null;
}

/** Why joining fails, as a clause after "it will be refused:". */
export function causeClause({ id, says, at }: Told, say: (text: string) => string): string {
  const clause = Object.hasOwn(clauses, id) ? clauses[id] : undefined;
  if (clause === undefined) return asClause(say(says));
  const claim = at?.replace(/^(?:claims|header)\./, '') ?? '';
  return clause.replace('CLAIM', () => (claim === '' ? 'a claim' : clip(say(claim), 30)));
}

/** Of causes whose own sentence is long; any other is told by its own. */
const clauses: Record<string, string> = {
  damaged: 'it is damaged',
  'not-alone': 'more than the token stands there',
  'odd-json': 'its JSON is not plain',
  'server-credential': 'it is a credential for servers',
  'wrong-product': 'it is no token to join with',
  'unknown-platform': 'no known platform issues such tokens',
  'time-not-a-number': 'CLAIM is not a number',
  'time-in-milliseconds': 'CLAIM is not in seconds',
  'time-beyond-counting': 'CLAIM is more than servers can count',
  'time-relative': 'its end is written as a duration',
  expired: 'it has expired',
  'right-ended': 'a right in it has ended',
  'expires-at-once': 'it is about to expire',
  'not-yet-valid': 'it is not valid yet',
  'clocks-differ': 'it was made in the future, so a clock is wrong',
  'never-valid': 'it ends before it starts',
  unsigned: 'it is not signed',
  'wrong-algorithm': 'it is signed with an algorithm that is not taken',
  'claim-missing': 'CLAIM is missing or empty',
  misspelt: 'CLAIM is not what the claim is called',
  mistyped: 'CLAIM is of the wrong type',
  'unknown-value': 'CLAIM has a value that is not known',
  'wrong-platform': 'the page shows a call of another platform',
  'room-differs': 'the room is another',
  'room-spelling': 'its room is spelled in another way',
  'room-is-address': 'its room is an address instead of a name',
  'lifetime-outside-limits': 'it lives longer or shorter than is taken',
  'too-long': 'it is too long',
  'server-refused': 'its server refused a request with it',
};

/** Ids that have a clause of their own; a test sees that all of them are causes. */
export const clauseIds: readonly string[] = Object.keys(clauses);

/** The first sentence without its stop: "`r` names a list". */
function asClause(says: string): string {
  const [first = ''] = says.replaceAll('`', '').split(/\.\s/);
  const short = shortened(first.replace(/\.$/, ''));
  return /^[A-Z][a-z]/.test(short) ? short.charAt(0).toLowerCase() + short.slice(1) : short;
}

/** Without what comes after its last half that there is room for; cut where the first half is longer. */
function shortened(clause: string): string {
  if (clause.length <= longest) return clause;
  const half = Math.max(clause.lastIndexOf('; ', longest), clause.lastIndexOf(', ', longest));
  return half > longest / 2 ? clause.slice(0, half) : clip(clause, longest);
}

/** Characters of a clause. */
const longest = 100;
