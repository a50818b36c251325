import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useModel } from '../store-context.ts';

/** Something another view can point to: it comes into view, takes the focus and is marked until something else is chosen. */
export function Spot({ at, class: name, children }: { at: string; class: string; children: ComponentChildren }) {
  const { spotlight } = useModel('selection');
  const element = useRef<HTMLDivElement>(null);
  const isLit = spotlight.value === at;
  useEffect(() => {
    if (!isLit) return;
    element.current?.scrollIntoView?.({ block: 'nearest' });
    element.current?.focus({ preventScroll: true });
  }, [isLit]);
  return (
    <div ref={element} class={`spot ${name}${isLit ? ' lit' : ''}`} data-at={at} tabIndex={-1}>
      {children}
    </div>
  );
}
