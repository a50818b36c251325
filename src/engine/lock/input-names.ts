import { addressPattern, namePattern } from './name-pattern.ts';

/** Folders that are told of a file at most. */
const mostFolders = 5;

/**
 * What inputs are called in a lock, by their names: a file without its folders, which differ from machine to machine, and an address as a
 * pattern. Files of one run that would be called alike (of one name in two folders, or but for a number) are told
 * apart by their folders, or by their numbers, since what lies in one is not in the other's place.
 */
export function inputNames(inputs: Iterable<string>): ReadonlyMap<string, string> {
  const names = new Map([...inputs].map((name) => [name, patternOf(name, 0)]));
  for (const alike of alikeIn(names)) {
    const spellings = [
      ...Array.from({ length: mostFolders }, (_, index) => (name: string) => patternOf(name, index + 1)),
      (name: string) => patternOf(name, 0, true),
      (name: string) => patternOf(name, mostFolders, true),
    ];
    const told = (spell: (name: string) => string) => new Set(alike.map(spell)).size;
    const most = Math.max(...spellings.map(told));
    const best = most > 1 ? spellings.find((spell) => told(spell) === most) : undefined;
    if (best) for (const name of alike) names.set(name, best(name));
  }
  return names;
}

/** Groups of names with one pattern. */
function alikeIn(names: ReadonlyMap<string, string>): string[][] {
  const groups = new Map<string, string[]>();
  for (const [name, pattern] of names) groups.set(pattern, [...(groups.get(pattern) ?? []), name]);
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** The pattern of a name with so many folders. A short number may count files of one run, and may be told. */
function patternOf(name: string, folders: number, isCounted = false): string {
  if (/^https?:\/\//i.test(name)) return addressPattern(name);
  const steps = name.slice(-1000).split(/[/\\]/);
  const own = steps.at(-1) ?? name;
  const [, stem = own, extension = ''] = /^(.+?)((?:\.[a-z]{2,12}){1,3})$/i.exec(own.slice(-300)) ?? [];
  const spell = (text: string) => (isCounted && /^[a-z]{0,20}[-_ ]?\d{1,3}$/i.test(text) ? text : namePattern(text));
  const around = folders === 0 ? [] : steps.slice(-1 - folders, -1).map(spell);
  return [...around, `${spell(stem)}${extension}`].join('/');
}

/** Whether a name may be that of the same file, of which more folders were told in one of two runs. */
export function isSameInput(locked: string, seen: string, isSame: (locked: string, seen: string) => boolean): boolean {
  if (isSame(locked, seen)) return true;
  const [one, other] = [locked.split('/'), seen.split('/')];
  const length = Math.min(one.length, other.length);
  return one.length !== other.length && isSame(one.slice(-length).join('/'), other.slice(-length).join('/'));
}
