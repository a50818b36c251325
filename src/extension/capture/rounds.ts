export interface Pace {
  /** Milliseconds between readings of a quick page. */
  shortest: number;
  longest: number;
  /** A reading that took n milliseconds is followed by n times this much rest: 16 keeps the cost below 6 %. */
  restFactor: number;
  /** Milliseconds the page has to answer. */
  patience: number;
  /** Milliseconds after which titles, scripts and windows are looked at again. */
  thoroughEvery: number;
}

export const defaultPace: Pace = {
  shortest: 500,
  longest: 10_000,
  restFactor: 16,
  patience: 4000,
  thoroughEvery: 5000,
};

/** So many looks at a document that has just come are followed by so many milliseconds of rest at most. */
const earlyLooks = 3;
const earlyRest = 2000;

/** Looks that may follow what happens to the page at once, each before its time; one more for each that would have come by itself. */
const mostHurried = 10;

/** Looks again and again until stopped: one look at a time, each followed by rest in proportion to what it cost the page. */
export class Rounds {
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the next look begins, in the clock's milliseconds. */
  #due = Number.POSITIVE_INFINITY;
  #isRunning = false;
  #isPaused = false;
  #isStopped = false;
  /** A look asked for while another runs: at once after a navigation, after a decent rest otherwise. */
  #wanted: 'now' | 'later' | null = null;
  #costs: number[] = [];
  /** A page where something happens all the time is looked at no more often than twice as often as one where nothing does. */
  #allowance = mostHurried;
  #allowedAt: number;
  #isHurried = false;
  /** Looks at a document that has just come which are still to be followed by a short rest. */
  #early = 0;
  readonly #look: () => Promise<number>;
  readonly #pace: Pace;
  readonly #clock: () => number;

  /** @param look never rejects; gives the milliseconds that it may have cost the page */
  constructor(look: () => Promise<number>, { pace, clock }: { pace: Pace; clock: () => number }) {
    this.#look = look;
    this.#pace = pace;
    this.#clock = clock;
    this.#allowedAt = clock();
  }

  /** Whether anybody waits for what is read. */
  get isActive(): boolean {
    return !this.#isPaused && !this.#isStopped;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Looks in so many milliseconds, or as soon as that is fair to the page. */
  soon(milliseconds: number): void {
    if (!this.isActive) return;
    if (this.#isRunning) {
      this.#wanted = milliseconds === 0 || this.#wanted === 'now' ? 'now' : 'later';
      return;
    }
    const due = this.#clock() + milliseconds;
    // What happens again and again puts nothing off.
    if (due >= this.#due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => void this.#round(), milliseconds);
  }

  /** As `soon`, where something happened to the page; where that goes on all the time, the next look comes by itself. */
  hurry(milliseconds: number): void {
    const now = this.#clock();
    const earned = (now - this.#allowedAt) / this.#decentRest();
    this.#allowance = Math.min(mostHurried, this.#allowance + earned);
    this.#allowedAt = now;
    if (this.#allowance < 1) return;
    this.#isHurried = true;
    this.soon(milliseconds);
  }

  /** Looks at another document at once. What looks at the one before cost says nothing of it, and at first it changes quickly. */
  begin(): void {
    this.#costs = [];
    this.#early = earlyLooks;
    this.hurry(0);
  }

  pause(): void {
    this.#isPaused = true;
    this.#due = Number.POSITIVE_INFINITY;
    clearTimeout(this.#timer);
  }

  resume(): void {
    this.#isPaused = false;
    this.soon(0);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #round(): Promise<void> {
    this.#isRunning = true;
    this.#due = Number.POSITIVE_INFINITY;
    this.#wanted = null;
    if (this.#isHurried) this.#allowance -= 1;
    this.#isHurried = false;
    const startedAt = this.#clock();
    const cost = await this.#look();
    this.#isRunning = false;
    this.soon(this.#rest(cost, this.#clock() - startedAt));
  }

  /** Milliseconds of rest that what the last looks cost asks for. */
  #decentRest(): number {
    const { shortest, restFactor } = this.#pace;
    return this.#costs.length === 0 ? shortest : Math.max(shortest, Math.min(...this.#costs) * restFactor);
  }

  #rest(cost: number, taken: number): number {
    // A busy machine makes one look slow now and then; what the page makes slow is slow every time.
    this.#costs = [...this.#costs.slice(-3), cost];
    const most = this.#early > 0 ? earlyRest : this.#pace.longest;
    this.#early = Math.max(0, this.#early - 1);
    const rest = Math.min(most, this.#decentRest());
    if (this.#wanted === 'now') return 0;
    return this.#wanted === 'later' ? Math.min(rest, Math.max(50, taken / 2)) : rest;
  }
}
