import { base64 } from './base64.ts';
import { deflate } from './deflate.ts';
import type { Encoding } from './encoding.ts';
import { hexDigits } from './hex-digits.ts';
import { htmlEntities } from './html-entities.ts';
import { joinedStrings } from './joined-strings.ts';
import { jsonString } from './json-string.ts';
import { lineWrap } from './line-wrap.ts';
import { lzString } from './lz-string.ts';
import { mended } from './mended.ts';
import { percent } from './percent.ts';
import { quotedOctets } from './quoted-octets.ts';

/** Every encoding that is undone, the cheapest to recognise first. */
export const encodings: readonly Encoding[] = [
  percent,
  htmlEntities,
  jsonString,
  base64,
  hexDigits,
  lineWrap,
  deflate,
  lzString,
  mended,
  joinedStrings,
  quotedOctets,
];
