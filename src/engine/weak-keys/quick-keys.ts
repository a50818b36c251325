import type { FoundKey, Subject } from '../model/report.ts';
import { isSearchable, searchKey } from './search-key.ts';

/** Tokens whose keys are looked for, and about how many keys are tried for each: empty and published ones, names, a few common words. */
const mostSearched = 50;
const mostTried = 1500;

/**
 * The keys that made tokens' signatures, by token id, as far as a look at the likeliest tells: hundredths of a second for each token,
 * where `searchKey` takes seconds. For `inspect`, whose findings then say which tokens anybody can sign. Sends nothing.
 */
export function quickKeys(subjects: readonly Subject[]): Map<string, FoundKey> {
  const keys = new Map<string, FoundKey>();
  for (const subject of subjects.filter(({ token }) => isSearchable(token)).slice(0, mostSearched)) {
    const found = keyOf(subject);
    if (found) keys.set(subject.token.id, found);
  }
  return keys;
}

function keyOf(subject: Subject): FoundKey | null {
  const search = searchKey(subject, { batch: 250 });
  for (;;) {
    const step = search.next();
    if (step.done) return step.value;
    if (step.value.tried >= mostTried) search.return(null);
  }
}
