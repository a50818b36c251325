import { joinAnswer } from '../../../engine/diagnose/join.ts';
import type { Row } from '../../state/row.ts';
import { providerOf } from '../../words/meaning.ts';
import { useModel } from '../store-context.ts';
import { AboutPlatform } from './AboutPlatform.tsx';
import { Damage } from './Claims.tsx';
import { JoinDiagnosis } from './JoinDiagnosis.tsx';
import { SetApart } from './SetApart.tsx';
import { Summary } from './Summary.tsx';
import { TokenFacts } from './TokenFacts.tsx';
import { Versions } from './Versions.tsx';
import { WorstFindings } from './WorstFindings.tsx';

/** What a token lets its holder do, as one would tell a colleague: what refuses it first, then what it differs in from the others here. */
export function Overview({ row }: { row: Row }) {
  const { report } = useModel('judgement');
  const { place } = useModel('page');
  const { subject, goneAt } = row;
  const platform = providerOf(subject);
  const answer = joinAnswer(subject, { ...place.value, now: report.value.now });
  const isRefused = goneAt === null && answer?.causes.some(({ likelihood }) => likelihood !== 'possible') === true;
  const diagnosis = answer ? <JoinDiagnosis answer={answer} token={subject.token} isOpen={isRefused} /> : null;
  return (
    <div class="overview">
      <p class="summary">
        <Summary row={row} />
      </p>
      <Damage token={subject.token} />
      {isRefused ? diagnosis : null}
      <SetApart row={row} />
      <WorstFindings row={row} />
      {isRefused ? null : diagnosis}
      <TokenFacts subject={subject} />
      {platform ? <AboutPlatform platform={platform} /> : null}
      <Versions row={row} />
    </div>
  );
}
