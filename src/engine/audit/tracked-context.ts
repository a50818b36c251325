import type { Provider } from '../recognise/providers/provider.ts';
import type { Policy } from './policy/policies.ts';
import type { RuleContext } from './rules/rule.ts';

/** What rules are told beside the token itself: everything that can change while a token stays as it is. */
export type Surroundings = Omit<RuleContext, 'provider'>;

/** Members of the surroundings, one bit each. */
export type Members = number;

/** One that is forgotten here does not compile: rules that look at it would not be asked again. */
const bits: Readonly<Record<keyof Surroundings, Members>> = {
  now: 1,
  policy: 2,
  page: 4,
  pageMark: 8,
  loggedOut: 16,
  subjects: 32,
  keys: 64,
  elsewhere: 128,
};
const members = Object.entries(bits) as [keyof Surroundings, Members][];

export const none: Members = 0;
export const all: Members = members.reduce((sum, [, bit]) => sum | bit, none);
export const policyMember: Members = bits.policy;

/** What differs between two surroundings. A value that says the same does not differ, a list of subjects only by itself. */
export function differences(before: Surroundings, after: Surroundings): Members {
  return members.reduce((found, [name, bit]) => {
    const [old, fresh] = [before[name] ?? null, after[name] ?? null];
    if (old === fresh) return found;
    const isPlain = name === 'page' || name === 'loggedOut';
    return isPlain && JSON.stringify(old) === JSON.stringify(fresh) ? found : found | bit;
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
    this.#read('now');
    return this.#given.now;
  }
  get policy() {
    this.#read('policy');
    return this.#policy;
  }
  get page() {
    this.#read('page');
    return this.#given.page;
  }
  get pageMark() {
    this.#read('pageMark');
    return this.#given.pageMark;
  }
  get loggedOut() {
    this.#read('loggedOut');
    return this.#given.loggedOut ?? null;
  }
  get subjects() {
    this.#read('subjects');
    return this.#given.subjects;
  }
  get keys() {
    this.#read('keys');
    return this.#given.keys ?? noKeys;
  }
  get elsewhere() {
    this.#read('elsewhere');
    return this.#given.elsewhere ?? nowhere;
  }

  #read(name: keyof Surroundings): void {
    this.reads |= bits[name];
  }
}

const noKeys: NonNullable<RuleContext['keys']> = new Map();
const nowhere: NonNullable<RuleContext['elsewhere']> = new Map();
