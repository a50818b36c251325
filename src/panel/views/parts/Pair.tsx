import type { ComponentChildren } from 'preact';

/** A line of a `<dl>`: what it is called, and what it is. */
export function Pair({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
