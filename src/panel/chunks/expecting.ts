// What compares a report with expectations: loaded when the first are opened or made.
export { checkExpectations, expectWhatIsSeen } from '../../engine/expect.ts';
export { parseExpectations } from '../../engine/expectations.ts';
