import { Icon } from '../parts/Icon.tsx';

type OutcomeId = 'passed' | 'failed' | 'not-checked';

export const outcomeWords: Record<OutcomeId, string> = {
  passed: 'passed',
  failed: 'failed',
  'not-checked': 'not checked',
};
const outcomeIcons = { passed: 'check', failed: 'error', 'not-checked': 'info' } as const;

/** The sign of how a check ended. */
export function OutcomeIcon({ outcome }: { outcome: OutcomeId }) {
  return <Icon name={outcomeIcons[outcome]} />;
}
