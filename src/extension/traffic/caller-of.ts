import { list, number, record, string } from '../../engine/text/narrow.ts';

/** Who made a request, as far as its calls tell. */
export interface Caller {
  /** Stands for all the calls that led to it, the same for two requests of one call alone; empty where there are none. */
  calls: string;
  /** Scripts among the calls. */
  scripts: readonly string[];
  /**
   * The debugger of another thread whose call led to this one, as a page's request leads to the service worker's
   * (https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#type-StackTraceId, read 2026-11); empty where there is none.
   */
  calledFrom: string;
}

/** Asynchronous calls that are followed back at most, and calls looked at in each. */
const mostStacks = 16;
const mostCalls = 64;

export function callerOf(entry: unknown): Caller {
  const { stack, url, lineNumber } = record(record(entry)._initiator);
  const calls: unknown[] = [];
  const scripts = new Set<string>();
  let calledFrom = '';
  let next = record(stack);
  for (let depth = 0; depth < mostStacks && !calledFrom; depth += 1) {
    for (const call of list(next.callFrames).slice(0, mostCalls)) {
      const { scriptId, url: script, lineNumber: line, columnNumber: column } = record(call);
      calls.push([string(scriptId) || number(scriptId), string(script), number(line), number(column)]);
      if (string(script)) scripts.add(string(script));
    }
    calledFrom = string(record(next.parentId).debuggerId);
    next = record(next.parent);
  }
  if (calls.length === 0 && string(url)) calls.push([string(url), number(lineNumber)]);
  return { calls: calls.length === 0 ? '' : JSON.stringify(calls), scripts: [...scripts], calledFrom };
}

/** Whether one call, or one thread that was called from another, made both: then none of the two passes the other on. */
export function isSameCaller(one: Caller, other: Caller): boolean {
  if (one.calledFrom !== other.calledFrom) return false;
  return one.calledFrom !== '' || (one.calls !== '' && one.calls === other.calls);
}
