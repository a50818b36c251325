import type { Severity } from '../../src/engine/model/report.ts';

/** A check that is described but not made yet, and the input it waits for. */
export interface Waiting {
  id: string;
  title: string;
  severity: Severity;
  status: string;
}

const traffic = 'waits for network traffic';
const instrumentation = 'waits for instrumentation of the page';

export const waiting: readonly Waiting[] = [
  { id: 'clock-skew-suspected', title: 'Local and server clocks differ', severity: 'info', status: traffic },
  { id: 'referer-policy-weak', title: 'Policy would leak', severity: 'medium', status: traffic },
  { id: 'response-cacheable', title: 'Token response may be cached', severity: 'low', status: traffic },
  { id: 'cors-open-token-endpoint', title: 'Any origin may read the token', severity: 'medium', status: traffic },
  { id: 'token-endpoint-open', title: 'Token handed out without credentials', severity: 'high', status: traffic },
  { id: 'postmessage-wildcard', title: 'Posted to any origin', severity: 'medium', status: instrumentation },
  {
    id: 'token-logged',
    title: 'Written to the console or an error report',
    severity: 'medium',
    status: instrumentation,
  },
  {
    id: 'token-reused-tabs',
    title: 'Same token in several tabs',
    severity: 'low',
    status: 'waits for more than one tab',
  },
];
