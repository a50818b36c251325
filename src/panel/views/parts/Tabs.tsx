import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

interface Choice<Id extends string> {
  id: Id;
  title: string;
  /** Shown beside the title. */
  count?: number;
}

/** A row of tabs after the ARIA pattern: one Tab stop, arrow keys between them. Its panel has the id `<name>-panel`. */
export function Tabs<Id extends string>({
  name,
  label,
  choices,
  chosen,
  choose,
  children,
}: {
  name: string;
  label: string;
  choices: readonly Choice<Id>[];
  chosen: Id;
  choose: (id: Id) => void;
  children?: ComponentChildren;
}) {
  function step(event: KeyboardEvent): void {
    const index = choices.findIndex(({ id }) => id === chosen);
    const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: choices.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = choices.at(to % choices.length);
    if (!next) return;
    choose(next.id);
    document.getElementById(`${name}-tab-${next.id}`)?.focus();
  }

  // In the middle, so that the tabs beside it can be pressed where not all have room.
  useEffect(() => {
    document.getElementById(`${name}-tab-${chosen}`)?.scrollIntoView?.({ block: 'nearest', inline: 'center' });
  }, [name, chosen]);

  return (
    <div class="tabs">
      {children}
      <div class="tablist" role="tablist" aria-label={label} onKeyDown={step}>
        {choices.map(({ id, title, count }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${name}-tab-${id}`}
            aria-selected={id === chosen}
            aria-controls={`${name}-panel`}
            tabIndex={id === chosen ? 0 : -1}
            onClick={() => choose(id)}
          >
            {title}
            {count ? <span class="count">{count}</span> : null}
          </button>
        ))}
      </div>
    </div>
  );
}

export function TabPanel({ name, chosen, children }: { name: string; chosen: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a tab panel that scrolls must be reachable by keyboard
    <div class="tabpanel" role="tabpanel" id={`${name}-panel`} aria-labelledby={`${name}-tab-${chosen}`} tabIndex={0}>
      {children}
    </div>
  );
}
