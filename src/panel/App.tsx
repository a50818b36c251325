import type { Ref } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Row } from './state/row.ts';
import { AccessBanner } from './views/frame/AccessBanner.tsx';
import { AsOfBanner } from './views/frame/AsOf.tsx';
import { MissedBanner } from './views/frame/MissedBanner.tsx';
import { PageMessage } from './views/frame/PageMessage.tsx';
import { SplitPane } from './views/frame/SplitPane.tsx';
import { StatusLine } from './views/frame/StatusLine.tsx';
import { Toolbar } from './views/frame/Toolbar.tsx';
import { TokenTable } from './views/lists/TokenTable.tsx';
import { Contained } from './views/parts/Contained.tsx';
import { lazily } from './views/parts/lazily.tsx';
import { useModel } from './views/store-context.ts';

// What is drawn only once there are tokens comes with the code that judges them.
const Compare = lazily(() => import('./views/lists/Compare.tsx').then((module) => module.Compare));
const Detail = lazily(() => import('./views/token/Detail.tsx').then((module) => module.Detail));
const Expectations = lazily(() => import('./views/lists/Expectations.tsx').then((module) => module.Expectations));
const FindingsByRule = lazily(() => import('./views/lists/FindingsByRule.tsx').then((module) => module.FindingsByRule));
const PlacesByOrigin = lazily(() => import('./views/lists/PlacesByOrigin.tsx').then((module) => module.PlacesByOrigin));
const PrivilegeMatrix = lazily(() =>
  import('./views/lists/PrivilegeMatrix.tsx').then((module) => module.PrivilegeMatrix),
);
const NothingInFile = lazily(() => import('./views/frame/SourceBanner.tsx').then((module) => module.NothingInFile));
const SourceBanner = lazily(() => import('./views/frame/SourceBanner.tsx').then((module) => module.SourceBanner));
const SettingsPane = lazily(() => import('./views/settings/SettingsPane.tsx').then((module) => module.SettingsPane));

/** Loads every view, so that none is waited for when it is opened. */
export async function preloadViews(): Promise<void> {
  const views = [Compare, Detail, FindingsByRule, PlacesByOrigin, PrivilegeMatrix, SettingsPane];
  await Promise.all(views.map((view) => view.preload()));
}

export function App() {
  const { all } = useModel('rows');
  const { notice } = useModel('messages');
  const hasTokens = all.value.length > 0;
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

  useEffect(() => {
    if (hasTokens) void preloadViews();
  }, [hasTokens]);

  return (
    <>
      <Header filterRef={filter} />
      <main>
        <Main />
      </main>
      <Contained name="status line">
        <StatusLine />
      </Contained>
      <p class="unseen" role="status">
        {notice.value}
      </p>
    </>
  );
}

function Header({ filterRef }: { filterRef: Ref<HTMLInputElement> }) {
  const { settingsOpen } = useModel('navigation');
  const { imported, progress } = useModel('recordings');
  return (
    <header>
      <h1 class="unseen">Roomkey</h1>
      <Contained name="toolbar">
        <Toolbar filterRef={filterRef} />
      </Contained>
      {settingsOpen.value ? <SettingsPane /> : null}
      {progress.value || imported.value ? <SourceBanner /> : null}
      {imported.value ? null : <AsOfBanner />}
      {imported.value ? null : <MissedBanner />}
      {imported.value ? null : <AccessBanner />}
    </header>
  );
}

function Main() {
  const { listed } = useModel('rows');
  const { view } = useModel('navigation');
  const { imported } = useModel('recordings');
  if (view.value === 'expectations') return <Expectations />;
  if (listed.value.length === 0) return imported.value ? <NothingInFile /> : <PageMessage />;
  if (view.value === 'tokens') return <Tokens />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="whole" aria-label={view.value} tabIndex={0}>
      <Contained key={view.value} name={view.value}>
        {view.value === 'findings' ? (
          <FindingsByRule />
        ) : view.value === 'origins' ? (
          <PlacesByOrigin />
        ) : (
          <PrivilegeMatrix rows={listed.value.filter(({ goneAt }) => goneAt === null)} />
        )}
      </Contained>
    </section>
  );
}

/** The list, and beside it what was chosen. */
function Tokens() {
  const { selected, active } = useModel('selection');
  const { state } = useModel('page');
  const { imported } = useModel('recordings');
  const isReadable = imported.value !== null || ['watching', 'loading'].includes(state.value.kind);
  const list = (
    <>
      {isReadable ? null : <PageMessage />}
      <TokenTable />
    </>
  );
  const chosen = selected.value.length > 1 ? selected.value : active.value ? [active.value] : [];
  const detail =
    chosen.length === 0 ? null : (
      <Contained key={chosen.map(({ subject }) => subject.token.id).join()} name="details">
        {chosen[1] ? <Compare rows={chosen} /> : <Detail row={chosen[0] as Row} />}
      </Contained>
    );
  return <SplitPane first={list} second={detail} />;
}

function isEditable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
