import { type Privilege, privileges } from '../model/facts.ts';
import type { Subject } from '../model/report.ts';
import { grantOf, privilegeWords } from '../words/privilege-words.ts';

/** What everybody in a call does; the others are powers over it, or over those who are in it. */
const ordinary: ReadonlySet<Privilege> = new Set([
  'join',
  'subscribe',
  'publish-audio',
  'publish-video',
  'share-screen',
  'send-data',
]);

/** What a host does and a guest ought not to. */
export const powers: readonly Privilege[] = privileges.filter((privilege) => !ordinary.has(privilege));

/** Whether whoever holds all these tokens may do something: yes with one that grants it, no where all deny it; null where they leave it open. */
export function mayWith(tokens: readonly Subject[], privilege: Privilege): boolean | null {
  const answers = tokens.map(({ facts }) => grantOf(facts, privilege)?.allowed ?? null);
  if (answers.includes(true)) return true;
  return answers.length > 0 && answers.every((answer) => answer === false) ? false : null;
}

/** Rights that a sentence names at most; the table has all. */
const mostNamed = 5;

/** "mute others, remove others or record the call"; of many the first, and how many more. */
export function rightsWords(list: readonly Privilege[], join: (words: readonly string[]) => string): string {
  const more = list.length - mostNamed;
  const words = list.map((privilege) => privilegeWords[privilege]);
  return join(more > 1 ? [...words.slice(0, mostNamed), `do ${more} more things`] : words);
}
