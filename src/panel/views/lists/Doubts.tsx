import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Finding } from '../../../engine/model/report.ts';
import { bySeverity } from '../../../engine/model/severity-order.ts';
import { masked } from '../../words/masked.ts';
import { visible } from '../../words/visible.ts';
import { SeverityMark } from '../parts/SeverityMark.tsx';
import { useModel } from '../store-context.ts';

/** Most kinds of findings that are named. */
const most = 6;

/** Asks whether what is wrong is to be expected. */
export function Doubts() {
  const { doubts, expectAnyway } = useModel('expectations');
  const cancel = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    cancel.current?.focus();
    // Whoever goes elsewhere has not said yes.
    return () => {
      doubts.value = [];
    };
  }, [doubts]);
  const leave = () => document.querySelector<HTMLElement>('.expectations .actions button')?.focus();
  const end = () => {
    doubts.value = [];
    leave();
  };
  return (
    <div
      class="doubts"
      role="alertdialog"
      aria-labelledby="doubts-asked"
      aria-describedby="doubts-named"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        end();
      }}
    >
      <p id="doubts-asked">
        <strong>Expect what is wrong, too?</strong> What is expected counts as right from then on.
      </p>
      <Kinds of={doubts.value} />
      <button ref={cancel} type="button" class="plain" onClick={end}>
        Cancel
      </button>{' '}
      <button
        type="button"
        class="plain"
        onClick={() => {
          void expectAnyway().then(() => {
            if (doubts.value.length === 0) leave();
          });
        }}
      >
        Expect anyway
      </button>
    </div>
  );
}

function Kinds({ of: findings }: { of: readonly Finding[] }) {
  // The worst of each kind is the last that is put in.
  const kinds = new Map(
    [...findings]
      .sort(bySeverity)
      .reverse()
      .map((finding) => [finding.rule, finding]),
  );
  const named = [...kinds.values()].sort(bySeverity).slice(0, most);
  const rest = kinds.size - named.length;
  return (
    <ul id="doubts-named">
      {named.map(({ rule, severity, title }) => (
        <li key={rule}>
          <SeverityMark severity={severity} /> {visible(masked(title))}
        </li>
      ))}
      {rest > 0 ? <li>and {rest} more</li> : null}
    </ul>
  );
}
