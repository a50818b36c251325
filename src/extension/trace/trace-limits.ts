export interface TraceLimits {
  /** Calls of one function in a second, after which it is no longer traced. */
  calls: number;
  /** Calls that wait to be collected, and their characters in all. */
  waiting: number;
  characters: number;
  /** Characters of one text, and of one stack. */
  text: number;
  stack: number;
  /** Milliseconds without anybody who collects, after which the trace ends. */
  lease: number;
  /** Milliseconds between two checks of that. */
  check: number;
}
