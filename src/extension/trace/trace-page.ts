import type { Exchange } from '../../engine/model/capture.ts';
import type { TraceState } from '../../panel/host.ts';
import { type Browser, type BrowserFrame, within } from '../browsers/browser.ts';
import { createCallReader } from './call-reader.ts';
import { collectTrace } from './collect-trace.ts';
import { installTrace } from './install-trace.ts';
import { type Records, readRecords } from './read-records.ts';
import type { TraceLimits } from './trace-limits.ts';
import { tracedFunctions } from './traced-functions.ts';

export interface TraceOptions {
  /** Milliseconds since the epoch. */
  clock: () => number;
  nameCall: () => string;
  tell: (calls: Exchange[]) => void;
  onState: (state: TraceState) => void;
}

/** Milliseconds between two looks, so that there are at most two a second. */
const rest = 500;
/** Milliseconds after which a change of the tab is looked at: what a page loads at once comes together. */
const soon = 20;
/** Milliseconds that the page has to answer. */
const patience = 4000;
const mostFrames = 20;
/** How often a document that refuses, or holds no trace any more, is asked. */
const mostTries = 3;

const limits: TraceLimits = {
  calls: 20,
  waiting: 100,
  characters: 400_000,
  text: 16_384,
  stack: 4000,
  lease: 15_000,
  check: 2000,
};
/** What `installTrace` can have collected within its limits, and a little more: anything longer is the page's own. */
const longestAnswer = 2_000_000;

/** A document that is traced, or was tried. */
interface Traced {
  frame: BrowserFrame;
  /** `hidden`: the page has a variable in front of the console's function. `taken`: it took away what the trace notes in. `over`: another did. */
  status: 'trying' | 'on' | 'hidden' | 'taken' | 'over' | 'refused';
  tries: number;
  /** Milliseconds since the epoch. */
  collectedAt: number;
  ended: Set<string>;
  /** Breakpoints are switched off. */
  isIdle: boolean;
}

/** Traces calls in every document of the tab that can be reached, those that come later too, until the returned function is called. */
export function tracePage(
  browser: Pick<Browser, 'evaluate' | 'listFrames' | 'onChange'>,
  options: TraceOptions,
): () => void {
  const { clock, nameCall, tell, onState } = options;
  // Frames of one process share the functions that breakpoints are set on, and so one condition.
  const slot = `_${crypto.randomUUID().replaceAll('-', '')}`;
  let documents = new Map<string, Traced>();
  let unreached = 0;
  let missed = 0;
  let isRunning = false;
  /** Something changed while a look was under way. */
  let isWanted = false;
  let told = '';
  let isStopped = false;
  /** Milliseconds since the epoch: when it is collected next. */
  let collectAt = 0;
  let timer = setTimeout(() => void look(), 0);
  const stopListening = browser.onChange((change) => {
    if (change !== 'page' && change !== 'frames') return;
    clearTimeout(timer);
    timer = setTimeout(() => void look(), soon);
  });

  async function look(): Promise<void> {
    isWanted = isRunning;
    if (isRunning || isStopped) return;
    isRunning = true;
    const frames = await within(patience, browser.listFrames(), null);
    if (frames && !isStopped) await enter(frames);
    const isDue = clock() >= collectAt;
    if (isDue && !isStopped) {
      await Promise.all([...documents.values()].filter(({ status }) => status === 'on').map((one) => collect(one, -1)));
      collectAt = clock() + rest;
    }
    isRunning = false;
    if (isStopped) return;
    tellState();
    clearTimeout(timer);
    timer = setTimeout(() => void look(), isWanted ? soon : Math.max(soon, collectAt - clock()));
  }

  /** Installs the trace in documents that are new, one for each address: no other can be told from it. */
  async function enter(frames: readonly BrowserFrame[]): Promise<void> {
    const known = documents;
    const addresses = new Set<string>();
    const reachable = frames.filter(({ id, url, isError }) => {
      const address = id === 0 ? '' : url;
      const isNew = !isError && /^https?:/i.test(url) && !addresses.has(address) && addresses.size < mostFrames;
      if (isNew) addresses.add(address);
      return isNew;
    });
    unreached = frames.length - reachable.length;
    documents = new Map(
      reachable.map((frame) => [nameOf(frame), { ...(known.get(nameOf(frame)) ?? fresh(frame)), frame }]),
    );
    await Promise.all([...documents.values()].filter(({ status }) => status === 'trying').map(install));
  }

  function fresh(frame: BrowserFrame): Traced {
    return { frame, status: 'trying', tries: 0, collectedAt: clock(), ended: new Set(), isIdle: false };
  }

  async function install(one: Traced): Promise<void> {
    one.tries += 1;
    const code = `(${installTrace})(${JSON.stringify(slot)},debug,undebug,${JSON.stringify(limits)},${createCallReader})`;
    const answer = await evaluateIn(one.frame, code);
    if (answer === 'installed') {
      one.status = 'on';
      one.tries = 0;
      one.collectedAt = clock();
    } else if (answer === 'hidden') one.status = 'hidden';
    else if (one.tries >= mostTries) one.status = 'refused';
  }

  /** @param call -1 hands over what was noted; -2 ends the trace, too */
  async function collect(one: Traced, call: -1 | -2): Promise<void> {
    const answer = await evaluateIn(one.frame, collecting(slot, call));
    const now = clock();
    const records = recordsIn(answer, one.frame.url, now);
    if (records) {
      one.isIdle = false;
      one.tries = 0;
      one.collectedAt = now;
      take(one, records);
      return;
    }
    // A page that stood still for longer ended the trace by itself; one that does not answer is asked again.
    if (answer === null || one.status !== 'on') return;
    one.isIdle = answer === 'idle';
    if (one.isIdle) return;
    one.tries += 1;
    if (now - one.collectedAt > limits.lease) Object.assign(one, fresh(one.frame), { ended: one.ended });
    else if (one.tries >= mostTries) giveUp(one, answer === 'hidden' ? 'hidden' : 'taken');
  }

  /** The breakpoints of one document cannot be told from those of others: without what counts calls there, they end everywhere. */
  function giveUp(lost: Traced, status: 'hidden' | 'taken'): void {
    lost.status = status;
    for (const one of documents.values()) {
      if (one.status !== 'on') continue;
      one.status = 'over';
      void collect(one, -2);
    }
  }

  function recordsIn(answer: unknown, url: string, now: number): Records | null {
    if (typeof answer !== 'string' || answer.length > longestAnswer) return null;
    return readRecords(answer, url, now / 1000, nameCall);
  }

  function take(one: Traced, records: Records): void {
    missed += records.missed;
    for (const name of records.ended) one.ended.add(name);
    if (records.calls.length > 0) tell(records.calls);
  }

  /** The value; null where there is no answer. */
  async function evaluateIn({ id, url }: BrowserFrame, code: string): Promise<unknown> {
    // A frame goes by its current URL, except that one loaded with a fragment and unchanged since goes without.
    const addresses = id === 0 ? [undefined] : [...new Set([url, url.replace(/#[\s\S]*$/, '')])];
    for (const address of addresses) {
      const answer = await within(patience, browser.evaluate(code, address), null);
      if (answer?.ok) return answer.value ?? 'nothing';
      if (answer?.code !== 'not-found') return null;
    }
    return null;
  }

  function tellState(): void {
    const all = [...documents.values()];
    const count = (status: Traced['status']) => all.filter((one) => one.status === status).length;
    const state: TraceState = {
      documents: count('on'),
      unreached: unreached + count('refused'),
      hidden: count('hidden'),
      taken: count('taken'),
      ended: tracedFunctions.filter((name) => all.some(({ ended }) => ended.has(name))),
      missed,
      isIdle: all.some((one) => one.isIdle),
    };
    if (JSON.stringify(state) === told) return;
    told = JSON.stringify(state);
    onState(state);
  }

  return () => {
    isStopped = true;
    clearTimeout(timer);
    stopListening();
    for (const one of documents.values()) if (one.status === 'on') void collect(one, -2);
  };
}

function nameOf({ id, documentId, url }: BrowserFrame): string {
  return JSON.stringify([id, documentId || url.replace(/[?#].*$/s, '')]);
}

/**
 * What was noted is fetched in the condition of a breakpoint, too: there nothing stops, whatever the page put in the place of the trace.
 * Where breakpoints are switched off, it does not run.
 */
function collecting(slot: string, call: -1 | -2): string {
  return `(${collectTrace})(${JSON.stringify(slot)},${call},typeof debug==='function'&&debug,typeof undebug==='function'&&undebug)`;
}
