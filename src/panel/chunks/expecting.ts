// What compares a report with expectations: loaded when the first are opened or made.
export { checkExpectations } from '../../engine/expect/check-expectations.ts';
export { expectWhatIsSeen, findingsAccepted } from '../../engine/expect/expect-what-is-seen.ts';
export { parseExpectations } from '../../engine/expect/expectations.ts';
