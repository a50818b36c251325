import { diagnose } from '../../../engine/diagnose/diagnose.ts';
import type { Confidence } from '../../../engine/model/token.ts';
import type { Row } from '../../state/row.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { providerOf } from '../../words/meaning.ts';
import { Prose } from '../parts/Prose.tsx';
import { useModel } from '../store-context.ts';

const words: Record<Confidence, string> = {
  certain: 'The server refuses it',
  likely: 'Likely',
  possible: 'Possible',
};

/** Why joining with a token would fail, the most likely cause first, each with its remedy. */
export function JoinDiagnosis({ row: { subject } }: { row: Row }) {
  const { report } = useModel('judgement');
  const page = useModel('page');
  const { show } = useModel('selection');
  const { token, facts } = subject;
  const isForCalls = facts.use === 'video-join' || providerOf(subject)?.kind === 'video';
  if (!isForCalls) return null;
  const causes = diagnose(subject, {
    now: report.value.now,
    pageUrl: page.current.value?.url ?? null,
    frames: page.frames.value.map((url) => ({ url })),
  });
  const secrets = secretsOf(token);
  if (causes.length === 0) {
    return (
      <details class="join fine">
        <summary>Why can’t I join?</summary>
        <p>
          Nothing in this token stands in the way. If joining fails, the reason lies elsewhere: the key it was signed
          with, the room’s settings, or the network.
        </p>
      </details>
    );
  }
  return (
    <details class="join" open={causes.some(({ likelihood }) => likelihood !== 'possible')}>
      <summary>Why can’t I join?</summary>
      <ol>
        {causes.map(({ id, likelihood, says, fix, at }) => (
          <li key={`${id} ${at ?? says}`}>
            <b>{words[likelihood]}:</b> <Prose text={says} secrets={secrets} /> <Prose text={fix} secrets={secrets} />{' '}
            {at === null ? null : (
              <button type="button" class="link" onClick={() => show(token.id, 'claims', at)}>
                Show <code>{masked(at.replace(/^claims\./, ''))}</code>
              </button>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
