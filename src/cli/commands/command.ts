import type { Terminal } from '../terminal.ts';

/** What can stand after `roomkey`. One file each. */
export interface Command {
  id: string;
  /** The command line, shortened. */
  usage: string;
  /** One clause for the overview. */
  summary: string;
  /** Everything, with examples; ends in a line break. */
  help: string | (() => Promise<string>);
  /** Resolves to the exit code. */
  run(args: string[], terminal: Terminal): Promise<number>;
}
