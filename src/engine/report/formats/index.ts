import { codeQuality } from './code-quality.ts';
import { csv } from './csv.ts';
import type { Format } from './format.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { lock } from './lock.ts';
import { markdown } from './markdown.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

/** Every way to write a report down, as `--format` names them. */
export const formats: readonly Format[] = [text, json, markdown, csv, html, sarif, codeQuality, junit, lock];

/** What the command line writes unless told otherwise. */
export const defaultFormat: Format = text;
