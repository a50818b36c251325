import { createMasker } from '../engine/redact/mask.ts';
import { printable } from '../engine/report/formats/printable.ts';
import { clip } from '../engine/text/sentence.ts';

/** A path may have 4096 bytes, and something is said of it. */
const longestLine = 6000;
const mask = createMasker([]);

/** A line for standard error: whatever it quotes stays on it, steers no terminal, and shows no token whole. */
export function oneLine(text: string): string {
  return clip(printable(mask(text)), longestLine);
}

/** An argument as it may be quoted in a line. */
export function quoted(argument: string): string {
  return JSON.stringify(clip(argument, 200));
}
