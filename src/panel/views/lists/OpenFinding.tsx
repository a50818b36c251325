import { useEffect, useRef } from 'preact/hooks';
import type { Entry, FindingGroup } from '../../state/finding-list.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { titleOf } from '../../words/token-words.ts';
import { cut } from '../../words/visible.ts';
import { FindingMark } from '../parts/FindingMark.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Prose } from '../parts/Prose.tsx';
import { useModel } from '../store-context.ts';
import { FindingActions, OneFinding } from '../token/OneFinding.tsx';

/** Tokens listed that have the same at most. */
const most = 100;

/** The finding that is open among all, with the way to the one before and after it, and the tokens that have the same. */
export function OpenFinding() {
  const { open, openKey, openIndex, entries, step, sections } = useModel('findings');
  const entry = open.value;
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (panel.current) panel.current.scrollTop = 0;
  }, [entry?.key]);
  if (!entry) return null;
  const { finding, row } = entry;
  const group = Object.values(sections.value)
    .flat()
    .find(({ entries: some }) => some.some(({ key }) => key === entry.key));
  const close = () => {
    openKey.value = null;
    setTimeout(() => document.querySelector<HTMLElement>('.roomkey .finding-list .entry')?.focus());
  };
  return (
    <section
      class="detail"
      aria-label="Open finding"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        close();
      }}
    >
      <div class="finding-bar">
        <button type="button" class="tool" aria-label="Close finding" title="Close finding" onClick={close}>
          <Icon name="close" />
        </button>
        <span class="muted position">
          {(openIndex.value + 1).toLocaleString('en')} of {entries.value.length.toLocaleString('en')}
        </span>
        <FindingActions
          finding={finding}
          row={row}
          previous={openIndex.value > 0 ? () => step(-1) : null}
          next={openIndex.value < entries.value.length - 1 ? () => step(1) : null}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <article ref={panel} class="tabpanel finding open" tabIndex={0} aria-label="Finding">
        <h2 class="finding-title">
          <FindingMark severity={finding.severity} isGone={row.goneAt !== null} />
          <span class="title">
            <Prose text={finding.title} />
          </span>
        </h2>
        <OneFinding finding={finding} row={row} namesToken />
        {group && group.entries.length > 1 ? <Same group={group} current={entry} /> : null}
      </article>
    </section>
  );
}

/** The same of other tokens, or elsewhere in this one: each opens. */
function Same({ group: { entries }, current }: { group: FindingGroup; current: Entry }) {
  const { openKey } = useModel('findings');
  return (
    <section class="same" aria-label="The same elsewhere">
      <h2>The same {entries.length.toLocaleString('en')} times</h2>
      <ul>
        {entries.slice(0, most).map(({ key, row, finding }) => (
          <li key={key}>
            <button
              type="button"
              class="link"
              aria-current={key === current.key ? 'true' : undefined}
              onClick={() => {
                openKey.value = key;
              }}
            >
              {titleOf(row.subject)}
            </button>{' '}
            <span class="muted">{whereOf({ key, row, finding })}</span>
          </li>
        ))}
        {entries.length > most ? <li class="muted">and {entries.length - most} more</li> : null}
      </ul>
    </section>
  );
}

/** The claim or place, in short. */
function whereOf({ row: { subject }, finding: { at } }: Entry): string {
  if (at === null) return '';
  const index = /^sightings\[(\d+)\]/.exec(at)?.[1];
  const text =
    index === undefined ? at.replace(/^claims\./, '') : (subject.sightings[Number(index)]?.place.label ?? '');
  return cut(masked(text, secretsOf(subject.token)), 100).text;
}
