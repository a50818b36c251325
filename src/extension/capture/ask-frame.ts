import { type HonestWindow, honestWindow } from '../../probes/honest-window.ts';
import type { Place } from '../../probes/probe.ts';
import type { Browser, BrowserFrame, Evaluation } from '../browsers/browser.ts';

/** A way into a document. */
export type Target =
  | { kind: 'isolated'; frame: BrowserFrame }
  | { kind: 'page-script'; frame: BrowserFrame; frameUrl: string | undefined };

/** Stands among the arguments of a call for what is kept in the document. */
export const place = Symbol('place');

/** Stands there for the window of the empty frame by which is read what the page has its hand in; null where there is none. */
export const emptyFrame = Symbol('empty frame');

/** Something to do in a document: a function, and the id it goes by. What takes time is started under a random name, and collected at a later call. */
export type Call =
  /** With `isOfDocument` it asks the document itself; else what it calls `window` may be that of an empty frame, whose functions are the browser's own. */
  | { kind: 'run'; id: string; run: (...args: never[]) => string; args: unknown[]; isOfDocument?: true }
  | { kind: 'start'; id: string; run: (...args: never[]) => Promise<string>; args: unknown[]; slot: string }
  | { kind: 'collect'; slot: string };

export type LateCall = Exclude<Call, { kind: 'run' }>;

/** How far a started call is: its answer, or that it is still at work, or that nothing is known of it any more. */
export type Collected = { kind: 'answered'; text: string } | { kind: 'at-work' } | { kind: 'lost' };

/** What the page did to the functions by which it was read; out of its reach there is nothing that it can do. */
export type Doctored = HonestWindow['page'];

export type Answers = { ok: true; value: unknown[]; doctored: Doctored } | (Evaluation & { ok: false });

/**
 * Runs functions in documents, either way alike. What they keep there from call to call lies where the page cannot see it: in a world
 * of the extension's own, or else in a variable of devtools' scripts, which is a property of nothing and has a name that nobody can guess.
 */
export class FrameAsker {
  /** Calls started out of the page's reach, which the browser waits for; in the page itself they are held there. */
  #started = new Map<string, string>();
  readonly #placeName = `_${crypto.randomUUID().replaceAll('-', '')}`;
  readonly #seed = crypto.getRandomValues(new Uint32Array(2)).reduce((all, part) => all * 2 ** 20 + part, 0);
  readonly #browser: Browser;

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /**
   * One answer per call, in order: what `run` returned, or for the others what `parseCollected` reads.
   *
   * @param isForced trusts no function of the page's own window, which was found to lie
   */
  ask(target: Target, calls: readonly Call[], isForced = false): Promise<Answers> {
    return target.kind === 'isolated' ? this.#askIsolated(target, calls) : this.#askPage(target, calls, isForced);
  }

  /** The same through the page's own script, using and testing nothing of it but what the calls themselves do. */
  async askPlainly(target: Target & { kind: 'page-script' }, calls: readonly Call[]): Promise<Answers> {
    return this.#evaluate(target, `(honest=>[honest.page,${this.#codeOf(calls)}])({page:'clean',view:window})`);
  }

  /** Forgets a started call, whose answer nobody wants any more. */
  drop(slot: string): void {
    this.#started.delete(slot);
  }

  async #askIsolated(target: Target, calls: readonly Call[]): Promise<Answers> {
    const answers = await Promise.all(calls.map((call) => this.#callIsolated(target.frame.id, call)));
    const failure = answers.find((answer) => !answer.ok);
    if (failure && !failure.ok) return failure;
    return { ok: true, value: answers.map((answer) => (answer.ok ? answer.value : null)), doctored: 'clean' };
  }

  async #callIsolated(frameId: number, call: Call): Promise<Evaluation> {
    if (call.kind === 'run') return this.#browser.runIsolated(frameId, call, this.#argumentsOf(call));
    if (call.kind === 'start') this.#start(frameId, call);
    const { slot } = call;
    const value = this.#started.get(slot) ?? 'lost';
    if (value !== 'at work') this.#started.delete(slot);
    return { ok: true, value };
  }

  #argumentsOf({ args }: { args: readonly unknown[] }): unknown[] {
    const mine: Place = { name: this.#placeName, serial: randomStart(), seed: this.#seed };
    return args.map((arg) => (arg === place ? mine : arg === emptyFrame ? null : arg));
  }

  #start(frameId: number, call: Call & { kind: 'start' }): void {
    const { slot } = call;
    this.#started.set(slot, 'at work');
    void this.#browser.runIsolated(frameId, call, this.#argumentsOf(call)).then((answer) => {
      if (!this.#started.has(slot)) return;
      if (answer.ok) this.#started.set(slot, `:${typeof answer.value === 'string' ? answer.value : 'x'}`);
      else this.#started.delete(slot);
    });
  }

  #askPage(target: Target & { kind: 'page-script' }, calls: readonly Call[], isForced: boolean): Promise<Answers> {
    return this.#evaluate(
      target,
      `(honest=>{try{return [honest.page,${this.#codeOf(calls)}]}finally{honest.leave()}})((${honestWindow})(${isForced}))`,
    );
  }

  #codeOf(calls: readonly Call[]): string {
    return calls.map((call) => codeOf(call, this.#placeName)).join(',');
  }

  async #evaluate({ frameUrl }: Target & { kind: 'page-script' }, code: string): Promise<Answers> {
    const name = this.#placeName;
    const evaluate = (script: string) => this.#browser.evaluate(`'use strict';${script}`, frameUrl);
    let answer = await evaluate(`typeof ${name}==='undefined'?'new':${code}`);
    if (answer.ok && answer.value === 'new')
      answer = await evaluate(
        `let ${name}={__proto__:null,serial:${randomStart()},seed:${this.#seed},late:{__proto__:null}};${code}`,
      );
    if (!answer.ok) return answer;
    if (!Array.isArray(answer.value)) return { ok: false, code: 'threw', message: 'The page gave no usable answer.' };
    const [found, ...value] = answer.value as unknown[];
    const doctored = found === 'clean' || found === 'seen-through' ? found : 'doctored';
    return { ok: true, value, doctored };
  }
}

/** Any number below 2³⁶, so that the sum of fifty thousand to which it is counted on is exact, too. */
function randomStart(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return (high >>> 28) * 2 ** 32 + low;
}

/** Reads the answer to a `start` or a `collect`, in which the page may have had a hand. */
export function parseCollected(answer: unknown): Collected {
  if (answer === 'at work') return { kind: 'at-work' };
  if (typeof answer !== 'string' || !answer.startsWith(':')) return { kind: 'lost' };
  return { kind: 'answered', text: answer.slice(1) };
}

/** Source text that does what a call says. A call that throws answers null and takes no other along. */
function codeOf(call: Call, name: string): string {
  const code =
    call.kind === 'run'
      ? `(window=>${invocation(call.run, call.args, name)})(${call.isOfDocument ? 'window' : 'honest.view'})`
      : call.kind === 'collect'
        ? invocation(collect, [place, call.slot], name)
        : `(${hold})(${name},${literal(call.slot)},${invocation(call.run, call.args, name)})`;
  return `(()=>{try{return ${code}}catch{return null}})()`;
}

function invocation(run: (...args: never[]) => unknown, args: readonly unknown[], name: string): string {
  const codeOfArgument = (arg: unknown) => (arg === place ? name : arg === emptyFrame ? 'honest.view' : literal(arg));
  return `(${run})(${args.map(codeOfArgument).join(',')})`;
}

/** Source text of an argument. Objects get no prototype, so that the page's `Object.prototype` cannot speak for them. */
function literal(value: unknown): string {
  const text = JSON.stringify(value);
  return text.startsWith('{') ? `{__proto__:null,${text.slice(1)}` : text;
}

type Late = Record<string, { text: unknown } | null>;

/**
 * Holds an answer in the page until it is collected: a call from devtools cannot wait for a promise.
 *
 * It is turned into text and runs inside the inspected page; it imports nothing. `await` works whatever the page has
 * replaced, `then` would not.
 */
function hold({ late }: { late: Late }, slot: string, answer: Promise<string>): string {
  const held = { __proto__: null, text: null } as unknown as { text: unknown };
  late[slot] = held;
  async function wait() {
    let text: unknown = 'x';
    try {
      text = await answer;
    } catch {
      // A place that cannot be read.
    }
    held.text = typeof text === 'string' ? text : 'x';
  }
  void wait();
  return 'at work';
}

/** Hands over what `hold` holds. It is turned into text and runs inside the inspected page; it imports nothing. */
function collect({ late }: { late: Late }, slot: string): string {
  const held = late[slot];
  if (!held) return 'lost';
  if (held.text === null) return 'at work';
  late[slot] = null;
  return `:${held.text}`;
}
