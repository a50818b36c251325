import { batch, type Signal, signal } from '@preact/signals';
import type { Expectation, Expectations as ExpectationFile, Step } from '../../engine/expect/expectations.ts';
import { stepAddress } from '../words/step-address.ts';
import { visible } from '../words/visible.ts';
import { missingIn } from './missing-in.ts';

export interface RecordingOptions {
  /** The file, with the steps of a run that is opened or was recorded. */
  expected: Signal<ExpectationFile>;
  isSaved: Signal<boolean>;
  /** Seconds since the epoch. */
  now: () => number;
  say: (sentence: string) => void;
}

/** Steps of one run. */
const mostSteps = 200;
/** Seconds before an action is told in which the page that it led to was come to, and after in which it is come to. */
const before = 30;
export const after = 5;

/** The steps of a run as they are written down while the user walks, in memory only until they are in the file. */
export class RunRecording {
  /** Null while nothing is recorded. */
  readonly steps = signal<Step[] | null>(null);
  /** What was left out of addresses, in words. */
  readonly leftOut = signal<readonly string[]>([]);
  readonly #options: RecordingOptions;
  /** When the last step was added, and when the last action. */
  #addedAt = 0;
  #actedAt = Number.NEGATIVE_INFINITY;
  /** The page that was come to last. */
  #seen = '';

  constructor(options: RecordingOptions) {
    this.#options = options;
  }

  begin(): void {
    this.leftOut.value = [];
    this.#actedAt = Number.NEGATIVE_INFINITY;
    this.#seen = '';
    this.steps.value = [];
    this.#options.say('Recording: each page that you go to becomes a step.');
  }

  /** Puts what was recorded into the file. */
  end(): void {
    const steps = this.steps.value ?? [];
    batch(() => {
      this.steps.value = null;
      if (steps.length > 0) this.#put(steps);
    });
    this.#options.say(steps.length === 1 ? '1 step recorded.' : `${steps.length} steps recorded.`);
  }

  /** The page in front is another. */
  comeTo(url: string): void {
    const address = stepAddress(url);
    if (!address || address.open === this.#seen) return;
    this.#seen = address.open;
    // Where something done leads to is part of it.
    const isLedTo = this.#list().at(-1)?.action !== undefined && this.#options.now() - this.#actedAt <= after;
    if (isLedTo) return;
    this.leftOut.value = [...new Set([...this.leftOut.peek(), ...address.left])].slice(0, 20);
    this.#add({ name: nameOf(address.open), open: address.open, expect: [] });
  }

  /** Something was done, in words for whoever does it again. */
  act(action: string): void {
    const { now, say } = this.#options;
    const list = this.#list();
    const last = list.at(-1);
    // A logout is marked once its page has been left: where it led to is no page that was opened.
    const isLedTo = list.length > 1 && last?.open !== undefined && last.expect.length === 0;
    if (isLedTo && now() - this.#addedAt <= before) {
      this.steps.value = list.slice(0, -1);
      say(`${visible(last.name)} is what this led to, and no step of its own.`);
    }
    this.#actedAt = now();
    this.#add({ name: `after “${action}”`, action, expect: [] });
  }

  /** Expects more of the last step, and says what came of it. */
  take(made: readonly Expectation[]): string {
    const list = this.#list();
    const last = list.at(-1);
    if (!last) return 'There is no step yet to expect this of.';
    const fresh = missingIn(last.expect, made);
    this.steps.value = [...list.slice(0, -1), { ...last, expect: [...last.expect, ...fresh] }];
    const count = fresh.length === 1 ? '1 expectation' : `${fresh.length} expectations`;
    return fresh.length === 0 ? 'This is expected already.' : `${count} added to the step ${visible(last.name)}.`;
  }

  /** Changes the steps that are being recorded, or else those of the file. */
  change(steps: readonly Step[]): void {
    if (this.steps.value) this.steps.value = [...steps];
    else this.#put(steps);
  }

  #list(): readonly Step[] {
    return this.steps.peek() ?? [];
  }

  #add(step: Step): void {
    const list = this.#list();
    if (list.length >= mostSteps) {
      this.#options.say(`A run has ${mostSteps} steps at most; this one was not added.`);
      return;
    }
    this.steps.value = [...list, { ...step, name: freshName(step.name, list) }];
    this.#addedAt = this.#options.now();
  }

  #put(steps: readonly Step[]): void {
    const { expected, isSaved } = this.#options;
    const { steps: _, ...file } = expected.value;
    batch(() => {
      expected.value = { ...file, ...(steps.length > 0 && { steps: [...steps] }) };
      isSaved.value = steps.length === 0 && file.expect.length === 0;
    });
  }
}

/** "host/standup": what tells a page from others of its site. */
function nameOf(open: string): string {
  const way = open.replace(/^https?:\/\/[^/]*\/?/, '').replace(/\?.*$/s, '');
  return visible(way === '' ? 'the start page' : way).slice(0, 200);
}

function freshName(name: string, list: readonly Step[]): string {
  const names = new Set(list.map((one) => one.name));
  if (!names.has(name)) return name;
  let count = 2;
  while (names.has(`${name} (${count})`)) count += 1;
  return `${name} (${count})`;
}
