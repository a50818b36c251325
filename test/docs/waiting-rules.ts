import type { Severity } from '../../src/engine/model/report.ts';

/** A check that is described but not made yet, and the input it waits for. */
export interface Waiting {
  id: string;
  title: string;
  severity: Severity;
  status: string;
}

const instrumentation = 'waits for instrumentation of the page';

export const waiting: readonly Waiting[] = [
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
