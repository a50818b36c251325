import type { ComponentChildren } from 'preact';
import { timeOfDay } from '../../words/show-time.ts';
import { visible } from '../../words/visible.ts';
import { PickFile } from '../parts/PickFile.tsx';
import { useModel } from '../store-context.ts';

/** Sites offered at once. */
const most = 3;

/** Of a page that was read and holds no token: where was looked, what came of it, and what may be done next. */
export function NothingYet() {
  const { closedSites, grants } = useModel('page');
  const { rescan } = useModel('watch');
  const recordings = useModel('recordings');
  return (
    <section class="message first-use" aria-label="No tokens here yet">
      <h2>No tokens here yet</h2>
      <p>Roomkey goes on looking. Join a call or sign in, and tokens appear by themselves.</p>
      <Looked />
      {closedSites.value.length > 0 && grants.words ? <p>{grants.words.asking}</p> : null}
      <div class="next">
        <button type="button" class="primary" onClick={rescan}>
          Rescan
        </button>
        <PickFile
          class="plain"
          field="open-recording"
          title="Open a recording: HAR, storage state, trace, saved report or any text"
          multiple
          pick={(files) => void recordings.open(files)}
        >
          Open a recording
        </PickFile>
      </div>
      <p>
        To see Roomkey at work, run <code>npm run demo</code> in its source: a call page with tokens in every place. A
        token that you paste here is explained, and <kbd>?</kbd> lists the keys.
      </p>
    </section>
  );
}

function Looked() {
  const { frames, closedSites, requestAccess, missedBefore, openedAt, reload } = useModel('page');
  const { rescan } = useModel('watch');
  const { zone } = useModel('settings');
  const { problems } = useModel('judgement').report.value;
  const unread = problems.filter(({ code }) => code === 'frame-unreadable').length;
  const but = unread === 0 ? '' : `, but ${unread === 1 ? 'a frame' : `${unread} frames`} could not be read`;
  const count = frames.value.length;
  const closed = closedSites.value;
  const since = openedAt.value === null ? '' : ` since ${timeOfDay(openedAt.value, zone.value)}`;
  return (
    <table>
      <caption>Looked at</caption>
      <tbody>
        <Place name={count > 0 ? `Addresses of the page and ${framesOf(count)}` : 'The address of the page'}>
          no token
        </Place>
        <Place name="Cookies that scripts can read, storage, the document">no token{but}</Place>
        <Place name={`Requests and answers${since}`}>
          no token{missedBefore.value === null ? '' : '; earlier ones are not known '}
          {missedBefore.value === null ? null : <Link press={reload}>Reload the page</Link>}
        </Place>
        <Place name="Databases and caches">
          {closed.length > 0 ? (
            <>
              only when you press <Link press={rescan}>Rescan</Link>
            </>
          ) : (
            'no token'
          )}
          {but}
        </Place>
        <Place name="Cookies that scripts cannot read, messages between windows">
          {closed.length > 0 ? 'only with access ' : 'no token'}
          {closed.slice(0, most).map(({ site }) => (
            <Link key={site} press={() => void requestAccess(site)}>
              Allow on {visible(site)}
            </Link>
          ))}
          {closed.length > most ? ` and ${closed.length - most} more, in the settings` : ''}
        </Place>
      </tbody>
    </table>
  );
}

const framesOf = (count: number) => (count === 1 ? 'its frame' : `its ${count} frames`);

function Place({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{children}</td>
    </tr>
  );
}

function Link({ press, children }: { press: () => void; children: ComponentChildren }) {
  return (
    <button type="button" class="link" onClick={press}>
      {children}
    </button>
  );
}
