import { addressKind } from '../../engine/text/fair-share.ts';
import { record, string } from '../../engine/text/narrow.ts';
import { sizeOf } from './choose-body.ts';

/** Bodies of one pattern that are asked for in any case. */
const first = 5;
/** Of those that follow, one in so many. */
const oneIn = 20;
/** Milliseconds after which one more is asked for: an address that is asked now and then costs the page nothing. */
const refillEvery = 1000;
/** Milliseconds for which one that was not chosen can still be, because another of its kind turns out to hold a token. */
const secondThought = 2000;
/** Of one pattern at a time. */
const mostSecondThoughts = 50;
/** Patterns remembered, the latest. */
const mostPatterns = 2000;

interface Pattern {
  seen: number;
  /** Bodies that may be asked for now, and since when in the clock's milliseconds. */
  allowance: number;
  at: number;
  /** Largest body so far, in bytes. */
  largest: number;
  holdsTokens: boolean;
  /** Told once it does. */
  waiting: Set<() => void>;
}

/**
 * Chooses among the bodies of addresses that answer often. The first few of a kind are read, then one a second and one in
 * twenty, and each that is larger than all before; all of them, also those of a moment ago, once one held a token.
 *
 * @param clock milliseconds since some moment
 */
export function createBodyPatterns(clock: () => number) {
  const patterns = new Map<string, Pattern>();

  function patternOf(id: string): Pattern {
    const pattern = patterns.get(id) ?? {
      seen: 0,
      allowance: first,
      at: clock(),
      largest: 0,
      holdsTokens: false,
      waiting: new Set(),
    };
    patterns.delete(id);
    patterns.set(id, pattern);
    const [oldest] = patterns.keys();
    if (patterns.size > mostPatterns && oldest !== undefined) patterns.delete(oldest);
    return pattern;
  }

  return {
    /** Whether this body is to be asked for. Asked once for each. */
    choose(id: string, entry: unknown): boolean {
      const pattern = patternOf(id);
      const now = clock();
      const size = sizeOf(entry) ?? 0;
      const isLargest = size > pattern.largest;
      pattern.seen += 1;
      pattern.largest = Math.max(pattern.largest, size);
      pattern.allowance = Math.min(first, pattern.allowance + (now - pattern.at) / refillEvery);
      pattern.at = now;
      const isAllowed = pattern.allowance >= 1;
      if (!pattern.holdsTokens && !isAllowed && !isLargest && pattern.seen % oneIn !== 0) return false;
      if (isAllowed) pattern.allowance -= 1;
      return true;
    },

    /** Whether a body that was not chosen is to be asked for after all; it takes a moment to know. */
    chooseLater(id: string): Promise<boolean> {
      const { waiting } = patternOf(id);
      return waiting.size < mostSecondThoughts ? toldIn(waiting, secondThought) : Promise.resolve(false);
    },

    /** False once a body was found to hold a token. */
    isOpen: (id: string): boolean => patterns.get(id)?.holdsTokens === false,

    noteToken(id: string): void {
      const pattern = patterns.get(id);
      if (!pattern) return;
      pattern.holdsTokens = true;
      for (const choose of pattern.waiting) choose();
    },
  };
}

/** Whether those who wait are told within so many milliseconds. */
function toldIn(waiting: Set<() => void>, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isTold: boolean) => {
      clearTimeout(timer);
      waiting.delete(tell);
      resolve(isTold);
    };
    const tell = () => end(true);
    const timer = setTimeout(() => end(false), milliseconds);
    waiting.add(tell);
  });
}

/** Requests for the same: by method, address, and the operation where everything is asked for at one address. */
export function patternIdOf(entry: unknown): string {
  const { method, url, postData } = record(record(entry).request);
  const operation = operationIn(string(record(postData).text).slice(0, 1000));
  return [string(method), addressKind(string(url)), operation].join('/');
}

/** GraphQL and JSON-RPC ask for everything at one address. */
function operationIn(body: string): string {
  return /"(?:operationName|method|action|type)"\s*:\s*"([^"\\]{1,100})"/.exec(body)?.[1] ?? '';
}
