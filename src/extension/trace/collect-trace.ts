/**
 * Hands over what `installTrace` noted: `gone` where it is no longer there, `idle` where breakpoints are switched off, `hidden` where
 * the page has put a variable in front of the console's function since.
 *
 * It is turned into text and runs inside the inspected page; it imports nothing.
 */
export function collectTrace(
  slot: string,
  call: -1 | -2,
  debug: ((traced: unknown, condition: string) => void) | false,
  undebug: ((traced: unknown) => void) | false,
): string {
  const told: { answer: unknown } = { answer: null };
  const { apply } = Reflect;
  // The condition comes before this line.
  function take(into: { answer: unknown }) {
    into.answer ??= 'idle';
  }
  try {
    if (!debug || !undebug) return 'hidden';
    if (!/\[native code\]/.test(apply(Function.prototype.toString, debug, []))) return 'hidden';
    const found = `typeof ${slot}==='function'?${slot}(${call}):'gone'`;
    debug(take, `(()=>{try{arguments[0].answer='gone';arguments[0].answer=${found}}catch{}return false})()`);
    take(told);
    undebug(take);
  } catch {
    return 'gone';
  }
  return typeof told.answer === 'string' ? told.answer : 'gone';
}
