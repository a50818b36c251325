import type { Report } from '../../model/report.ts';
import type { FormatOptions } from '../report-document.ts';

export type { FormatOptions };

/** A way to write a report down. One file each; the text is complete, ends in a line break, and is masked unless told otherwise. */
export interface Format {
  /** File name, and the value of `--format`. */
  id: string;
  /** Plain name for menus: "Markdown". */
  name: string;
  /** For people at a terminal: with colours, and as wide as it is. */
  isForTerminal?: true;
  /** It holds no token, masked or whole, whatever is asked for. */
  isWithoutTokens?: true;
  /** Media type and file extension, for saving. */
  type: string;
  extension: string;
  /** Pure; never throws. */
  write(report: Report, options: FormatOptions): string;
}
