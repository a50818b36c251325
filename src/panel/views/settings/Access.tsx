import { useEffect, useState } from 'preact/hooks';
import { visible } from '../../words/visible.ts';
import { useModel } from '../store-context.ts';

const mostSites = 30;

/** Sites of the page whose hidden cookies may be read and those whose may not, or no longer, and whatever else was granted. */
export function Access() {
  const { state, requestAccess, grants } = useModel('page');
  const granted = useGrants();
  const sites = state.value.kind === 'watching' ? state.value.sites : [];
  const others = granted.filter((one) => !sites.some(({ site }) => site === one));
  return (
    <fieldset>
      <legend>Access</legend>
      {sites.length === 0 ? <p class="muted">Sites are listed once a page is read.</p> : null}
      {grants.words && sites.some(({ granted: isGiven }) => !isGiven) ? (
        <p class="muted">{grants.words.asking}</p>
      ) : null}
      {sites.slice(0, mostSites).map((one) => (
        <p key={one.site}>
          {visible(one.site)}{' '}
          {one.granted ? (
            <>
              <span class="muted">may be read.</span> {granted.includes(one.site) ? <Withdraw site={one.site} /> : null}
            </>
          ) : (
            <button type="button" class="link" onClick={() => void requestAccess(one.site)}>
              Allow on {visible(one.site)}
            </button>
          )}
        </p>
      ))}
      <More count={sites.length - mostSites} />
      {others.length > 0 ? <p class="muted">Beside those of this page, these may be read:</p> : null}
      {others.slice(0, mostSites).map((site) => (
        <p key={site}>
          {visible(site)} <Withdraw site={site} />
        </p>
      ))}
      <More count={others.length - mostSites} />
    </fieldset>
  );
}

function More({ count }: { count: number }) {
  return count > 0 ? <p class="muted">and {count} more</p> : null;
}

function Withdraw({ site }: { site: string }) {
  const { grants } = useModel('page');
  const { say, fail } = useModel('messages');
  const withdraw = async () => {
    try {
      const isGone = await grants.withdraw(site);
      say(isGone ? `${site} can no longer be read.` : `The browser keeps the access to ${site}.`);
    } catch (error) {
      fail(`Access to ${site} could not be withdrawn`, error);
    }
  };
  return (
    <button
      type="button"
      class="link"
      aria-label={`Withdraw access to ${visible(site)}`}
      onClick={() => void withdraw()}
    >
      Withdraw
    </button>
  );
}

/** As the browser has them now. */
function useGrants(): readonly string[] {
  const { grants } = useModel('page');
  const [granted, setGranted] = useState<readonly string[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const look = () =>
      void grants.list().then(
        (now) => isCurrent && setGranted([...now].sort()),
        () => undefined,
      );
    const stop = grants.onChange(look);
    look();
    return () => {
      isCurrent = false;
      stop();
    };
  }, [grants]);
  return granted;
}
