import { useEffect, useState } from 'preact/hooks';
import { visible } from '../../words/visible.ts';
import { Icon } from '../parts/Icon.tsx';
import { useModel } from '../store-context.ts';

/** Sites offered at once. */
const most = 3;

/** Says what cannot be seen without access, and asks for one site at a press. */
export function AccessBanner() {
  const { state, closedSites, requestAccess, grants } = useModel('page');
  const { words } = grants;
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const given = state.value.kind === 'watching' ? state.value.sites.filter(({ granted }) => granted) : [];
  // A site that was allowed, and is withdrawn, is told of again.
  useEffect(() => {
    setDismissed((known) => (given.some(({ site }) => known.includes(site)) ? known.filter(isClosed) : known));
  }, [given.map(({ site }) => site).join(' ')]);
  const isClosed = (one: string) => !given.some(({ site }) => site === one);
  const sites = closedSites.value.filter(({ site }) => !dismissed.includes(site));
  if (sites.length === 0) return null;
  const rest = sites.length - most;
  return (
    <section class="banner" aria-label="Hidden cookies">
      <p>
        Without access to{' '}
        {sites.slice(0, most).map(({ site }, index) => (
          <span key={site}>
            {index > 0 ? ', ' : ''}
            <b>{visible(site)}</b>
          </span>
        ))}
        {rest > 0 ? ` and ${rest} more` : ''}, the page’s own script tells, and can hide or invent tokens;{' '}
        {words?.withoutIt ?? 'hidden cookies, changes of databases and messages between windows are not seen'}.
        {words ? ` ${words.asking}` : ''}
      </p>
      <div class="actions">
        {sites.slice(0, most).map(({ site }) => (
          <button key={site} type="button" class="plain" onClick={() => void requestAccess(site)}>
            Allow on {visible(site)}
          </button>
        ))}
        <button
          type="button"
          class="tool small"
          aria-label="Not now"
          title="Not now"
          onClick={() => setDismissed([...dismissed, ...sites.map(({ site }) => site)])}
        >
          <Icon name="close" />
        </button>
      </div>
    </section>
  );
}
