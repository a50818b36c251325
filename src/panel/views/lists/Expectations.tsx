import { useRef } from 'preact/hooks';
import { masked } from '../../words/masked.ts';
import { visible } from '../../words/visible.ts';
import { Icon } from '../parts/Icon.tsx';
import { useModel } from '../store-context.ts';

/** Expectations a user opens or makes from what is on screen, checked whenever what is on screen changes. */
export function Expectations() {
  const expectations = useModel('expectations');
  const field = useRef<HTMLInputElement>(null);
  const list = expectations.list.value;
  const results = expectations.results.value;
  const failed = expectations.failedCount.value;
  return (
    <section
      class="whole expectations"
      aria-label="Expectations"
      onDrop={(event) => {
        const file = event.dataTransfer?.files[0];
        if (!file) return;
        event.preventDefault();
        void expectations.open(file);
      }}
    >
      <div class="actions">
        <button
          type="button"
          class={list.length > 0 ? 'plain' : 'primary'}
          onClick={() => void expectations.expectWhatIsSeen()}
        >
          Expect what I see
        </button>
        <button type="button" class="plain" onClick={() => field.current?.click()}>
          Open file
        </button>
        <button type="button" class="plain" disabled={list.length === 0} onClick={() => void expectations.save()}>
          Save file
        </button>
        <input
          ref={field}
          class="open-expectations"
          type="file"
          accept=".json,application/json"
          hidden
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            if (file) void expectations.open(file);
          }}
        />
        <p class="hint" role="status">
          {list.length === 0
            ? ''
            : failed > 0
              ? `${failed} of ${list.length} failed`
              : `${list.length === 1 ? 'It holds' : `All ${list.length} hold`}`}
          {expectations.isSaved.value ? '' : ', not saved'}
        </p>
      </div>
      {list.length === 0 ? (
        <p class="hint">
          Say which tokens a page should and should not hold, such as no host token on a guest’s page, and see at once
          when that changes. The saved file works with <code>roomkey scan --expect</code> too. Start from what is on
          screen, or open a file.
        </p>
      ) : (
        <ol>
          {list.map((one, index) => {
            const result = results[index];
            return (
              <li key={JSON.stringify({ ...one, name: index })} class={result && !result.held ? 'failed' : 'held'}>
                <span class="outcome">
                  <Icon name={result && !result.held ? 'error' : 'check'} />
                  <span>{result && !result.held ? 'Failed' : 'Held'}</span>
                </span>
                <input
                  aria-label={`Name of expectation ${index + 1}`}
                  value={one.name}
                  maxLength={300}
                  spellcheck={false}
                  onChange={(event) => {
                    expectations.rename(index, event.currentTarget.value);
                    event.currentTarget.value = expectations.list.value[index]?.name ?? '';
                  }}
                />
                <button
                  type="button"
                  class="tool small"
                  aria-label={`Remove ${visible(one.name)}`}
                  title="Remove"
                  onClick={() => expectations.remove(index)}
                >
                  <Icon name="close" />
                </button>
                <p>{capitalised(masked(result?.says ?? ''))}</p>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}

/** The engine's sentences begin small, because the command line puts the name before them. */
function capitalised(sentence: string): string {
  return sentence.slice(0, 1).toUpperCase() + sentence.slice(1);
}
