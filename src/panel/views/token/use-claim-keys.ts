import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/**
 * Claims have one Tab stop; arrow keys move between them, and open and close those that hold others. A claim can so be reached that has no
 * button of its own, and its menu with it.
 */
export function useClaimKeys(claims: RefObject<HTMLElement | null>): (event: KeyboardEvent) => void {
  useLayoutEffect(() => {
    const all = claimsIn(claims.current);
    const stop = all.find((one) => one === document.activeElement) ?? all[0];
    for (const one of all) one.tabIndex = one === stop ? 0 : -1;
  });

  return (event) => {
    const all = claimsIn(claims.current);
    const claim = (event.target as HTMLElement).closest<HTMLElement>('.spot.claim');
    const at = claim ? all.indexOf(claim) : -1;
    if (!claim || at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const twisty = claim.querySelector<HTMLElement>('.twisty');
    const isOpen = twisty?.getAttribute('aria-expanded') === 'true';
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) move(all[Math.min(all.length - 1, Math.max(0, to))], all);
    else if (event.key === 'ArrowRight' && twisty && isOpen) move(all[at + 1], all);
    else if (event.key === 'ArrowLeft' && !isOpen) move(parentOf(claim), all);
    else if (twisty && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) twisty.click();
    else return;
    event.preventDefault();
  };
}

function claimsIn(element: HTMLElement | null): HTMLElement[] {
  return [...(element?.querySelectorAll<HTMLElement>('.spot.claim') ?? [])];
}

function parentOf(claim: HTMLElement): HTMLElement | null {
  return claim.closest('.node')?.parentElement?.closest('.node')?.querySelector<HTMLElement>('.spot.claim') ?? null;
}

function move(to: HTMLElement | null | undefined, all: readonly HTMLElement[]): void {
  if (!to) return;
  for (const one of all) one.tabIndex = one === to ? 0 : -1;
  to.focus();
}
