import type { Provider } from '../recognise/providers/provider.ts';
import type { Policy } from './policy/policies.ts';
import type { RuleContext } from './rules/rule.ts';

/** What rules are told beside the token itself: everything that can change while a token stays as it is. */
export type Surroundings = Omit<RuleContext, 'provider'>;

const members = ['now', 'policy', 'page', 'pageMark', 'loggedOut', 'subjects', 'keys'] as const;

/** Members of the surroundings, one bit each, in the order of `members`. */
export type Members = number;

export const none: Members = 0;
export const all: Members = (1 << members.length) - 1;
export const policyMember: Members = 1 << members.indexOf('policy');

/** What differs between two surroundings. A value that says the same does not differ, a list of subjects only by itself. */
export function differences(before: Surroundings, after: Surroundings): Members {
  return members.reduce((found, name, index) => {
    const [old, fresh] = [before[name] ?? null, after[name] ?? null];
    if (old === fresh) return found;
    const isPlain = name === 'page' || name === 'loggedOut';
    return isPlain && JSON.stringify(old) === JSON.stringify(fresh) ? found : found | (1 << index);
  }, none);
}

/** The surroundings as one rule sees them for one token; `reads` tells which members it looked at. */
export class TrackedContext implements RuleContext {
  reads: Members = none;
  readonly provider: Provider | null;
  readonly #given: Surroundings;
  readonly #policy: Policy;

  /** `policy` is the one that holds for the token. */
  constructor(given: Surroundings, provider: Provider | null, policy: Policy = given.policy) {
    this.provider = provider;
    this.#given = given;
    this.#policy = policy;
  }

  get now() {
    this.#read(0);
    return this.#given.now;
  }
  get policy() {
    this.#read(1);
    return this.#policy;
  }
  get page() {
    this.#read(2);
    return this.#given.page;
  }
  get pageMark() {
    this.#read(3);
    return this.#given.pageMark;
  }
  get loggedOut() {
    this.#read(4);
    return this.#given.loggedOut ?? null;
  }
  get subjects() {
    this.#read(5);
    return this.#given.subjects;
  }
  get keys() {
    this.#read(6);
    return this.#given.keys ?? noKeys;
  }

  #read(index: number): void {
    this.reads |= 1 << index;
  }
}

const noKeys: NonNullable<RuleContext['keys']> = new Map();
