import { masked } from '../../words/masked.ts';
import { dateTime } from '../../words/show-time.ts';
import { visible } from '../../words/visible.ts';
import { useStore } from '../store-context.ts';

/** Says that files are read, or shown in place of the page, and leads back to it. */
export function SourceBanner() {
  const { imports, zone } = useStore();
  const progress = imports.progress.value;
  const shown = imports.imported.value;
  return (
    <>
      {progress ? (
        <section class="banner" aria-label="Reading">
          <p>
            Reading <b>{visible(progress.name)}</b>
            {progress.read > 0 ? `, ${megabytes(progress.read)} ` : ' '}
            {progress.bytes !== null && progress.read > 0 ? `of ${megabytes(progress.bytes)} ` : ''}
            <progress
              {...(progress.bytes ? { value: progress.read, max: progress.bytes } : {})}
              aria-label={`Reading ${visible(progress.name)}`}
            />
          </p>
          <div class="actions">
            <button type="button" class="plain" onClick={() => imports.cancel()}>
              Cancel
            </button>
          </div>
        </section>
      ) : null}
      {shown ? (
        <section class="banner" aria-label="Shown file">
          <p>
            {shown.saved ? (
              <>
                Showing the saved report <b>{visible(shown.title)}</b>, as it was judged{' '}
                {dateTime(shown.saved.report.now, zone.value)} by the {visible(shown.saved.report.policy)} policy.
                {shown.saved.masked ? ' Its tokens are masked, so they cannot be validated or copied whole.' : ''}
              </>
            ) : (
              <>
                Showing <b>{visible(shown.title)}</b> in place of the page.
              </>
            )}
            {shown.inputs
              .filter(({ problems }) => problems.length > 0)
              .slice(0, 3)
              .map(({ name, problems }) => (
                <span key={name}> {masked(problems[0]?.message ?? '')}</span>
              ))}
          </p>
          <div class="actions">
            <button type="button" class="plain" onClick={() => imports.leave()}>
              Back to the page
            </button>
          </div>
        </section>
      ) : null}
    </>
  );
}

/** What is shown where files hold no tokens. */
export function NothingInFile() {
  const { imports, isFiltered, clearFilters } = useStore();
  return (
    <div class="message">
      <h2>
        {isFiltered.value ? 'No token matches the filter' : `No tokens in ${imports.imported.value?.title ?? 'it'}`}
      </h2>
      {isFiltered.value ? (
        <button type="button" class="plain" onClick={() => clearFilters()}>
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
