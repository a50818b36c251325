import type { Browser, BrowserFrame, Evaluation } from '../browsers/browser.ts';

/** A way into a document. */
export type Target =
  | { kind: 'isolated'; frame: BrowserFrame }
  | { kind: 'page-script'; frame: BrowserFrame; frameUrl: string | undefined };

/** Something to do in a document. What takes time is started under a random name, and collected at a later call. */
export type Call =
  | { kind: 'run'; run: (...args: never[]) => string; args: unknown[] }
  | { kind: 'start'; run: (...args: never[]) => Promise<string>; args: unknown[]; slot: string }
  | { kind: 'collect'; slot: string };

export type LateCall = Exclude<Call, { kind: 'run' }>;

/** How far a started call is: its answer, or that it is still at work, or that nothing is known of it any more. */
export type Collected = { kind: 'answered'; text: string } | { kind: 'at-work' } | { kind: 'lost' };

export type Answers = { ok: true; value: unknown[] } | (Evaluation & { ok: false });

/** Runs functions in documents, either way alike. */
export class FrameAsker {
  /** Calls started out of the page's reach, which the browser waits for; in the page itself they are held there. */
  #started = new Map<string, string>();
  readonly #browser: Browser;

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** One answer per call, in order: what `run` returned, or for the others what `parseCollected` reads. */
  ask(target: Target, calls: readonly Call[]): Promise<Answers> {
    return target.kind === 'isolated' ? this.#askIsolated(target, calls) : this.#askPage(target, calls);
  }

  /** Forgets a started call, whose answer nobody wants any more. */
  drop(slot: string): void {
    this.#started.delete(slot);
  }

  async #askIsolated(target: Target, calls: readonly Call[]): Promise<Answers> {
    const answers = await Promise.all(calls.map((call) => this.#callIsolated(target.frame.id, call)));
    const failure = answers.find((answer) => !answer.ok);
    if (failure && !failure.ok) return failure;
    return { ok: true, value: answers.map((answer) => (answer.ok ? answer.value : null)) };
  }

  async #callIsolated(frameId: number, call: Call): Promise<Evaluation> {
    if (call.kind === 'run') return this.#browser.runIsolated(frameId, call.run, call.args);
    if (call.kind === 'start') this.#start(frameId, call);
    const { slot } = call;
    const value = this.#started.get(slot) ?? 'lost';
    if (value !== 'at work') this.#started.delete(slot);
    return { ok: true, value };
  }

  #start(frameId: number, { run, args, slot }: Call & { kind: 'start' }): void {
    this.#started.set(slot, 'at work');
    void this.#browser.runIsolated(frameId, run, args).then((answer) => {
      if (!this.#started.has(slot)) return;
      if (answer.ok) this.#started.set(slot, `:${typeof answer.value === 'string' ? answer.value : 'x'}`);
      else this.#started.delete(slot);
    });
  }

  async #askPage(target: Target & { kind: 'page-script' }, calls: readonly Call[]): Promise<Answers> {
    const answer = await this.#browser.evaluate(`[${calls.map(codeOf).join(',')}]`, target.frameUrl);
    if (!answer.ok) return answer;
    if (!Array.isArray(answer.value)) return { ok: false, code: 'threw', message: 'The page gave no usable answer.' };
    return { ok: true, value: answer.value };
  }
}

/** Reads the answer to a `start` or a `collect`, in which the page may have had a hand. */
export function parseCollected(answer: unknown): Collected {
  if (answer === 'at work') return { kind: 'at-work' };
  if (typeof answer !== 'string' || !answer.startsWith(':')) return { kind: 'lost' };
  return { kind: 'answered', text: answer.slice(1) };
}

/** Source text that does what a call says. A call that throws answers null and takes no other along. */
function codeOf(call: Call): string {
  const code =
    call.kind === 'run'
      ? invocation(call.run, call.args)
      : call.kind === 'collect'
        ? invocation(collect, [call.slot])
        : `(${hold})(${literal(call.slot)},${invocation(call.run, call.args)})`;
  return `(()=>{try{return ${code}}catch{return null}})()`;
}

function invocation(run: (...args: never[]) => unknown, args: readonly unknown[]): string {
  return `(${run})(${args.map(literal).join(',')})`;
}

/** Source text of an argument. Objects get no prototype, so that the page's `Object.prototype` cannot speak for them. */
function literal(value: unknown): string {
  const text = JSON.stringify(value);
  return text.startsWith('{') ? `{__proto__:null,${text.slice(1)}` : text;
}

/**
 * Holds an answer in the page until it is collected, or for a minute: a call from devtools cannot wait for a promise.
 *
 * It is turned into text and runs inside the inspected page; it imports nothing. `await` works whatever the page has
 * replaced, `then` would not.
 */
function hold(slot: string, answer: Promise<string>): string {
  const held = { __proto__: null, text: null } as unknown as { text: unknown };
  const slots = window as unknown as Record<string, unknown>;
  try {
    // The page is not to meet it when it lists its variables.
    Object.defineProperty(window, slot, { value: held, configurable: true });
  } catch {
    // The page has replaced this; then it is looked for in vain.
  }
  async function wait() {
    let text: unknown = 'x';
    try {
      text = await answer;
    } catch {
      // A place that cannot be read.
    }
    held.text = typeof text === 'string' ? text : 'x';
    setTimeout(() => {
      delete slots[slot];
    }, 60_000);
  }
  void wait();
  return 'at work';
}

/** Hands over what `hold` holds. It is turned into text and runs inside the inspected page; it imports nothing. */
function collect(slot: string): string {
  const slots = window as unknown as Record<string, { text: string | null } | undefined>;
  const held = slots[slot];
  if (!held) return 'lost';
  if (held.text === null) return 'at work';
  delete slots[slot];
  return `:${held.text}`;
}
