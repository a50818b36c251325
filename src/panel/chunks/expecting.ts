// What compares a report with expectations: loaded when the first are opened or made.
export { checkExpectations, expectWhatIsSeen } from '../../engine/expect/check-expectations.ts';
export { parseExpectations } from '../../engine/expect/expectations.ts';
