import { type FindingGroup, type FindingSection, findingSections } from '../../state/finding-list.ts';
import { goneRowsWords } from '../../words/place-words.ts';
import { titleOf } from '../../words/token-words.ts';
import { FindingMark } from '../parts/FindingMark.tsx';
import { Prose } from '../parts/Prose.tsx';
import { useModel } from '../store-context.ts';

type Folding = Exclude<FindingSection, 'counting'>;

function sectionWords(section: Folding, groups: readonly FindingGroup[]): [name: string, summary: string] {
  if (section === 'notes') return ['Notes', 'Worth knowing, nothing to mend'];
  if (section === 'muted') return ['Muted findings', 'Muted, so not counted'];
  const gone = goneRowsWords(groups.flatMap(({ entries }) => entries.map(({ row }) => row)));
  return [`Findings of what is ${gone}`, `Was found in tokens that are ${gone}, so not counted`];
}

/** Every finding of the tokens listed, a line for each rule and severity, the worst first; notes, muted ones and what is gone apart. A press opens one. */
export function FindingsByRule() {
  const { sections } = useModel('findings');
  const { listed } = useModel('rows');
  const found = sections.value;
  if (findingSections.every((section) => found[section].length === 0)) {
    return (
      <p class="hint">{listed.value.length === 0 ? 'There are no tokens to judge.' : 'Nothing was found wrong.'}</p>
    );
  }
  return (
    <section class="finding-list" aria-label="All findings" onKeyDown={moveByArrows}>
      {found.counting.length > 0 ? (
        <Lines section="counting" groups={found.counting} />
      ) : (
        <p class="hint">Nothing that counts was found wrong.</p>
      )}
      <Folded section="notes" groups={found.notes} />
      <Folded section="muted" groups={found.muted} />
      <Folded section="past" groups={found.past} />
    </section>
  );
}

/** Arrow keys go from line to line, as they do in the list of tokens. */
function moveByArrows(event: KeyboardEvent): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const list = event.currentTarget as HTMLElement;
  const lines = [...list.querySelectorAll<HTMLElement>('.entry, summary')].filter(
    (line) => line.tagName === 'SUMMARY' || line.closest('details:not([open])') === null,
  );
  const at = lines.indexOf(event.target as HTMLElement);
  if (by === undefined || at < 0) return;
  event.preventDefault();
  const next = lines[at + by];
  next?.focus();
  if (next?.classList.contains('entry')) next.click();
}

function Folded({ section, groups }: { section: Folding; groups: readonly FindingGroup[] }) {
  const { open } = useModel('findings');
  if (groups.length === 0) return null;
  const [name, summary] = sectionWords(section, groups);
  const holdsOpen = groups.some(({ entries }) => entries.some(({ key }) => key === open.value?.key));
  return (
    <section aria-label={name}>
      <details open={section === 'muted' || holdsOpen}>
        <summary class="fold-line">
          {summary} <span class="muted">{groups.length}</span>
        </summary>
        <Lines section={section} groups={groups} />
      </details>
    </section>
  );
}

function Lines({ section, groups }: { section: FindingSection; groups: readonly FindingGroup[] }) {
  return (
    <ul>
      {groups.map((group) => (
        <li key={group.id}>
          <Line section={section} group={group} />
        </li>
      ))}
    </ul>
  );
}

function Line({ section, group: { first, entries } }: { section: FindingSection; group: FindingGroup }) {
  const { open, openKey, entries: all } = useModel('findings');
  const current = open.value;
  const isCurrent = entries.some(({ key }) => key === current?.key);
  // One stop of the Tab key for all of them: the one that is open, or else the first.
  const isStop = isCurrent || (current === null && entries[0]?.key === all.value[0]?.key);
  return (
    <button
      type="button"
      class="entry"
      aria-current={isCurrent ? 'true' : undefined}
      tabIndex={isStop ? 0 : -1}
      onClick={() => {
        if (!isCurrent) openKey.value = entries[0]?.key ?? null;
      }}
    >
      <FindingMark severity={first.severity} isGone={section === 'past'} />
      <span class="title">
        <Prose text={first.title} />
      </span>
      <span class="muted who">{whoOf(entries)}</span>
    </button>
  );
}

/** "Daily · standup · Ada" of one, "14 tokens" of several. */
function whoOf(entries: FindingGroup['entries']): string {
  const ids = new Set(entries.flatMap(({ row, finding }) => finding.tokens ?? [row.subject.token.id]));
  const [only] = entries;
  return ids.size === 1 && only ? titleOf(only.row.subject) : `${ids.size.toLocaleString('en')} tokens`;
}
