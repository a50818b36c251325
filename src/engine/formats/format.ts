import type { JsonObject, Report } from '../model.ts';
import type { ReportInput } from './json.ts';

/** A way to write a report down. One file each; the text is complete, ends in a line break, and is masked unless told otherwise. */
export interface Format {
  /** File name, and the value of `--format`. */
  id: string;
  /** Plain name for menus: "Markdown". */
  name: string;
  /** Media type and file extension, for saving. */
  type: string;
  extension: string;
  /** Pure; never throws. */
  write(report: Report, options: FormatOptions): string;
}

export interface FormatOptions {
  /** Print tokens whole. Otherwise no usable token is in the text. */
  reveal?: boolean;
  /** What was read; empty for a live page. */
  inputs?: readonly ReportInput[];
  /** Expectations and whether they held. */
  expectations?: readonly { name: string; held: boolean; says: string }[];
  /** Answers of validation backends, with who gave them and when, by token id. */
  validations?: ReadonlyMap<string, JsonObject>;
  /** Columns of the terminal, for formats that wrap. */
  width?: number;
  /** ANSI colours, for formats that have them. */
  color?: boolean;
  /** Minutes east of UTC of the reader, for formats that show local times. Absent: UTC. */
  offsetMinutes?: number;
}
