import type { Row } from '../../state/row.ts';
import { type Tab, tabs } from '../../state/selection.ts';
import { titleOf } from '../../words/token-words.ts';
import { BackButton } from '../parts/BackButton.tsx';
import { Contained } from '../parts/Contained.tsx';
import { Icon } from '../parts/Icon.tsx';
import { TabPanel, Tabs } from '../parts/Tabs.tsx';
import { useModel } from '../store-context.ts';
import { Claims } from './Claims.tsx';
import { Findings } from './Findings.tsx';
import { Overview } from './Overview.tsx';
import { Places } from './Places.tsx';
import { Privileges } from './Privileges.tsx';
import { Raw } from './Raw.tsx';
import { Validity } from './Validity.tsx';

const titles: Record<Tab, string> = {
  overview: 'Overview',
  claims: 'Claims',
  privileges: 'Privileges',
  findings: 'Findings',
  places: 'Places',
  validity: 'Validity',
  raw: 'Raw',
};

const contents: Record<Tab, (props: { row: Row }) => preact.JSX.Element | null> = {
  overview: Overview,
  claims: Claims,
  privileges: Privileges,
  findings: Findings,
  places: Places,
  validity: Validity,
  raw: Raw,
};

/** Everything about one token. */
export function Detail({ row }: { row: Row }) {
  const { tab, openTab, deselect } = useModel('selection');
  const counts: Partial<Record<Tab, number>> = {
    findings: row.findings.filter(({ muted, under }) => !muted && !under).length,
    places: row.subject.sightings.length,
  };
  const Content = contents[tab.value];
  return (
    <section
      class="detail"
      aria-label={`Details of ${titleOf(row.subject)}`}
      onKeyDown={(event) => leaveOnEscape(event, deselect)}
    >
      <Tabs
        name="detail"
        label="Details"
        choices={tabs.map((id) => ({ id, title: titles[id], ...(counts[id] ? { count: counts[id] } : {}) }))}
        chosen={tab.value}
        choose={openTab}
      >
        <BackButton />
        <CloseDetail close={deselect} />
      </Tabs>
      <TabPanel name="detail" chosen={tab.value}>
        <Contained key={`${row.subject.token.id} ${tab.value}`} name={titles[tab.value]}>
          <Content row={row} />
        </Contained>
      </TabPanel>
    </section>
  );
}

export function CloseDetail({ close }: { close: () => void }) {
  return (
    <button
      type="button"
      class="tool"
      aria-label="Close details"
      title="Close details"
      onClick={() => {
        close();
        setTimeout(focusList);
      }}
    >
      <Icon name="close" />
    </button>
  );
}

/** Esc goes back to the list, where a second Esc closes the details. Where there is room for one of them only, it closes. */
export function leaveOnEscape(event: KeyboardEvent, close: () => void): void {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  event.preventDefault();
  focusList();
  if (document.activeElement?.classList.contains('grid')) return;
  close();
  setTimeout(focusList);
}

function focusList(): void {
  document.querySelector<HTMLElement>('.roomkey .grid')?.focus();
}
