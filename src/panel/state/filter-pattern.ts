// A regular expression that somebody types, held against texts of pages: neither may hold the panel up. The browser's own
// engine tries one way after another, of which there can be more than time; here all ways are followed at once.

import { type Node, none, PatternError, readSyntax, type Test } from './pattern-syntax.ts';

/** A pattern that could be read, or why it could not. */
export type ReadPattern = { test: Pattern; problem: null } | { test: null; problem: string };

export interface Pattern {
  /** Whether it matches somewhere in a text, whatever the case of its letters. False once it has used up its steps. */
  (text: string): boolean;
  /** Whether it has: what was asked after that was not looked into. */
  isSpent(): boolean;
}

/** Longest expression, in characters. */
const longest = 500;
/** States that it may come to; `{n,m}` writes what it repeats out. */
const mostStates = 1000;
/** Of a text, this much is looked at. */
const searched = 4000;
/** A step is one state at one character. A pattern of ten states reads some fifteen million characters with them, in about a second. */
const allSteps = 100_000_000;

/**
 * Reads an expression in the syntax of JavaScript, without what only trying can decide (`(?=…)`, `\1`). Matching takes at most as many
 * steps as the text has characters times the states of the pattern, and ends for good when `steps` of them are used up.
 */
export function readPattern(source: string, steps = allSteps): ReadPattern {
  if (source.length > longest) return { test: null, problem: `it is longer than ${longest} characters` };
  try {
    return { test: patternOf(compile(readSyntax(source)), steps), problem: null };
  } catch (error) {
    return { test: null, problem: error instanceof PatternError ? error.message : 'it cannot be read' };
  }
}

type State =
  | { is: 'one'; test: Test; next: number }
  | { is: 'edge'; holds: (before: number, after: number) => boolean; next: number }
  | { is: 'fork'; next: number[] }
  | { is: 'end' };

interface Program {
  states: State[];
  start: number;
}

/** States from the last to the first: each knows those that come after it. */
function compile(node: Node): Program {
  const states: State[] = [{ is: 'end' }];

  function add(state: State): number {
    if (states.length >= mostStates) throw new PatternError('it has too many parts');
    return states.push(state) - 1;
  }

  function write(part: Node, next: number): number {
    if (part.is === 'one') return add({ is: 'one', test: part.test, next });
    if (part.is === 'edge') return add({ is: 'edge', holds: part.holds, next });
    if (part.is === 'all') return part.parts.reduceRight((after, one) => write(one, after), next);
    if (part.is === 'any') return add({ is: 'fork', next: part.ways.map((way) => write(way, next)) });
    return repeat(part, next);
  }

  function repeat({ part, least, most }: Extract<Node, { is: 'repeat' }>, next: number): number {
    let start = next;
    if (most === Number.POSITIVE_INFINITY) {
      const loop: State & { is: 'fork' } = { is: 'fork', next: [next] };
      start = add(loop);
      loop.next.push(write(part, start));
    } else {
      for (let count = least; count < most; count += 1) start = add({ is: 'fork', next: [write(part, start), next] });
    }
    for (let count = 0; count < least; count += 1) start = write(part, start);
    return start;
  }

  const start = write(node, 0);
  return { states, start };
}

function patternOf({ states, start }: Program, steps: number): Pattern {
  let left = steps;
  /** In which round a state was entered last: states that are reached in two ways are followed once. */
  const entered = new Uint32Array(states.length);
  let round = 0;

  /** Follows what needs no character; true where that is the end. */
  function enter(first: number, before: number, after: number, into: number[]): boolean {
    const open = [first];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (entered[index] === round) continue;
      entered[index] = round;
      left -= 1;
      const state = states[index] as State;
      if (state.is === 'end') return true;
      if (state.is === 'one') into.push(index);
      else if (state.is === 'fork') open.push(...state.next);
      else if (state.holds(before, after)) open.push(state.next);
    }
    return false;
  }

  function matches(text: string): boolean {
    const codes = Array.from(text.slice(0, searched), (character) => character.codePointAt(0) ?? 0);
    let current: number[] = [];
    for (let at = 0; at <= codes.length; at += 1) {
      const before = codes[at - 1] ?? none;
      const after = codes[at] ?? none;
      if (left <= 0) return false;
      // A match may begin at every character.
      if (at === 0) round += 1;
      if (enter(start, before, after, current)) return true;
      if (after === none) return false;
      const reached: number[] = [];
      round += 1;
      for (const index of current) {
        left -= 1;
        const state = states[index] as State;
        if (state.is === 'one' && state.test(after) && enter(state.next, after, codes[at + 1] ?? none, reached))
          return true;
      }
      current = reached;
    }
    return false;
  }

  return Object.assign((text: string) => left > 0 && matches(text), { isSpent: () => left <= 0 });
}
