import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Row } from './state/row.ts';
import { AccessBanner } from './views/frame/AccessBanner.tsx';
import { AsOfBanner } from './views/frame/AsOf.tsx';
import { MissedBanner } from './views/frame/MissedBanner.tsx';
import { PageMessage } from './views/frame/PageMessage.tsx';
import { SplitPane } from './views/frame/SplitPane.tsx';
import { StatusLine } from './views/frame/StatusLine.tsx';
import { Toolbar } from './views/frame/Toolbar.tsx';
import { useKeys } from './views/frame/use-keys.ts';
import { Contained } from './views/parts/Contained.tsx';
import { lazily } from './views/parts/lazily.tsx';
import { useModel } from './views/store-context.ts';

// What is drawn only once there are tokens comes with the code that judges them.
const Compare = lazily(() => import('./views/lists/Compare.tsx').then((module) => module.Compare));
const ContextMenu = lazily(() => import('./views/frame/ContextMenu.tsx').then((module) => module.ContextMenu));
const Detail = lazily(() => import('./views/token/Detail.tsx').then((module) => module.Detail));
const Expectations = lazily(() => import('./views/lists/Expectations.tsx').then((module) => module.Expectations));
const FindingsByRule = lazily(() => import('./views/lists/FindingsByRule.tsx').then((module) => module.FindingsByRule));
const OpenFinding = lazily(() => import('./views/lists/OpenFinding.tsx').then((module) => module.OpenFinding));
const PageSentence = lazily(() => import('./views/frame/PageSentence.tsx').then((module) => module.PageSentence));
const PlacesByOrigin = lazily(() => import('./views/lists/PlacesByOrigin.tsx').then((module) => module.PlacesByOrigin));
const PrivilegeMatrix = lazily(() =>
  import('./views/lists/PrivilegeMatrix.tsx').then((module) => module.PrivilegeMatrix),
);
const NothingInFile = lazily(() => import('./views/frame/SourceBanner.tsx').then((module) => module.NothingInFile));
const SourceBanner = lazily(() => import('./views/frame/SourceBanner.tsx').then((module) => module.SourceBanner));
const Timeline = lazily(() => import('./views/lists/Timeline.tsx').then((module) => module.Timeline));
const TokenTable = lazily(() => import('./views/lists/TokenTable.tsx').then((module) => module.TokenTable));
const Shortcuts = lazily(() => import('./views/frame/Shortcuts.tsx').then((module) => module.Shortcuts));
const SettingsPane = lazily(() => import('./views/settings/SettingsPane.tsx').then((module) => module.SettingsPane));

/** Loads every view, so that none is waited for when it is opened. */
export async function preloadViews(): Promise<void> {
  const views = [
    TokenTable,
    PageSentence,
    Compare,
    ContextMenu,
    Detail,
    FindingsByRule,
    OpenFinding,
    PlacesByOrigin,
    SettingsPane,
  ];
  await Promise.all(views.map((view) => view.preload()));
}

export function App() {
  const { all } = useModel('rows');
  const { notice } = useModel('messages');
  const hasTokens = all.value.length > 0;
  const filter = useRef<HTMLInputElement>(null);

  useKeys(filter);

  useEffect(() => {
    if (hasTokens) void preloadViews();
  }, [hasTokens]);

  return (
    <>
      <Header filterRef={filter} />
      <main>
        <Main />
        <Layers />
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

/** What lies over the panel. */
function Layers() {
  const { open } = useModel('contextMenu');
  const { shortcutsOpen } = useModel('navigation');
  const menu = open.value;
  return (
    <>
      {menu ? (
        <Contained key={`${menu.x} ${menu.y} ${JSON.stringify(menu.target)}`} name="menu">
          <ContextMenu menu={menu} />
        </Contained>
      ) : null}
      {shortcutsOpen.value ? <Shortcuts /> : null}
    </>
  );
}

function Header({ filterRef }: { filterRef: RefObject<HTMLInputElement | null> }) {
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
      {imported.value ? null : (
        <div class="banners">
          <AsOfBanner />
          <MissedBanner />
          <AccessBanner />
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: not a set of fields */}
      <div class="page-sentence" role="group" aria-label="In a sentence">
        <Contained name="sentence about the page">
          <PageSentence />
        </Contained>
      </div>
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
  if (view.value === 'findings') return <AllFindings />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="whole" aria-label={view.value} tabIndex={0}>
      <Contained key={view.value} name={view.value}>
        {view.value === 'origins' ? (
          <PlacesByOrigin />
        ) : view.value === 'timeline' ? (
          <Timeline />
        ) : (
          <PrivilegeMatrix rows={listed.value.filter(({ goneAt }) => goneAt === null)} />
        )}
      </Contained>
    </section>
  );
}

/** Every finding, and beside them the one that is open. */
function AllFindings() {
  const { open } = useModel('findings');
  const list = (
    <section class="whole" aria-label="findings">
      <Contained name="findings">
        <FindingsByRule />
      </Contained>
    </section>
  );
  const opened = open.value ? (
    <Contained key={open.value.key} name="finding">
      <OpenFinding />
    </Contained>
  ) : null;
  return <SplitPane first={list} second={opened} />;
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
