import type { LockedKind, LockedPlace } from './lock-file.ts';

/** Texts once each, in the order of their characters, whatever the language of the machine. */
export function sortedTexts(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(inOrder);
}

const inOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** For sorting what is written as JSON. */
export function byText(a: LockedKind | LockedPlace, b: LockedKind | LockedPlace): number {
  return inOrder(JSON.stringify(a), JSON.stringify(b));
}
