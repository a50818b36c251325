import type { JoinAnswer } from '../../../engine/diagnose/join.ts';
import type { Confidence, Token } from '../../../engine/model/token.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { Prose } from '../parts/Prose.tsx';
import { Spot } from '../parts/Spot.tsx';
import { useModel } from '../store-context.ts';

const words: Record<Confidence, string> = {
  certain: 'The server refuses it',
  likely: 'Likely',
  possible: 'Possible',
};

/** Why joining with a token would fail, the most likely cause first, each with its remedy. */
export function JoinDiagnosis({ answer, token, isOpen }: { answer: JoinAnswer; token: Token; isOpen: boolean }) {
  const { show, spotlight } = useModel('selection');
  const isMeant = spotlight.value === 'join';
  const { causes, notTold } = answer;
  const secrets = secretsOf(token);
  if (causes.length === 0) {
    return (
      <details class="join fine" open={isMeant}>
        <summary>Why can’t I join?</summary>
        <Spot at="join" class="">
          <p>Of what token and page show, nothing stands in the way.</p>
          <NotTold clauses={notTold} />
        </Spot>
      </details>
    );
  }
  return (
    <details class="join" open={isMeant || isOpen}>
      <summary>Why can’t I join?</summary>
      <Spot at="join" class="">
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
        <NotTold clauses={notTold} />
      </Spot>
    </details>
  );
}

/** What the answer leaves open. */
function NotTold({ clauses }: { clauses: readonly string[] }) {
  return (
    <p class="quiet">
      Neither token nor page shows <Prose text={`${clauses.join('; ')}.`} />
    </p>
  );
}
