/**
 * What a page of a Playwright test holds, as the report of `roomkey`, and matchers for it. Needs nothing of Playwright but the
 * pages that it is handed.
 *
 * ```ts
 * import { expect as base } from '@playwright/test';
 * import { tokenMatchers } from 'roomkey/playwright';
 *
 * const expect = base.extend(tokenMatchers);
 * await expect(page).toMeetTokenExpectations([{ name: 'no host token', none: { role: ['host', 'server'] } }]);
 * ```
 *
 * `replaySteps` walks a run that was recorded in the panel again.
 */

export type { StepResult } from '../../engine/expect/check-steps.ts';
export { type RunStep, runFormats, writeRun } from '../write-run.ts';
export { capturePages } from './capture-pages.ts';
export { type InspectPageOptions, inspectPage } from './inspect-page.ts';
export { recordTraffic } from './record-traffic.ts';
export { type ReplayOptions, replaySteps } from './replay-steps.ts';
export { type TokenMatcherOptions, tokenMatchers } from './token-matchers.ts';
