import { tokenUses } from '../words/token-uses.ts';
import { roleNoun, roomWords } from './kind-differences.ts';
import type { LockedKind } from './lock-file.ts';

/** What each kind is called: "Daily guest", with its room, its life and its place where others are called so, too. */
export function kindTitles(kinds: readonly LockedKind[]): Map<LockedKind, string> {
  const titles = new Map<LockedKind, string>();
  let alike: (readonly LockedKind[])[] = [kinds];
  for (const title of [nounOf, withRoom, withLife, withPlace]) {
    const isLast = title === withPlace;
    alike = alike.flatMap((group) => {
      const named = grouped(group, title);
      for (const [name, [only, ...others]] of named) {
        if (only && (others.length === 0 || isLast)) for (const one of [only, ...others]) titles.set(one, name);
      }
      return [...named.values()].filter(({ length }) => length > 1);
    });
  }
  return titles;
}

function grouped(kinds: readonly LockedKind[], title: (kind: LockedKind) => string): Map<string, LockedKind[]> {
  const groups = new Map<string, LockedKind[]>();
  for (const kind of kinds) {
    const name = title(kind);
    const known = groups.get(name);
    if (known) known.push(kind);
    else groups.set(name, [kind]);
  }
  return groups;
}

function nounOf(kind: LockedKind): string {
  const use = tokenUses[kind.use]?.replace(/^an? /, '') ?? 'token';
  const noun = kind.role === 'unknown' ? use : roleNoun(kind);
  const platform = kind.name ?? kind.platform;
  if (platform !== undefined) return `${platform} ${noun}`;
  return kind.issuer === undefined ? noun : `${noun} of ${kind.issuer}`;
}

function withRoom(kind: LockedKind): string {
  return kind.use === 'video-join' ? `${nounOf(kind)} for ${roomWords(kind)}` : nounOf(kind);
}

const withLife = (kind: LockedKind) => `${withRoom(kind)} (${kind.lives})`;
const withPlace = (kind: LockedKind) => `${withLife(kind)} in ${kind.places[0]?.in}`;
