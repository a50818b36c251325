import { useEffect, useRef } from 'preact/hooks';
import { AccessBanner } from './views/AccessBanner.tsx';
import { Compare } from './views/Compare.tsx';
import { Detail } from './views/Detail.tsx';
import { FindingsByRule } from './views/FindingsByRule.tsx';
import { PageMessage } from './views/PageMessage.tsx';
import { PlacesByOrigin } from './views/PlacesByOrigin.tsx';
import { PrivilegeMatrix } from './views/PrivilegeMatrix.tsx';
import { SettingsPane } from './views/SettingsPane.tsx';
import { SplitPane } from './views/SplitPane.tsx';
import { StatusLine } from './views/StatusLine.tsx';
import { useStore } from './views/store-context.ts';
import { TokenTable } from './views/TokenTable.tsx';
import { Toolbar } from './views/Toolbar.tsx';

export function App() {
  const { settingsOpen, notice } = useStore();
  const filter = useRef<HTMLInputElement>(null);

  useEffect(() => {
    function focusFilter(event: KeyboardEvent): void {
      const isFind = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f';
      const isSlash = event.key === '/' && !isEditable(event.target) && !event.ctrlKey && !event.metaKey;
      if (!isFind && !isSlash) return;
      event.preventDefault();
      filter.current?.focus();
      filter.current?.select();
    }
    document.addEventListener('keydown', focusFilter);
    return () => document.removeEventListener('keydown', focusFilter);
  }, []);

  return (
    <>
      <header>
        <h1 class="unseen">Roomkey</h1>
        <Toolbar filterRef={filter} />
        {settingsOpen.value ? <SettingsPane /> : null}
        <AccessBanner />
      </header>
      <main>
        <Main />
      </main>
      <StatusLine />
      <p class="unseen" role="status">
        {notice.value}
      </p>
    </>
  );
}

function Main() {
  const { view, rows, selected, active, pageState } = useStore();
  const isReadable = pageState.value.kind === 'watching' || pageState.value.kind === 'loading';
  if (rows.value.length === 0) return <PageMessage />;
  if (view.value !== 'tokens') {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      <section class="whole" aria-label={view.value} tabIndex={0}>
        {view.value === 'findings' ? (
          <FindingsByRule />
        ) : view.value === 'origins' ? (
          <PlacesByOrigin />
        ) : (
          <PrivilegeMatrix rows={rows.value} />
        )}
      </section>
    );
  }
  const list = (
    <>
      {isReadable ? null : <PageMessage />}
      <TokenTable />
    </>
  );
  const detail =
    selected.value.length > 1 ? <Compare rows={selected.value} /> : active.value ? <Detail row={active.value} /> : null;
  return <SplitPane first={list} second={detail} />;
}

function isEditable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
