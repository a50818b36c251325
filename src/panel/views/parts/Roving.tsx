import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** A row of buttons with one Tab stop, after the ARIA toolbar pattern: arrow keys move between those that are shown. */
export function Roving({
  class: name,
  label,
  children,
}: {
  class: string;
  label: string;
  children: ComponentChildren;
}) {
  const element = useRef<HTMLDivElement>(null);
  const current = useRef<HTMLElement | null>(null);

  function refresh(): void {
    const all = itemsOf(element.current);
    const stop = all.find((one) => one === current.current) ?? all[0] ?? null;
    for (const one of all) one.tabIndex = one === stop ? 0 : -1;
  }

  // After it was drawn: what is shown is known then, and to ask before would have it laid out twice.
  useEffect(refresh);
  useEffect(() => {
    if (!element.current || typeof ResizeObserver === 'undefined') return undefined;
    // Where room gets short, the one with the Tab stop may be no longer shown.
    const observer = new ResizeObserver(refresh);
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);

  function move(event: KeyboardEvent): void {
    const all = itemsOf(element.current);
    const at = all.indexOf(event.target as HTMLElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    all.at(to % all.length)?.focus();
  }

  return (
    <div
      ref={element}
      class={name}
      role="toolbar"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={move}
      onFocusIn={(event) => {
        if (!itemsOf(element.current).includes(event.target as HTMLElement)) return;
        current.current = event.target as HTMLElement;
        refresh();
      }}
    >
      {children}
    </div>
  );
}

/** Buttons and boxes that are shown, without those of an open popup. */
function itemsOf(element: HTMLElement | null): HTMLElement[] {
  return [...(element?.querySelectorAll<HTMLElement>('button, input[type="checkbox"]') ?? [])].filter(
    (one) => !one.closest('.popup') && (one.checkVisibility?.() ?? true),
  );
}
