import { base64 } from './base64.ts';
import { deflate } from './deflate.ts';
import type { Encoding } from './encoding.ts';
import { htmlEntities } from './html-entities.ts';
import { jsonString } from './json-string.ts';
import { lineWrap } from './line-wrap.ts';
import { lzString } from './lz-string.ts';
import { mended } from './mended.ts';
import { percent } from './percent.ts';

/** Every encoding that is undone, the cheapest to recognise first. */
export const encodings: readonly Encoding[] = [
  percent,
  htmlEntities,
  jsonString,
  base64,
  lineWrap,
  deflate,
  lzString,
  mended,
];
