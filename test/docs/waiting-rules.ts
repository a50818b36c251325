import type { Severity } from '../../src/engine/model/report.ts';

/** A check that is described but not made yet, and the input it waits for. */
export interface Waiting {
  id: string;
  title: string;
  severity: Severity;
  status: string;
}

export const waiting: readonly Waiting[] = [
  {
    id: 'postmessage-wildcard',
    title: 'Posted to any origin',
    severity: 'medium',
    status: 'waits for instrumentation of the page: who hears a message cannot see to whom it was posted',
  },
  {
    id: 'token-logged',
    title: 'Written to the console or an error report',
    severity: 'medium',
    status: 'waits for instrumentation of the page: what it writes to its console is told to no extension',
  },
];
