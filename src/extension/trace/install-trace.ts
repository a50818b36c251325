import type { createCallReader } from './call-reader.ts';
import type { TraceLimits } from './trace-limits.ts';

/** What the console gives to what devtools evaluate (https://developer.chrome.com/docs/devtools/console/utilities, read 2026-11). */
type Debug = (traced: unknown, condition: string) => void;
type Undebug = (traced: unknown) => void;

/**
 * Traces calls of a page's functions by conditional breakpoints that never hold: the condition notes the call, and is false.
 * Nothing of the page is replaced. What was noted waits in one property that the page does not meet when it lists its variables,
 * until it is collected (`slot(-1)`); `slot(-2)` ends the trace and takes the property away.
 *
 * It is turned into text and runs inside the inspected page, so it imports nothing. The page may have replaced any function; what is
 * needed later is taken at once, getters of the page's objects are not called, and only texts are kept. A condition that throws
 * would stop the page, so each catches everything.
 */
export function installTrace(
  slot: string,
  debug: Debug,
  undebug: Undebug,
  limits: TraceLimits,
  createReader: typeof createCallReader,
): string {
  const { apply, getOwnPropertyDescriptor: descriptor } = Reflect;
  const [PageError, clock, later] = [Error, Date.now, setTimeout];
  const holder = window as unknown as Record<string, unknown>;
  const attempt = <T>(take: () => T): T | undefined => {
    try {
      return take();
    } catch {
      return undefined;
    }
  };
  // A page may have a variable of this name, which then stands before that of the console.
  if (!attempt(() => /\[native code\]/.test(apply(Function.prototype.toString, debug, [])))) return 'hidden';

  const traced = [
    attempt(() => Storage.prototype.setItem),
    attempt(() => descriptor(Document.prototype, 'cookie')?.set),
    attempt(() => fetch),
    attempt(() => XMLHttpRequest.prototype.setRequestHeader),
    attempt(() => WebSocket),
    attempt(() => WebSocket.prototype.send),
    attempt(() => postMessage),
  ];
  const read = createReader(limits);
  const rates = { __proto__: null } as unknown as Record<number, { since: number; calls: number; isOver: boolean }>;
  const written = { records: '', count: 0, missed: 0, ended: '' };
  let collectedAt = clock();

  function isTooOften(which: number, at: number): boolean {
    rates[which] ??= { since: at, calls: 0, isOver: false };
    const rate = rates[which];
    if (at - rate.since >= 1000) {
      rate.since = at;
      rate.calls = 0;
    }
    rate.calls += 1;
    if (rate.calls <= limits.calls) return false;
    if (!rate.isOver) written.ended += which;
    rate.isOver = true;
    undebug(traced[which]);
    return true;
  }

  function note(which: number, self: unknown, args: unknown[]): void {
    const at = clock();
    if (isTooOften(which, at)) return;
    if (written.count >= limits.waiting || written.records.length >= limits.characters) {
      written.missed += 1;
      return;
    }
    const text = read(which, self, args);
    // A page may have a say in how stacks are written (`Error.prepareStackTrace`).
    const stack: unknown = attempt(() => new PageError().stack);
    written.count += 1;
    written.records += `${read.field(`${which}`, 1)}${read.field(`${at}`, 20)}${read.field(stack, limits.stack)}${text}`;
  }

  function collect(): string {
    const told = `${read.field(`${written.missed}`, 9)}${read.field(written.ended, 9)}${written.records}`;
    written.records = '';
    written.count = 0;
    written.missed = 0;
    written.ended = '';
    collectedAt = clock();
    return told;
  }

  function end(): void {
    for (let i = 0; i < traced.length; i += 1) attempt(() => undebug(traced[i]));
    if (holder[slot] === answer) delete holder[slot];
  }

  function answer(which: number, self: unknown, args: unknown[]): string {
    if (which >= 0) note(which, self, args);
    if (which === -2) end();
    return which < 0 ? collect() : '';
  }

  function watchLease(): void {
    if (holder[slot] !== answer || clock() - collectedAt > limits.lease) end();
    else later(watchLease, limits.check);
  }

  Object.defineProperty(window, slot, { value: answer, configurable: true });
  for (let i = 0; i < traced.length; i += 1) {
    const condition = `(()=>{try{${slot}(${i},this,arguments)}catch{}return false})()`;
    if (typeof traced[i] !== 'function') continue;
    // Frames share breakpoints with the page; one that was set before this frame was there does not hold in it.
    attempt(() => undebug(traced[i]));
    attempt(() => debug(traced[i], condition));
  }
  later(watchLease, limits.check);
  return 'installed';
}
