import type { Imported } from '../../state/recordings.ts';
import { masked } from '../../words/masked.ts';
import { dateTime, duration } from '../../words/show-time.ts';
import { visible } from '../../words/visible.ts';
import type { ReadProgress } from '../../workers/inspect-messages.ts';
import { useModel } from '../store-context.ts';

/** Says that files are read, or shown in place of the page, and leads back to it. */
export function SourceBanner() {
  const { imported, progress, cancel, leave } = useModel('recordings');
  return (
    <>
      {progress.value ? <Reading progress={progress.value} cancel={cancel} /> : null}
      {imported.value ? <Showing imported={imported.value} leave={leave} /> : null}
    </>
  );
}

function Reading({ progress: { name, read, bytes }, cancel }: { progress: ReadProgress; cancel: () => void }) {
  return (
    <section class="banner" aria-label="Reading">
      <p>
        Reading <b>{visible(name)}</b>
        {read > 0 ? `, ${megabytes(read)} ` : ' '}
        {bytes !== null && read > 0 ? `of ${megabytes(bytes)} ` : ''}
        <progress {...(bytes ? { value: read, max: bytes } : {})} aria-label={`Reading ${visible(name)}`} />
      </p>
      <div class="actions">
        <button type="button" class="plain" onClick={cancel}>
          Cancel
        </button>
      </div>
    </section>
  );
}

function Showing({ imported: { title, saved, inputs, recordedAt }, leave }: { imported: Imported; leave: () => void }) {
  const { zone } = useModel('settings');
  return (
    <section class="banner" aria-label="Shown file">
      <p>
        {saved ? (
          <>
            Showing the saved report <b>{visible(title)}</b>, as it was judged {dateTime(saved.report.now, zone.value)}{' '}
            by the {visible(saved.report.policy)} policy.
            {saved.masked ? ' Its tokens are masked, so they cannot be validated or copied whole.' : ''}
          </>
        ) : (
          <>
            Showing <b>{visible(title)}</b> in place of the page. <JudgedAs recordedAt={recordedAt} />
          </>
        )}
        {inputs
          .filter(({ problems }) => problems.length > 0)
          .slice(0, 3)
          .map(({ name, problems }) => (
            <span key={name}> {masked(problems[0]?.message ?? '')}</span>
          ))}
      </p>
      <div class="actions">
        <button type="button" class="plain" onClick={leave}>
          Back to the page
        </button>
      </div>
    </section>
  );
}

/** By which clock what is shown is judged, and the way to the other. */
function JudgedAs({ recordedAt }: Pick<Imported, 'recordedAt'>) {
  const { zone } = useModel('settings');
  const { asOf, ahead, now, choose } = useModel('time');
  const later =
    ahead.value === 0 ? 'now' : `as of ${dateTime(now.value, zone.value)} (${duration(ahead.value)} from now)`;
  if (recordedAt === null) return <>It does not tell when it was recorded, so it is judged {later}.</>;
  const then = dateTime(recordedAt, zone.value);
  const isThen = asOf.value === 'recorded';
  return (
    <>
      {isThen ? `Judged as of ${then} (when it was recorded).` : `Judged ${later}; it was recorded ${then}.`}{' '}
      <button type="button" class="link" onClick={() => choose(isThen ? 0 : 'recorded')}>
        {isThen ? 'Judge it now' : 'Judge it as of then'}
      </button>
    </>
  );
}

/** What is shown where files hold no tokens. */
export function NothingInFile() {
  const { imported } = useModel('recordings');
  const { isActive, clear } = useModel('filter');
  return (
    <div class="message">
      <h2>{isActive.value ? 'No token matches the filter' : `No tokens in ${imported.value?.title ?? 'it'}`}</h2>
      {isActive.value ? (
        <button type="button" class="plain" onClick={clear}>
          Clear filters
        </button>
      ) : (
        <p>Every text in it was searched, encodings and compression peeled.</p>
      )}
    </div>
  );
}

function megabytes(bytes: number): string {
  return bytes < 1e6
    ? `${Math.ceil(bytes / 1e3)} kB`
    : `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 0 })} MB`;
}
