import type { ComponentChildren } from 'preact';
import type { PageState } from '../../host.ts';
import { shownUrl } from '../../words/masked.ts';
import { lazily } from '../parts/lazily.tsx';
import { useModel } from '../store-context.ts';

const NothingYet = lazily(() => import('./NothingYet.tsx').then((module) => module.NothingYet));

type Unsupported = Extract<PageState, { kind: 'unsupported' }>;

const reasons: Record<Unsupported['reason'], { title: string; what: string }> = {
  'browser-page': {
    title: 'This is a page of the browser itself',
    what: 'No extension may read such pages. Open the page of a call in this tab and Roomkey starts by itself.',
  },
  file: {
    title: 'This page is a file on this computer',
    what: 'Browsers keep extensions out of files. Serve the folder on a local address, for example http://localhost, and open it there.',
  },
  'error-page': {
    title: 'The page could not be loaded',
    what: 'The browser shows an error page, or a sandboxed one that stopped loading, which no extension may read. Reload the page once the site answers.',
  },
  sandboxed: {
    title: 'This page is sandboxed',
    what: 'It runs without an origin of its own, so it has no cookies and no storage. Open it outside of its sandbox.',
  },
  other: {
    title: 'This page cannot be read',
    what: 'The browser does not let extensions read it. Open the page of a call in this tab.',
  },
};

/** What is shown where there are no tokens: why, and what to do. Null when there is nothing to say. */
export function PageMessage() {
  const { state: known, hasCapture } = useModel('page');
  const { paused, togglePause, rescan } = useModel('watch');
  const state = known.value;
  if (paused.value && !hasCapture.value) {
    return (
      <Message title="Watching is paused" action={<Press onClick={togglePause}>Resume watching</Press>}>
        Nothing new is read until you resume.
      </Message>
    );
  }
  if (state.kind === 'unsupported') {
    const { title, what } = reasons[state.reason];
    return (
      <Message title={title} detail={state.url}>
        {what}
      </Message>
    );
  }
  if (state.kind === 'failed') {
    return (
      <Message title="The page could not be read" action={<Press onClick={rescan}>Try again</Press>}>
        {state.message}
      </Message>
    );
  }
  if (!hasCapture.value) {
    return (
      <Message title="Reading the page …" busy>
        Addresses, cookies and storage of the page and its frames.
      </Message>
    );
  }
  return <NothingListed />;
}

/** Of a page that was read: it holds no token, or the filter hides them all. */
function NothingListed() {
  const { clear } = useModel('filter');
  const { all, listed } = useModel('rows');
  const count = all.value.length;
  if (count === 0) return <NothingYet />;
  if (listed.value.length > 0) return null;
  return (
    <Message title="No token matches the filter" action={<Press onClick={clear}>Clear filters</Press>}>
      {count.toLocaleString('en')} {count === 1 ? 'is' : 'are'} hidden by it.
    </Message>
  );
}

function Message({
  title,
  children,
  action,
  detail = null,
  busy = false,
}: {
  title: string;
  children: ComponentChildren;
  action?: ComponentChildren;
  detail?: string | null;
  busy?: boolean;
}) {
  return (
    <section class="message" aria-label={title} aria-busy={busy}>
      {busy ? <progress aria-label={title} /> : null}
      <h2>{title}</h2>
      <p>{children}</p>
      {detail ? <p class="mono muted">{shownUrl(detail)}</p> : null}
      {action}
    </section>
  );
}

function Press({ onClick, children }: { onClick: () => void; children: ComponentChildren }) {
  return (
    <button type="button" class="primary" onClick={onClick}>
      {children}
    </button>
  );
}
