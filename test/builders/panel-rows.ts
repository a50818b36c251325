import { standard } from '../../src/engine/audit/policy/policies.ts';
import { find, inspect } from '../../src/engine/inspect.ts';
import type { Capture } from '../../src/engine/model/capture.ts';
import type { Finding } from '../../src/engine/model/report.ts';
import { createRowMaker, type Row } from '../../src/panel/state/row.ts';
import { now } from './tokens.ts';

/** The rows of the panel for one look at a page, without a panel. */
export function rowsOf(capture: Capture): Row[] {
  return createRowMaker()(inspect(find(capture).sightings, { now, policy: standard, page: capture.page }));
}

/** A finding that no rule made. */
export function findingOf(parts: Partial<Finding>): Finding {
  return {
    rule: 'made-up',
    severity: 'high',
    confidence: 'certain',
    title: 'Made up',
    says: 'It is made up.',
    why: 'It could matter.',
    fix: 'Do something.',
    at: null,
    references: [],
    modifiers: [],
    ...parts,
  };
}
