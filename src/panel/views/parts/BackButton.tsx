import type { View } from '../../state/navigation.ts';
import type { Tab } from '../../state/selection.ts';
import { titleOf } from '../../words/token-words.ts';
import { useModel } from '../store-context.ts';
import { Icon } from './Icon.tsx';

const viewWords: Record<View, string> = {
  tokens: 'the list',
  findings: 'all findings',
  origins: 'all places',
  privileges: 'all privileges',
  timeline: 'the timeline',
  expectations: 'expectations',
};

const tabWords: Record<Tab, string> = {
  overview: 'the overview',
  claims: 'the claims',
  privileges: 'the privileges',
  findings: 'the findings',
  places: 'the places',
  validity: 'validity',
  raw: 'the raw token',
};

/** Leads back to where one came from; nothing where nothing led here. */
export function BackButton() {
  const { from, back } = useModel('trail');
  const { ids } = useModel('selection');
  const { byId } = useModel('rows');
  const last = from.value;
  if (last === null) return null;
  const [id] = last.ids;
  const row = id === undefined || last.view !== 'tokens' ? undefined : byId.value.get(id);
  const words =
    last.view !== 'tokens' || !row
      ? viewWords[last.view]
      : `${tabWords[last.tab]}${id === ids.value[0] ? '' : ` of ${titleOf(row.subject)}`}`;
  return (
    <button
      type="button"
      class="tool"
      aria-label={`Back to ${words}`}
      title={`Back to ${words}`}
      onClick={() => {
        back();
        setTimeout(focusThere);
      }}
    >
      <Icon name="left" />
    </button>
  );
}

/** What had the focus is no longer drawn. */
function focusThere(): void {
  const there =
    document.querySelector<HTMLElement>('.roomkey .spot.lit, .roomkey .entry[aria-current="true"]') ??
    document.querySelector<HTMLElement>('.roomkey .detail [role="tab"][aria-selected="true"]') ??
    document.querySelector<HTMLElement>('.roomkey .whole');
  there?.focus();
}
